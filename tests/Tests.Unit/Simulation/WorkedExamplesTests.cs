using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Xunit;

namespace Tests.Unit.Simulation;

/// <summary>Figures worked out by hand from the protocol's formulas.</summary>
public sealed class WorkedExamplesTests
{
    [Fact]
    public void A_match_locks_prices_and_thirty_percent_of_the_pools_price()
    {
        var market = new ModelMarket();

        market.Deal(market.Request with { Volume = 3 });

        // 3 · (100,000,001 + 200,000,002 + 1,000,000,007), and 3 · ⌊30 % of 1,000,000,007⌋.
        Assert.Equal((UInt256)3_900_000_030, market[ModelMarket.Requester].Frozen);
        Assert.Equal((UInt256)900_000_006, market[ModelMarket.PoolOwner].Frozen);
        Assert.Equal(ModelMarket.Deposit - 900_000_006, market[ModelMarket.PoolOwner].Free);
    }

    [Fact]
    public void An_endless_deal_is_not_opened_at_once()
    {
        var market = new ModelMarket();
        var request = market.Request with { AppMaxPrice = 0, Dataset = Address.Zero, WorkerpoolMaxPrice = 0, Volume = UInt256.MaxValue - 1 };

        Assert.Empty(market.Refused(ModelMarket.Requester, market.MatchAndOpen(request, UInt256.MaxValue)));
        market.Do(ModelMarket.Requester, market.MatchAndOpen(request, 3));
        Assert.Equal(3, market.Hub.State.Hub.Tasks.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_vote_weighs_by_the_score_earned_in_the_pool(bool strict)
    {
        var market = new ModelMarket(strict);
        var (worker, other, task) = (ModelMarket.Workers[0], ModelMarket.Workers[1], market.Open(market.Request with { Trust = 3 }));
        market.Contribute(worker, task, "answer");
        market.Contribute(other, task, "answer");
        market.Reveal(worker, task, "answer");
        market.Reveal(other, task, "answer");
        market.FinalizeTask(task);

        var score = market[worker].Score;
        Assert.True(score > UInt256.Zero);
        Assert.Equal(score, await market.Hub.GetVotingScoreAsync(worker.Address, market.Pool, default));
        Assert.Equal(strict ? score : UInt256.Zero, await market.Hub.GetVotingScoreAsync(worker.Address, market.App, default));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(8, 3)]
    [InlineData(9, 4)]
    [InlineData(16, 4)]
    [InlineData(100, 7)]
    [InlineData(10_000, 14)]
    [InlineData(1_000_000, 20)]
    public void New_workers_that_agree_reach_a_trust(int trust, int workers)
    {
        var market = new ModelMarket();
        var task = market.Open(market.Request with { Trust = trust });

        for (var i = 0; i < workers; i++)
        {
            Assert.Equal(ChainTaskStatus.Active, market.TaskOf(task).Status);
            market.Contribute(ModelMarket.Workers[i], task, "answer");
        }

        Assert.Equal(ChainTaskStatus.Revealing, market.TaskOf(task).Status);
        Assert.Equal((ulong)workers, market.TaskOf(task).WinnerCounter);
    }

    [Fact]
    public void Winners_share_price_and_lost_stake_by_the_logarithm_of_their_weights_and_the_scheduler_keeps_the_dust()
    {
        var market = new ModelMarket();
        var (liar, first, second, third) = (ModelMarket.Workers[0], ModelMarket.Workers[1], ModelMarket.Workers[2], ModelMarket.Workers[3]);
        var task = market.Open(market.Request with { Trust = 5, Dataset = Address.Zero });
        market.Contribute(liar, task, "lie");
        foreach (var worker in (PrivateKey[])[first, second, third, ModelMarket.Workers[4]])
        {
            market.Contribute(worker, task, "truth");
        }

        // 1 + 2 + 16 = 19 in all: 16 · 5 = 80 > 19 · 4 = 76. Before the fourth: 8 · 5 = 40 < 11 · 4 = 44.
        Assert.Equal(ChainTaskStatus.Revealing, market.TaskOf(task).Status);
        foreach (var worker in (PrivateKey[])[first, second, third])
        {
            market.Reveal(worker, task, "truth");
        }

        market.Pass(2 * ModelMarket.TimeRef);
        market.FinalizeTask(task);

        // Pot: 1,000,000,007 and the stakes of the liar and of who was silent, 300,000,002 each. 99 % of 1,600,000,011 is 1,584,000,010; a third of it 528,000,003.
        foreach (var worker in (PrivateKey[])[first, second, third])
        {
            Assert.Equal(ModelMarket.Deposit + 528_000_003, market[worker].Free);
            Assert.Equal(UInt256.One, market[worker].Score);
            Assert.Equal(UInt256.Zero, market[worker].Frozen);
        }

        Assert.Equal(ModelMarket.Deposit - 300_000_002, market[liar].Free);
        Assert.Equal(ModelMarket.Deposit + 16_000_002, market[ModelMarket.PoolOwner].Free);
        Assert.Equal(ModelMarket.Deposit + ModelMarket.AppPrice, market[ModelMarket.AppOwner].Free);
    }

    [Fact]
    public void A_single_worker_earns_no_reputation()
    {
        var market = new ModelMarket();
        var task = market.Open(market.Request);
        market.Contribute(ModelMarket.Workers[0], task, "answer");
        market.Reveal(ModelMarket.Workers[0], task, "answer");
        market.FinalizeTask(task);

        Assert.Equal(UInt256.Zero, market[ModelMarket.Workers[0]].Score);
        Assert.Equal(ChainTaskStatus.Completed, market.TaskOf(task).Status);
    }

    [Fact]
    public void Score_grows_by_one_and_falls_by_a_third()
    {
        var market = new ModelMarket();
        var (steady, fickle) = (ModelMarket.Workers[0], ModelMarket.Workers[1]);
        for (var i = 0; i < 7; i++)
        {
            var task = market.Open(market.Request with { Trust = 3, Salt = Keccak256.Hash($"request {i}") });
            market.Contribute(steady, task, "answer");
            market.Contribute(fickle, task, "answer");
            market.Reveal(steady, task, "answer");
            market.Reveal(fickle, task, "answer");
            market.FinalizeTask(task);
        }

        Assert.Equal((UInt256)7, market[fickle].Score);
        var last = market.Open(market.Request with { Trust = 3 });
        market.Contribute(fickle, last, "lie");
        market.Contribute(steady, last, "answer");
        market.Contribute(ModelMarket.Workers[2], last, "answer");
        market.Contribute(ModelMarket.Workers[3], last, "answer");
        market.Reveal(steady, last, "answer");
        market.Pass(2 * ModelMarket.TimeRef);
        market.FinalizeTask(last);

        // ⌊7 · 2 / 3⌋.
        Assert.Equal((UInt256)4, market[fickle].Score);
        Assert.Equal((UInt256)8, market[steady].Score);
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(1UL, 1UL)]
    [InlineData(999_999_999UL, 999_999_999UL)]
    [InlineData(1_000_000_000UL, 1_000_000_000UL)]
    [InlineData(9_999_999_999UL, 1_000_000_000UL)]
    [InlineData(10_000_000_000UL, 1_000_000_000UL)]
    [InlineData(10_000_000_019UL, 1_000_000_001UL)]
    public void A_strict_kitty_pays_a_tenth_but_at_least_one_rlc_or_what_is_left(ulong kitty, ulong share)
    {
        var market = new ModelMarket(strict: true);
        market.FillKitty(kitty);
        Assert.Equal((UInt256)kitty, market.Kitty);
        var task = market.Open(market.Request);
        market.Contribute(ModelMarket.Workers[0], task, "answer");
        market.Reveal(ModelMarket.Workers[0], task, "answer");
        var before = market[ModelMarket.PoolOwner];
        market.FinalizeTask(task);

        Assert.Equal((UInt256)(kitty - share), market.Kitty);
        Assert.Equal(before.Free + Stakes.SchedulerPerTask(ModelMarket.WorkerpoolPrice) + 10_000_001 + share, market[ModelMarket.PoolOwner].Free);
    }

    [Fact]
    public void A_kitty_that_is_not_strict_pays_nobody()
    {
        var market = new ModelMarket();
        market.FillKitty(5_000_000_000);
        var task = market.Open(market.Request);
        market.Contribute(ModelMarket.Workers[0], task, "answer");
        market.Reveal(ModelMarket.Workers[0], task, "answer");
        market.FinalizeTask(task);

        Assert.Equal((UInt256)5_000_000_000, market.Kitty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rejected_workers_lose_their_stake_at_a_claim_unless_the_hub_is_strict(bool strict)
    {
        var market = new ModelMarket(strict);
        var (rejected, late) = (ModelMarket.Workers[0], ModelMarket.Workers[1]);
        var task = market.Open(market.Request);
        market.Contribute(rejected, task, "never shown");
        market.Pass(2 * ModelMarket.TimeRef);
        market.Do(ModelMarket.PoolOwner, market.Calls.Reopen(task));
        Assert.Equal("", market.Refused(rejected, market.Contribution(rejected, task, "again")));
        market.Contribute(late, task, "answer");
        market.Pass(8 * ModelMarket.TimeRef);
        market.Do(ModelMarket.Requester, market.Calls.Claim(task));

        Assert.Equal(strict ? ModelMarket.Deposit : ModelMarket.Deposit - 300_000_002, market[rejected].Free);
        Assert.Equal(ModelMarket.Deposit, market[late].Free);
        Assert.Equal(ModelMarket.Deposit, market[ModelMarket.Requester].Free);
        Assert.Equal((UInt256)(strict ? 300_000_002 : 600_000_004), market.Kitty);
    }

    [Fact]
    public void Reputation_earned_in_a_pool_of_ones_own_weighs_nothing_elsewhere_unless_the_hub_is_strict()
    {
        foreach (var strict in (bool[])[true, false])
        {
            var market = new ModelMarket(strict);
            var veteran = ModelMarket.Workers[0];
            market.ImportScore(veteran);
            var task = market.Open(market.Request with { Trust = 10 });

            market.Contribute(veteran, task, "alone");

            // A score of 60 weighs 19, which reaches a trust of 10 alone: 19 · 10 > 20 · 9.
            Assert.Equal(strict ? ChainTaskStatus.Revealing : ChainTaskStatus.Active, market.TaskOf(task).Status);
        }
    }

    [Fact]
    public void Deadlines_are_the_first_second_that_is_too_late()
    {
        var market = new ModelMarket();
        var (inTime, tooLate) = (market.Open(market.Request with { Volume = 1 }), market.Open(market.Request with { Volume = 1, Salt = Keccak256.Hash("other") }));
        market.Pass((7 * ModelMarket.TimeRef) - 1);
        market.Contribute(ModelMarket.Workers[0], inTime, "answer");
        market.Pass(1);
        Assert.Equal("", market.Refused(ModelMarket.Workers[0], market.Contribution(ModelMarket.Workers[0], tooLate, "answer")));
        market.Pass((2 * ModelMarket.TimeRef) - 1);
        Assert.Equal("", market.Refused(ModelMarket.Workers[0], market.Calls.Reveal(inTime, ModelMarket.Digest("answer"))));
        market.Pass(ModelMarket.TimeRef);
        Assert.Equal("", market.Refused(ModelMarket.Requester, market.Calls.Claim(inTime)));
        market.Pass(1);
        market.Do(ModelMarket.Requester, market.Calls.Claim(inTime));
    }
}
