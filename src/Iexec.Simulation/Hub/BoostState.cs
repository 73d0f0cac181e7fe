using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Simulation.Hub;

/// <summary>
/// A deal without replication, of tasks 0 … <paramref name="BotSize"/> − 1. Prices and the reward of the worker in nRLC per task; the deadline in Unix seconds, the first second that is too
/// late for a result.
/// </summary>
public sealed record BoostDeal(
    Address AppOwner,
    UInt256 AppPrice,
    Address DatasetOwner,
    UInt256 DatasetPrice,
    Address WorkerpoolOwner,
    UInt256 WorkerpoolPrice,
    Address Requester,
    UInt256 WorkerReward,
    Address Callback,
    ulong DeadlineSeconds,
    ulong BotFirst,
    ulong BotSize,
    Tag Tag,
    Address Sponsor)
{
    /// <summary>nRLC that one task costs the sponsor.</summary>
    public UInt256 PricePerTask => AppPrice + DatasetPrice + WorkerpoolPrice;
}
