using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Poco.Deals;

/// <summary>An asset as a deal fixed it: its address, its owner at the time of the match, and nRLC per task.</summary>
public sealed record DealResource(Address Pointer, Address Owner, UInt256 Price);

/// <summary>
/// A concluded purchase, as <c>viewDeal</c> gives it. Times are in Unix seconds of the chain; the stake in nRLC per worker and task;
/// the scheduler's ratio in percent. Tasks have the indices <c>BotFirst … BotFirst + BotSize − 1</c>.
/// </summary>
public sealed record Deal(
    DealId Id,
    DealResource App,
    DealResource Dataset,
    DealResource Workerpool,
    UInt256 Trust,
    UInt256 Category,
    Tag Tag,
    Address Requester,
    Address Beneficiary,
    Address Callback,
    string Params,
    ulong StartTimeSeconds,
    ulong BotFirst,
    ulong BotSize,
    UInt256 WorkerStake,
    UInt256 SchedulerRewardRatio,
    Address Sponsor)
{
    /// <summary>nRLC that one task costs the sponsor.</summary>
    public UInt256 PricePerTask => App.Price + Dataset.Price + Workerpool.Price;

    /// <summary>True if a dataset takes part.</summary>
    public bool HasDataset => !Dataset.Pointer.IsZero;
}
