using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Poco.Contracts;

/// <summary>Turns logs of hub and registries into <see cref="HubEvent"/>s.</summary>
internal sealed class HubEventDecoder(HubConfiguration hub)
{
    private static readonly Dictionary<Bytes32, Func<EventLog, EventPosition, HubEvent?>> HubEvents = new()
    {
        [HubContract.SchedulerNotice.Topic] = (log, at) =>
            HubContract.SchedulerNotice.TryDecode(log, out var e) ? new HubEvent.SchedulerNotice(at, e.Workerpool, new(e.Dealid)) : null,
        [HubContract.OrdersMatched.Topic] = (log, at) => HubContract.OrdersMatched.TryDecode(log, out var e)
            ? new HubEvent.OrdersMatched(at, new(e.Dealid), new(e.AppHash), new(e.DatasetHash), new(e.WorkerpoolHash), new(e.RequestHash), e.Volume)
            : null,
        [HubContract.ClosedAppOrder.Topic] = (log, at) =>
            HubContract.ClosedAppOrder.TryDecode(log, out var e) ? new HubEvent.OrderClosed(at, OrderKind.App, new(e.AppHash)) : null,
        [HubContract.ClosedDatasetOrder.Topic] = (log, at) =>
            HubContract.ClosedDatasetOrder.TryDecode(log, out var e) ? new HubEvent.OrderClosed(at, OrderKind.Dataset, new(e.DatasetHash)) : null,
        [HubContract.ClosedWorkerpoolOrder.Topic] = (log, at) =>
            HubContract.ClosedWorkerpoolOrder.TryDecode(log, out var e) ? new HubEvent.OrderClosed(at, OrderKind.Workerpool, new(e.WorkerpoolHash)) : null,
        [HubContract.ClosedRequestOrder.Topic] = (log, at) =>
            HubContract.ClosedRequestOrder.TryDecode(log, out var e) ? new HubEvent.OrderClosed(at, OrderKind.Request, new(e.RequestHash)) : null,
        [HubContract.SignedAppOrder.Topic] = (log, at) =>
            HubContract.SignedAppOrder.TryDecode(log, out var e) ? new HubEvent.OrderSigned(at, OrderKind.App, new(e.AppHash)) : null,
        [HubContract.SignedDatasetOrder.Topic] = (log, at) =>
            HubContract.SignedDatasetOrder.TryDecode(log, out var e) ? new HubEvent.OrderSigned(at, OrderKind.Dataset, new(e.DatasetHash)) : null,
        [HubContract.SignedWorkerpoolOrder.Topic] = (log, at) =>
            HubContract.SignedWorkerpoolOrder.TryDecode(log, out var e) ? new HubEvent.OrderSigned(at, OrderKind.Workerpool, new(e.WorkerpoolHash)) : null,
        [HubContract.SignedRequestOrder.Topic] = (log, at) =>
            HubContract.SignedRequestOrder.TryDecode(log, out var e) ? new HubEvent.OrderSigned(at, OrderKind.Request, new(e.RequestHash)) : null,
        [HubContract.BroadcastAppOrder.Topic] = (log, at) => ReadBroadcast(log, at, OrderSchemas.App),
        [HubContract.BroadcastDatasetOrder.Topic] = (log, at) => ReadBroadcast(log, at, OrderSchemas.Dataset),
        [HubContract.BroadcastWorkerpoolOrder.Topic] = (log, at) => ReadBroadcast(log, at, OrderSchemas.Workerpool),
        [HubContract.BroadcastRequestOrder.Topic] = (log, at) => ReadBroadcast(log, at, OrderSchemas.Request),
        [HubContract.TaskInitialize.Topic] = (log, at) =>
            HubContract.TaskInitialize.TryDecode(log, out var e) ? new HubEvent.TaskInitialized(at, new(e.Taskid), e.Workerpool) : null,
        [HubContract.TaskContribute.Topic] = (log, at) =>
            HubContract.TaskContribute.TryDecode(log, out var e) ? new HubEvent.TaskContributed(at, new(e.Taskid), e.Worker, e.Hash) : null,
        [HubContract.TaskConsensus.Topic] = (log, at) =>
            HubContract.TaskConsensus.TryDecode(log, out var e) ? new HubEvent.TaskConsensus(at, new(e.Taskid), e.Consensus) : null,
        [HubContract.TaskReveal.Topic] = (log, at) =>
            HubContract.TaskReveal.TryDecode(log, out var e) ? new HubEvent.TaskRevealed(at, new(e.Taskid), e.Worker, e.Digest) : null,
        [HubContract.TaskFinalize.Topic] = (log, at) =>
            HubContract.TaskFinalize.TryDecode(log, out var e) ? new HubEvent.TaskFinalized(at, new(e.Taskid), e.Results) : null,
        [HubContract.TaskClaimed.Topic] = (log, at) =>
            HubContract.TaskClaimed.TryDecode(log, out var e) ? new HubEvent.TaskClaimed(at, new(e.Taskid)) : null,
        [HubContract.TaskReopen.Topic] = (log, at) =>
            HubContract.TaskReopen.TryDecode(log, out var e) ? new HubEvent.TaskReopened(at, new(e.Taskid)) : null,
        [HubContract.CreateCategory.Topic] = (log, at) =>
            HubContract.CreateCategory.TryDecode(log, out var e) ? new HubEvent.CategoryCreated(at, e.Catid) : null,
        [HubContract.Transfer.Topic] = (log, at) =>
            HubContract.Transfer.TryDecode(log, out var e) ? new HubEvent.StakeTransferred(at, e.From, e.To, e.Value) : null,
    };

    /// <summary>The contracts that are listened to.</summary>
    public IReadOnlyList<Address> Sources => [hub.Hub, hub.AppRegistry, hub.DatasetRegistry, hub.WorkerpoolRegistry];

    /// <summary>The events that are listened to. A transfer of an asset has the same topic as one of stake.</summary>
    public static IReadOnlyList<Bytes32> Topics { get; } = [.. HubEvents.Keys];

    /// <summary>Null for a log of another contract and for an event that nobody here needs.</summary>
    public HubEvent? Decode(EventLog log)
    {
        var position = new EventPosition(new BlockRef(log.BlockNumber, log.BlockHash), log.TransactionHash, log.LogIndex);
        if (log.Address == hub.Hub)
        {
            return log.Topics.Length > 0 && HubEvents.TryGetValue(log.Topics[0], out var read) ? read(log, position) : null;
        }

        return RegistryKind(log.Address) is { } kind && AppRegistryContract.Transfer.TryDecode(log, out var transfer)
            ? new HubEvent.AssetTransferred(position, kind, AssetOf(transfer.TokenId), transfer.From, transfer.To)
            : null;
    }

    /// <summary>The entry that a registry's token stands for.</summary>
    public static Address AssetOf(UInt256 tokenId) => new(tokenId.ToBytes32().AsSpan()[12..]);

    // Anybody may have written it, so it may be anything.
    private static HubEvent.OrderBroadcast<TOrder>? ReadBroadcast<TOrder>(EventLog log, EventPosition at, OrderSchema<TOrder> schema)
        where TOrder : Order
    {
        try
        {
            return new HubEvent.OrderBroadcast<TOrder>(at, schema.ReadAbi(new AbiReader(log.Data)));
        }
        catch (AbiException)
        {
            return null;
        }
    }

    private AssetKind? RegistryKind(Address address) =>
        address == hub.AppRegistry ? AssetKind.App
        : address == hub.DatasetRegistry ? AssetKind.Dataset
        : address == hub.WorkerpoolRegistry ? AssetKind.Workerpool
        : null;
}
