using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Poco.Chain;

/// <summary>Where an event stands on the chain.</summary>
public readonly record struct EventPosition(BlockRef Block, Bytes32 TransactionHash, ulong LogIndex);

/// <summary>A decoded event of the hub or a registry. Events are hints: state is read from the views.</summary>
public abstract record HubEvent(EventPosition Position)
{
    /// <summary>A pool got a deal.</summary>
    public sealed record SchedulerNotice(EventPosition Position, Address Workerpool, DealId DealId) : HubEvent(Position);

    /// <summary>Four orders became a deal of <paramref name="Volume"/> tasks. The dataset's hash is zero when there is none.</summary>
    public sealed record OrdersMatched(
        EventPosition Position, DealId DealId, OrderHash App, OrderHash Dataset, OrderHash Workerpool, OrderHash Request, UInt256 Volume)
        : HubEvent(Position);

    /// <summary>An order was closed by its owner.</summary>
    public sealed record OrderClosed(EventPosition Position, OrderKind Kind, OrderHash Hash) : HubEvent(Position);

    /// <summary>An order was signed on the chain.</summary>
    public sealed record OrderSigned(EventPosition Position, OrderKind Kind, OrderHash Hash) : HubEvent(Position);

    /// <summary>Somebody put an order into the log of the chain. Nothing about it was checked, not even the signature.</summary>
    public sealed record OrderBroadcast<TOrder>(EventPosition Position, Signed<TOrder> Signed) : HubEvent(Position)
        where TOrder : Order;

    /// <summary>A task was initialized.</summary>
    public sealed record TaskInitialized(EventPosition Position, TaskId TaskId, Address Workerpool) : HubEvent(Position);

    /// <summary>A worker contributed.</summary>
    public sealed record TaskContributed(EventPosition Position, TaskId TaskId, Address Worker, Bytes32 ResultHash) : HubEvent(Position);

    /// <summary>Consensus.</summary>
    public sealed record TaskConsensus(EventPosition Position, TaskId TaskId, Bytes32 Consensus) : HubEvent(Position);

    /// <summary>A worker revealed.</summary>
    public sealed record TaskRevealed(EventPosition Position, TaskId TaskId, Address Worker, Bytes32 Digest) : HubEvent(Position);

    /// <summary>A task was finalized.</summary>
    public sealed record TaskFinalized(EventPosition Position, TaskId TaskId, byte[] Results) : HubEvent(Position);

    /// <summary>A task was claimed.</summary>
    public sealed record TaskClaimed(EventPosition Position, TaskId TaskId) : HubEvent(Position);

    /// <summary>A task was reopened.</summary>
    public sealed record TaskReopened(EventPosition Position, TaskId TaskId) : HubEvent(Position);

    /// <summary>A category was created.</summary>
    public sealed record CategoryCreated(EventPosition Position, UInt256 Id) : HubEvent(Position);

    /// <summary>Stake moved: deposit (from zero), withdrawal (to zero), lock, unlock, payment.</summary>
    public sealed record StakeTransferred(EventPosition Position, Address From, Address To, UInt256 Amount) : HubEvent(Position);

    /// <summary>An asset was created (from zero) or changed hands.</summary>
    public sealed record AssetTransferred(EventPosition Position, AssetKind Kind, Address Asset, Address From, Address To) : HubEvent(Position);
}
