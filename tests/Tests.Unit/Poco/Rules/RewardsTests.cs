using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Xunit;

namespace Tests.Unit.Poco.Rules;

public sealed class RewardsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(1_000_000_000, 1_000_000_000)]
    [InlineData(9_999_999_999, 1_000_000_000)]
    [InlineData(50_000_000_000, 5_000_000_000)]
    public void Kitty_pays_a_tenth_but_at_least_one_rlc_as_long_as_it_lasts(long kitty, long share) =>
        Assert.Equal((UInt256)(ulong)share, Rewards.KittyShare((ulong)kitty));

    [Fact]
    public void Stakes_round_down_per_task()
    {
        Assert.Equal(UInt256.Zero, Stakes.SchedulerPerTask(3));
        Assert.Equal(UInt256.One, Stakes.SchedulerPerTask(4));
        Assert.Equal((UInt256)1_000, Stakes.Scheduler(4, 1_000));
        Assert.Equal((UInt256)35, Stakes.Worker(100, 35));
        Assert.Equal((UInt256)60, Stakes.Sponsor(1, 2, 3, 10));
        Assert.Throws<OverflowException>(() => Stakes.Sponsor(UInt256.MaxValue, 1, 0, 1));
    }

    [Fact]
    public void Deadlines_are_multiples_of_the_category()
    {
        Assert.Equal(new Deadlines(1_000 + 2_100, 1_000 + 3_000), Deadlines.Of(1_000, 300));
        Assert.Equal(1_600UL, Deadlines.Reveal(1_000, 300));
        Assert.Throws<OverflowException>(() => Deadlines.Of(1, ulong.MaxValue));
    }

    [Fact]
    public void Workers_are_paid_by_weight_and_the_scheduler_keeps_the_dust()
    {
        // 1000 + 300 of the loser; 95 % of 1300 = 1235 in parts of 1 : 2.
        var settlement = Rewards.Finalize(
            DealOf(1_000, 300, 5),
            [Proved(1, 1), new Contributor(Account(2), ContributionStatus.Contributed, 1, 7), Proved(3, 2)],
            0);

        Assert.Equal([411, 0, 823], settlement.Contributors.Select(contributor => (int)contributor.Reward));
        Assert.Equal([0, 300, 0], settlement.Contributors.Select(contributor => (int)contributor.SeizedStake));
        Assert.Equal([11, 4, 11], settlement.Contributors.Select(contributor => (int)contributor.Score));
        Assert.Equal((UInt256)(1_300 - 411 - 823), settlement.SchedulerReward);
        Assert.Equal((UInt256)300, settlement.SchedulerUnlocked);
    }

    [Fact]
    public void A_single_contributor_gains_no_score() =>
        Assert.Equal((UInt256)10, Rewards.Finalize(DealOf(1_000, 300, 1), [Proved(1, 1)], 0).Contributors[0].Score);

    [Fact]
    public void Nothing_is_made_or_lost_when_a_task_is_settled()
    {
        var contributors = Gen.Choose(0, 1).SelectMany(proved => Gen.Choose(1, 8).Select(weight => (proved == 1, weight))).ArrayOf();
        var runs = contributors.SelectMany(others => Gen.Choose(0, 2_000_000).SelectMany(price => Gen.Choose(0, 100).SelectMany(ratio =>
            Gen.Choose(0, 1_000_000).SelectMany(stake => Gen.Choose(0, int.MaxValue).Select(kitty => (others, price, ratio, stake, kitty))))));
        Prop.ForAll(runs.ToArbitrary(), run =>
        {
            var deal = DealOf(run.price, run.stake, run.ratio);
            Contributor[] all =
            [
                Proved(1, 1),
                .. run.others.Select((other, i) => other.Item1
                    ? Proved((byte)(i + 2), (ulong)other.weight)
                    : new Contributor(Account((byte)(i + 2)), ContributionStatus.Contributed, (ulong)other.weight, 10)),
            ];
            var settlement = Rewards.Finalize(deal, all, run.kitty);
            var paid = settlement.Contributors.Aggregate(settlement.SchedulerReward, (sum, contributor) => sum + contributor.Reward);
            var taken = settlement.Contributors.Aggregate(settlement.KittyShare + deal.Workerpool.Price, (sum, contributor) => sum + contributor.SeizedStake);
            return paid == taken
                && settlement.SponsorPays == settlement.AppReward + settlement.DatasetReward + deal.Workerpool.Price
                && settlement.KittyShare <= run.kitty;
        }).QuickCheckThrowOnFailure();
    }

    private static Contributor Proved(byte worker, ulong weight) => new(Account(worker), ContributionStatus.Proved, weight, 10);

    private static Address Account(byte last) => new([.. new byte[19], last]);

    private static Deal DealOf(int workerpoolPrice, int workerStake, int ratio) => new(
        default,
        new DealResource(Account(100), Account(101), 11),
        new DealResource(Account(102), Account(103), 22),
        new DealResource(Account(104), Account(105), workerpoolPrice),
        1, 0, Tag.None, Account(106), Account(106), default, "", 0, 0, 1, workerStake, ratio, Account(106));
}
