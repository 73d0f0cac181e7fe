using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Poco.Chain;

/// <summary>The transactions of the protocol, ready to send. Amounts in nRLC.</summary>
public sealed class HubCalls(HubConfiguration hub)
{
    /// <summary>Deposit: <c>RLC.approveAndCall(hub, amount, 0x)</c>, one transaction.</summary>
    public ContractCall Deposit(UInt256 amountNrlc) => throw new NotImplementedException(hub.ToString());

    /// <summary>withdraw(amount).</summary>
    public ContractCall Withdraw(UInt256 amountNrlc) => throw new NotImplementedException();

    /// <summary>RLC.transfer outside the escrow.</summary>
    public ContractCall TransferToken(Address to, UInt256 amountNrlc) => throw new NotImplementedException();

    /// <summary>createApp.</summary>
    public ContractCall CreateApp(Address owner, string name, string type, byte[] multiaddr, Bytes32 checksum, byte[] mrEnclave) => throw new NotImplementedException();

    /// <summary>createDataset.</summary>
    public ContractCall CreateDataset(Address owner, string name, byte[] multiaddr, Bytes32 checksum) => throw new NotImplementedException();

    /// <summary>createWorkerpool.</summary>
    public ContractCall CreateWorkerpool(Address owner, string description) => throw new NotImplementedException();

    /// <summary>createCategory; only the hub's owner may.</summary>
    public ContractCall CreateCategory(string name, string description, ulong workClockTimeRefSeconds) => throw new NotImplementedException();

    /// <summary>matchOrders; a request without dataset takes <see cref="DatasetOrder.None"/>.</summary>
    public ContractCall MatchOrders(Signed<AppOrder> app, Signed<DatasetOrder> dataset, Signed<WorkerpoolOrder> workerpool, Signed<RequestOrder> request) =>
        throw new NotImplementedException();

    /// <summary>manageXOrder with operation CLOSE, sent by the owner.</summary>
    public ContractCall CloseOrder(Order order) => throw new NotImplementedException();

    /// <summary>initialize(dealId, index).</summary>
    public ContractCall Initialize(DealId deal, ulong index) => throw new NotImplementedException();

    /// <summary>initializeArray.</summary>
    public ContractCall InitializeArray(IReadOnlyList<(DealId Deal, ulong Index)> tasks) => throw new NotImplementedException();

    /// <summary>contribute.</summary>
    public ContractCall Contribute(TaskId task, Bytes32 resultHash, Bytes32 resultSeal, Address enclaveChallenge, byte[] enclaveSign, byte[] authorizationSign) =>
        throw new NotImplementedException();

    /// <summary>reveal.</summary>
    public ContractCall Reveal(TaskId task, Bytes32 resultDigest) => throw new NotImplementedException();

    /// <summary>finalize.</summary>
    public ContractCall Finalize(TaskId task, byte[] results, byte[] resultsCallback) => throw new NotImplementedException();

    /// <summary>contributeAndFinalize.</summary>
    public ContractCall ContributeAndFinalize(
        TaskId task, Bytes32 resultDigest, byte[] results, byte[] resultsCallback, Address enclaveChallenge, byte[] enclaveSign, byte[] authorizationSign) =>
        throw new NotImplementedException();

    /// <summary>claim.</summary>
    public ContractCall Claim(TaskId task) => throw new NotImplementedException();

    /// <summary>claimArray.</summary>
    public ContractCall ClaimArray(IReadOnlyList<TaskId> tasks) => throw new NotImplementedException();

    /// <summary>initializeAndClaimArray.</summary>
    public ContractCall InitializeAndClaimArray(IReadOnlyList<(DealId Deal, ulong Index)> tasks) => throw new NotImplementedException();
}
