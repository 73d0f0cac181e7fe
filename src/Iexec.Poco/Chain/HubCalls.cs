using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Contracts;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Poco.Chain;

/// <summary>The transactions of the protocol, ready to send. Amounts in nRLC.</summary>
public sealed class HubCalls(HubConfiguration hub)
{
    // What the official workers allow these two; our contracts need less, theirs may need all of it.
    private const ulong ContributeGas = 500_000;
    private const ulong RevealGas = 100_000;

    private const int CloseOperation = 1;

    /// <summary>Deposit: <c>RLC.approveAndCall(hub, amount, 0x)</c>, one transaction.</summary>
    public ContractCall Deposit(UInt256 amountNrlc) => new(hub.Token, RlcContract.EncodeApproveAndCall(hub.Hub, amountNrlc, []));

    /// <summary>deposit() of a hub that stakes the chain's coin: send <see cref="HubConfiguration.WeiPerNrlc"/> for each nRLC with it.</summary>
    public ContractCall DepositCoins() => new(hub.Hub, HubNativeAccountsContract.EncodeDeposit());

    /// <summary>withdraw(amount).</summary>
    public ContractCall Withdraw(UInt256 amountNrlc) => new(hub.Hub, HubContract.EncodeWithdraw(amountNrlc));

    /// <summary>approve(spender, amount): the spender may use so much of the account's free stake. 0 takes it back.</summary>
    public ContractCall Approve(Address spender, UInt256 amountNrlc) => new(hub.Hub, HubContract.EncodeApprove(spender, amountNrlc));

    /// <summary>RLC.transfer outside the escrow.</summary>
    public ContractCall TransferToken(Address to, UInt256 amountNrlc) => new(hub.Token, RlcContract.EncodeTransfer(to, amountNrlc));

    /// <summary>createApp.</summary>
    public ContractCall CreateApp(Address owner, string name, string type, byte[] multiaddr, Bytes32 checksum, byte[] mrEnclave) =>
        new(hub.AppRegistry, AppRegistryContract.EncodeCreateApp(owner, name, type, multiaddr, checksum, mrEnclave));

    /// <summary>createDataset.</summary>
    public ContractCall CreateDataset(Address owner, string name, byte[] multiaddr, Bytes32 checksum) =>
        new(hub.DatasetRegistry, DatasetRegistryContract.EncodeCreateDataset(owner, name, multiaddr, checksum));

    /// <summary>createWorkerpool.</summary>
    public ContractCall CreateWorkerpool(Address owner, string description) =>
        new(hub.WorkerpoolRegistry, WorkerpoolRegistryContract.EncodeCreateWorkerpool(owner, description));

    /// <summary>safeTransferFrom of a registry entry, an ERC-721 token whose id is its address: gives the asset away.</summary>
    public ContractCall TransferAsset(AssetKind kind, Address asset, Address from, Address to) =>
        new(hub.Registry(kind), AppRegistryContract.EncodeSafeTransferFrom(from, to, UInt256.FromBigEndian(asset.AsSpan())));

    /// <summary>createCategory; only the hub's owner may.</summary>
    public ContractCall CreateCategory(string name, string description, ulong workClockTimeRefSeconds) =>
        new(hub.Hub, HubContract.EncodeCreateCategory(name, description, workClockTimeRefSeconds));

    /// <summary>matchOrders; a request without dataset takes <see cref="DatasetOrder.None"/>.</summary>
    public ContractCall MatchOrders(Signed<AppOrder> app, Signed<DatasetOrder> dataset, Signed<WorkerpoolOrder> workerpool, Signed<RequestOrder> request)
    {
        // Orders are written by their schema, whose members the bindings of the contract only repeat.
        var call = new AbiWriter();
        OrderSchemas.App.WriteAbi(call, app);
        OrderSchemas.Dataset.WriteAbi(call, dataset);
        OrderSchemas.Workerpool.WriteAbi(call, workerpool);
        OrderSchemas.Request.WriteAbi(call, request);
        return new ContractCall(hub.Hub, call.ToCallData(HubContract.MatchOrdersSelector));
    }

    /// <summary>manageXOrder with operation CLOSE, sent by the owner.</summary>
    public ContractCall CloseOrder(Order order) => order switch
    {
        AppOrder app => Close(HubContract.ManageAppOrderSelector, OrderSchemas.App, app),
        DatasetOrder dataset => Close(HubContract.ManageDatasetOrderSelector, OrderSchemas.Dataset, dataset),
        WorkerpoolOrder workerpool => Close(HubContract.ManageWorkerpoolOrderSelector, OrderSchemas.Workerpool, workerpool),
        RequestOrder request => Close(HubContract.ManageRequestOrderSelector, OrderSchemas.Request, request),
        _ => throw new ArgumentException($"{order.GetType()} is not an order.", nameof(order)),
    };

    /// <summary>initialize(dealId, index).</summary>
    public ContractCall Initialize(DealId deal, ulong index) => new(hub.Hub, HubContract.EncodeInitialize(deal.Value, index));

    /// <summary>initializeArray.</summary>
    public ContractCall InitializeArray(IReadOnlyList<(DealId Deal, ulong Index)> tasks) =>
        new(hub.Hub, HubContract.EncodeInitializeArray(Deals(tasks), Indexes(tasks)));

    /// <summary>contribute.</summary>
    public ContractCall Contribute(TaskId task, Bytes32 resultHash, Bytes32 resultSeal, Address enclaveChallenge, byte[] enclaveSign, byte[] authorizationSign) => new(
        hub.Hub,
        HubContract.EncodeContribute(task.Value, resultHash, resultSeal, enclaveChallenge, enclaveSign, authorizationSign),
        ContributeGas);

    /// <summary>reveal.</summary>
    public ContractCall Reveal(TaskId task, Bytes32 resultDigest) => new(hub.Hub, HubContract.EncodeReveal(task.Value, resultDigest), RevealGas);

    /// <summary>finalize.</summary>
    public ContractCall Finalize(TaskId task, byte[] results, byte[] resultsCallback) =>
        new(hub.Hub, HubContract.EncodeFinalize(task.Value, results, resultsCallback));

    /// <summary>contributeAndFinalize.</summary>
    public ContractCall ContributeAndFinalize(
        TaskId task, Bytes32 resultDigest, byte[] results, byte[] resultsCallback, Address enclaveChallenge, byte[] enclaveSign, byte[] authorizationSign) => new(
        hub.Hub,
        HubContract.EncodeContributeAndFinalize(task.Value, resultDigest, results, resultsCallback, enclaveChallenge, enclaveSign, authorizationSign));

    /// <summary>reopen: the pool's owner gives a task back to contribution whose consensus nobody revealed.</summary>
    public ContractCall Reopen(TaskId task) => new(hub.Hub, HubContract.EncodeReopen(task.Value));

    /// <summary>claim.</summary>
    public ContractCall Claim(TaskId task) => new(hub.Hub, HubContract.EncodeClaim(task.Value));

    /// <summary>claimArray.</summary>
    public ContractCall ClaimArray(IReadOnlyList<TaskId> tasks) => new(hub.Hub, HubContract.EncodeClaimArray([.. tasks.Select(task => task.Value)]));

    /// <summary>initializeAndClaimArray.</summary>
    public ContractCall InitializeAndClaimArray(IReadOnlyList<(DealId Deal, ulong Index)> tasks) =>
        new(hub.Hub, HubContract.EncodeInitializeAndClaimArray(Deals(tasks), Indexes(tasks)));

    private static Bytes32[] Deals(IReadOnlyList<(DealId Deal, ulong Index)> tasks) => [.. tasks.Select(task => task.Deal.Value)];

    private static UInt256[] Indexes(IReadOnlyList<(DealId Deal, ulong Index)> tasks) => [.. tasks.Select(task => (UInt256)task.Index)];

    private ContractCall Close<TOrder>(ReadOnlySpan<byte> selector, OrderSchema<TOrder> schema, TOrder order)
        where TOrder : Order
    {
        var call = new AbiWriter().DynamicTuple(operation =>
        {
            schema.WriteAbi(operation, new Signed<TOrder>(order, ReadOnlyMemory<byte>.Empty));
            operation.Uint(CloseOperation).Bytes([]);
        });
        return new ContractCall(hub.Hub, call.ToCallData(selector));
    }
}
