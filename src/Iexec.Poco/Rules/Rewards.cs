using Iexec.Ethereum;
using Iexec.Poco.Deals;
using Iexec.Poco.Tasks;

namespace Iexec.Poco.Rules;

/// <summary>One contributor of a task when it is settled. <paramref name="RewardWeight"/> is the weight that <c>viewContribution</c> shows.</summary>
public sealed record Contributor(Address Worker, ContributionStatus Status, ulong RewardWeight, UInt256 Score);

/// <summary>What a contributor gets (besides its stake, when it was right) or loses, in nRLC, and its score afterwards.</summary>
public sealed record ContributorSettlement(Address Worker, bool Proved, UInt256 Reward, UInt256 SeizedStake, UInt256 Score);

/// <summary>Who gets what when a task ends well, in nRLC. <paramref name="KittyShare"/> is part of <paramref name="SchedulerReward"/>.</summary>
public sealed record Settlement(
    UInt256 SponsorPays,
    UInt256 AppReward,
    UInt256 DatasetReward,
    UInt256 SchedulerReward,
    UInt256 SchedulerUnlocked,
    UInt256 KittyShare,
    IReadOnlyList<ContributorSettlement> Contributors);

/// <summary>Who gets what, as the contracts compute it.</summary>
public static class Rewards
{
    /// <summary>Share of the kitty that one finalized task pays to its scheduler, in percent.</summary>
    public const int KittyRatio = 10;

    /// <summary>Least that is taken from the kitty, as long as it holds that much: 1 RLC in nRLC.</summary>
    public static readonly UInt256 KittyMin = 1_000_000_000;

    /// <summary>The account that holds the stakes of pools that failed.</summary>
    public static readonly Address KittyAddress = Address.Parse("0x99c2268479b93fDe36232351229815DF80837e23");

    /// <summary>What a finalized task takes from a kitty of that size.</summary>
    public static UInt256 KittyShare(UInt256 kittyNrlc) => UInt256.Min(UInt256.Max(kittyNrlc * KittyRatio / 100, KittyMin), kittyNrlc);

    /// <summary><c>finalize</c>: contributors that revealed share the pool's price and the stakes of the others.</summary>
    public static Settlement Finalize(Deal deal, IReadOnlyList<Contributor> contributors, UInt256 kittyNrlc)
    {
        var lost = deal.WorkerStake * (ulong)contributors.Count(contributor => contributor.Status != ContributionStatus.Proved);
        var pot = deal.Workerpool.Price + lost;
        var workers = pot * (100 - deal.SchedulerRewardRatio) / 100;
        var weights = contributors.Where(contributor => contributor.Status == ContributionStatus.Proved)
            .Aggregate(UInt256.Zero, (sum, contributor) => sum + contributor.RewardWeight);
        var settled = contributors.Select(contributor => Settle(contributor, deal.WorkerStake, workers, weights, contributors.Count > 1)).ToArray();

        // The scheduler keeps what rounding leaves.
        var paid = settled.Aggregate(UInt256.Zero, (sum, contributor) => sum + contributor.Reward);
        return Settle(deal, pot - paid, kittyNrlc, settled);
    }

    /// <summary><c>contributeAndFinalize</c>: one worker without stake and without a change of its score.</summary>
    public static Settlement ContributeAndFinalize(Deal deal, Address worker, UInt256 score, UInt256 kittyNrlc)
    {
        var reward = deal.Workerpool.Price * (100 - deal.SchedulerRewardRatio) / 100;
        return Settle(deal, deal.Workerpool.Price - reward, kittyNrlc, [new(worker, true, reward, UInt256.Zero, score)]);
    }

    /// <summary><c>claim</c>: what the sponsor gets back and what the pool's owner loses to the kitty, per task.</summary>
    public static (UInt256 SponsorRefund, UInt256 SchedulerSeized) Claim(Deal deal) =>
        (deal.PricePerTask, Stakes.SchedulerPerTask(deal.Workerpool.Price));

    private static ContributorSettlement Settle(Contributor contributor, UInt256 stake, UInt256 workersReward, UInt256 weights, bool replicated) =>
        contributor.Status == ContributionStatus.Proved
            ? new(
                contributor.Worker,
                true,
                workersReward * contributor.RewardWeight / weights,
                UInt256.Zero,
                replicated ? Reputation.AfterSuccess(contributor.Score) : contributor.Score)
            : new(contributor.Worker, false, UInt256.Zero, stake, Reputation.AfterFailure(contributor.Score));

    private static Settlement Settle(Deal deal, UInt256 schedulerReward, UInt256 kittyNrlc, IReadOnlyList<ContributorSettlement> contributors)
    {
        var kitty = KittyShare(kittyNrlc);
        return new(
            deal.PricePerTask,
            deal.App.Price,
            deal.HasDataset ? deal.Dataset.Price : UInt256.Zero,
            schedulerReward + kitty,
            Stakes.SchedulerPerTask(deal.Workerpool.Price),
            kitty,
            contributors);
    }
}
