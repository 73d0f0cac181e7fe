using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Poco.Contracts;

/// <summary>Turns logs of hub and registries into <see cref="HubEvent"/>s.</summary>
internal sealed class HubEventDecoder
{
    private static readonly Bytes32 Transfer = new AbiSignature("Transfer(address,address,uint256)").Topic;

    private static readonly Dictionary<Bytes32, Func<EventLog, EventPosition, HubEvent>> HubEvents = new()
    {
        [Topic("SchedulerNotice(address,bytes32)")] = (log, at) => new HubEvent.SchedulerNotice(at, Indexed(log, 1), new(Data(log).Bytes32())),
        [Topic("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)")] = ReadOrdersMatched,
        [Topic("ClosedAppOrder(bytes32)")] = Closed(OrderKind.App),
        [Topic("ClosedDatasetOrder(bytes32)")] = Closed(OrderKind.Dataset),
        [Topic("ClosedWorkerpoolOrder(bytes32)")] = Closed(OrderKind.Workerpool),
        [Topic("ClosedRequestOrder(bytes32)")] = Closed(OrderKind.Request),
        [Topic("SignedAppOrder(bytes32)")] = Signed(OrderKind.App),
        [Topic("SignedDatasetOrder(bytes32)")] = Signed(OrderKind.Dataset),
        [Topic("SignedWorkerpoolOrder(bytes32)")] = Signed(OrderKind.Workerpool),
        [Topic("SignedRequestOrder(bytes32)")] = Signed(OrderKind.Request),
        [Topic("TaskInitialize(bytes32,address)")] = (log, at) => new HubEvent.TaskInitialized(at, Task(log), Indexed(log, 2)),
        [Topic("TaskContribute(bytes32,address,bytes32)")] = (log, at) => new HubEvent.TaskContributed(at, Task(log), Indexed(log, 2), Data(log).Bytes32()),
        [Topic("TaskConsensus(bytes32,bytes32)")] = (log, at) => new HubEvent.TaskConsensus(at, Task(log), Data(log).Bytes32()),
        [Topic("TaskReveal(bytes32,address,bytes32)")] = (log, at) => new HubEvent.TaskRevealed(at, Task(log), Indexed(log, 2), Data(log).Bytes32()),
        [Topic("TaskFinalize(bytes32,bytes)")] = (log, at) => new HubEvent.TaskFinalized(at, Task(log), Data(log).Bytes()),
        [Topic("TaskClaimed(bytes32)")] = (log, at) => new HubEvent.TaskClaimed(at, Task(log)),
        [Topic("TaskReopen(bytes32)")] = (log, at) => new HubEvent.TaskReopened(at, Task(log)),
        [Topic("CreateCategory(uint256,string,string,uint256)")] = (log, at) => new HubEvent.CategoryCreated(at, Data(log).Uint()),
        [Transfer] = (log, at) => new HubEvent.StakeTransferred(at, Indexed(log, 1), Indexed(log, 2), Data(log).Uint()),
    };

    private readonly HubConfiguration _hub;

    public HubEventDecoder(HubConfiguration hub) => _hub = hub;

    /// <summary>The contracts that are listened to.</summary>
    public IReadOnlyList<Address> Sources => [_hub.Hub, _hub.AppRegistry, _hub.DatasetRegistry, _hub.WorkerpoolRegistry];

    /// <summary>The events that are listened to.</summary>
    public static IReadOnlyList<Bytes32> Topics { get; } = [.. HubEvents.Keys];

    /// <summary>Null for a log of another contract or of an event that nobody here needs.</summary>
    /// <exception cref="AbiException">One of our events with another shape.</exception>
    public HubEvent? Decode(EventLog log)
    {
        if (log.Topics.Length == 0)
        {
            return null;
        }

        var position = new EventPosition(new BlockRef(log.BlockNumber, log.BlockHash), log.TransactionHash, log.LogIndex);
        if (log.Address == _hub.Hub)
        {
            return HubEvents.TryGetValue(log.Topics[0], out var read) ? read(log, position) : null;
        }

        return log.Topics[0] == Transfer && RegistryKind(log.Address) is { } kind
            ? new HubEvent.AssetTransferred(position, kind, Indexed(log, 3), Indexed(log, 1), Indexed(log, 2))
            : null;
    }

    private static Bytes32 Topic(string signature) => new AbiSignature(signature).Topic;

    private static AbiReader Data(EventLog log) => new(log.Data);

    private static TaskId Task(EventLog log) => new(IndexedWord(log, 1));

    private static Address Indexed(EventLog log, int topic) => new(IndexedWord(log, topic).AsSpan()[12..]);

    private static Bytes32 IndexedWord(EventLog log, int topic) =>
        topic < log.Topics.Length ? log.Topics[topic] : throw new AbiException($"A log of {log.Address} has {log.Topics.Length} topics, not more than {topic}.");

    private static HubEvent ReadOrdersMatched(EventLog log, EventPosition at)
    {
        var data = Data(log);
        return new HubEvent.OrdersMatched(
            at, new(data.Bytes32()), new(data.Bytes32()), new(data.Bytes32()), new(data.Bytes32()), new(data.Bytes32()), data.Uint());
    }

    private static Func<EventLog, EventPosition, HubEvent> Closed(OrderKind kind) =>
        (log, at) => new HubEvent.OrderClosed(at, kind, new(Data(log).Bytes32()));

    private static Func<EventLog, EventPosition, HubEvent> Signed(OrderKind kind) =>
        (log, at) => new HubEvent.OrderSigned(at, kind, new(Data(log).Bytes32()));

    private AssetKind? RegistryKind(Address address) =>
        address == _hub.AppRegistry ? AssetKind.App
        : address == _hub.DatasetRegistry ? AssetKind.Dataset
        : address == _hub.WorkerpoolRegistry ? AssetKind.Workerpool
        : null;
}
