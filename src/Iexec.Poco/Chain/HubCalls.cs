using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Contracts;
using Iexec.Poco.Orders;

namespace Iexec.Poco.Chain;

/// <summary>The transactions of the protocol, ready to send. Amounts in nRLC.</summary>
public sealed class HubCalls(HubConfiguration hub)
{
    // What the official workers allow these two; our contracts need less, theirs may need all of it.
    private const ulong ContributeGas = 500_000;
    private const ulong RevealGas = 100_000;

    private const int CloseOperation = 1;

    /// <summary>Deposit: <c>RLC.approveAndCall(hub, amount, 0x)</c>, one transaction.</summary>
    public ContractCall Deposit(UInt256 amountNrlc) =>
        Call(hub.Token, AssetContracts.ApproveAndCall, call => call.Address(hub.Hub).Uint(amountNrlc).Bytes([]));

    /// <summary>withdraw(amount).</summary>
    public ContractCall Withdraw(UInt256 amountNrlc) => Call(HubFunctions.Withdraw, call => call.Uint(amountNrlc));

    /// <summary>RLC.transfer outside the escrow.</summary>
    public ContractCall TransferToken(Address to, UInt256 amountNrlc) =>
        Call(hub.Token, AssetContracts.Transfer, call => call.Address(to).Uint(amountNrlc));

    /// <summary>createApp.</summary>
    public ContractCall CreateApp(Address owner, string name, string type, byte[] multiaddr, Bytes32 checksum, byte[] mrEnclave) => Call(
        hub.AppRegistry,
        AssetContracts.CreateApp,
        call => call.Address(owner).String(name).String(type).Bytes(multiaddr).Bytes32(checksum).Bytes(mrEnclave));

    /// <summary>createDataset.</summary>
    public ContractCall CreateDataset(Address owner, string name, byte[] multiaddr, Bytes32 checksum) =>
        Call(hub.DatasetRegistry, AssetContracts.CreateDataset, call => call.Address(owner).String(name).Bytes(multiaddr).Bytes32(checksum));

    /// <summary>createWorkerpool.</summary>
    public ContractCall CreateWorkerpool(Address owner, string description) =>
        Call(hub.WorkerpoolRegistry, AssetContracts.CreateWorkerpool, call => call.Address(owner).String(description));

    /// <summary>createCategory; only the hub's owner may.</summary>
    public ContractCall CreateCategory(string name, string description, ulong workClockTimeRefSeconds) =>
        Call(HubFunctions.CreateCategory, call => call.String(name).String(description).Uint(workClockTimeRefSeconds));

    /// <summary>matchOrders; a request without dataset takes <see cref="DatasetOrder.None"/>.</summary>
    public ContractCall MatchOrders(Signed<AppOrder> app, Signed<DatasetOrder> dataset, Signed<WorkerpoolOrder> workerpool, Signed<RequestOrder> request) =>
        Call(HubFunctions.MatchOrders, call =>
        {
            OrderSchemas.App.WriteAbi(call, app);
            OrderSchemas.Dataset.WriteAbi(call, dataset);
            OrderSchemas.Workerpool.WriteAbi(call, workerpool);
            OrderSchemas.Request.WriteAbi(call, request);
        });

    /// <summary>manageXOrder with operation CLOSE, sent by the owner.</summary>
    public ContractCall CloseOrder(Order order) => order switch
    {
        AppOrder app => Close(HubFunctions.ManageAppOrder, OrderSchemas.App, app),
        DatasetOrder dataset => Close(HubFunctions.ManageDatasetOrder, OrderSchemas.Dataset, dataset),
        WorkerpoolOrder workerpool => Close(HubFunctions.ManageWorkerpoolOrder, OrderSchemas.Workerpool, workerpool),
        RequestOrder request => Close(HubFunctions.ManageRequestOrder, OrderSchemas.Request, request),
        _ => throw new ArgumentException($"{order.GetType()} is not an order.", nameof(order)),
    };

    /// <summary>initialize(dealId, index).</summary>
    public ContractCall Initialize(DealId deal, ulong index) => Call(HubFunctions.Initialize, call => call.Bytes32(deal.Value).Uint(index));

    /// <summary>initializeArray.</summary>
    public ContractCall InitializeArray(IReadOnlyList<(DealId Deal, ulong Index)> tasks) => Call(HubFunctions.InitializeArray, call => Write(call, tasks));

    /// <summary>contribute.</summary>
    public ContractCall Contribute(TaskId task, Bytes32 resultHash, Bytes32 resultSeal, Address enclaveChallenge, byte[] enclaveSign, byte[] authorizationSign) => Call(
        HubFunctions.Contribute,
        call => call.Bytes32(task.Value).Bytes32(resultHash).Bytes32(resultSeal).Address(enclaveChallenge).Bytes(enclaveSign).Bytes(authorizationSign),
        ContributeGas);

    /// <summary>reveal.</summary>
    public ContractCall Reveal(TaskId task, Bytes32 resultDigest) =>
        Call(HubFunctions.Reveal, call => call.Bytes32(task.Value).Bytes32(resultDigest), RevealGas);

    /// <summary>finalize.</summary>
    public ContractCall Finalize(TaskId task, byte[] results, byte[] resultsCallback) =>
        Call(HubFunctions.FinalizeTask, call => call.Bytes32(task.Value).Bytes(results).Bytes(resultsCallback));

    /// <summary>contributeAndFinalize.</summary>
    public ContractCall ContributeAndFinalize(
        TaskId task, Bytes32 resultDigest, byte[] results, byte[] resultsCallback, Address enclaveChallenge, byte[] enclaveSign, byte[] authorizationSign) => Call(
        HubFunctions.ContributeAndFinalize,
        call => call.Bytes32(task.Value).Bytes32(resultDigest).Bytes(results).Bytes(resultsCallback)
            .Address(enclaveChallenge).Bytes(enclaveSign).Bytes(authorizationSign));

    /// <summary>claim.</summary>
    public ContractCall Claim(TaskId task) => Call(HubFunctions.Claim, call => call.Bytes32(task.Value));

    /// <summary>claimArray.</summary>
    public ContractCall ClaimArray(IReadOnlyList<TaskId> tasks) =>
        Call(HubFunctions.ClaimArray, call => call.StaticArray(tasks, static (item, task) => item.Bytes32(task.Value)));

    /// <summary>initializeAndClaimArray.</summary>
    public ContractCall InitializeAndClaimArray(IReadOnlyList<(DealId Deal, ulong Index)> tasks) =>
        Call(HubFunctions.InitializeAndClaimArray, call => Write(call, tasks));

    private static void Write(AbiWriter call, IReadOnlyList<(DealId Deal, ulong Index)> tasks) => call
        .StaticArray(tasks, static (item, task) => item.Bytes32(task.Deal.Value))
        .StaticArray(tasks, static (item, task) => item.Uint(task.Index));

    private static ContractCall Call(Address contract, AbiSignature function, Action<AbiWriter> arguments, ulong? gasLimit = null)
    {
        var writer = new AbiWriter();
        arguments(writer);
        return new ContractCall(contract, writer.ToCallData(function.Selector), gasLimit);
    }

    private ContractCall Call(AbiSignature function, Action<AbiWriter> arguments, ulong? gasLimit = null) => Call(hub.Hub, function, arguments, gasLimit);

    private ContractCall Close<TOrder>(AbiSignature function, OrderSchema<TOrder> schema, TOrder order)
        where TOrder : Order => Call(function, call => call.DynamicTuple(operation =>
        {
            schema.WriteAbi(operation, new Signed<TOrder>(order, ReadOnlyMemory<byte>.Empty));
            operation.Uint(CloseOperation).Bytes([]);
        }));
}
