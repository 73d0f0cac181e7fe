using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Chain;
using Iexec.Simulation;
using Iexec.Simulation.World;
using Iexec.Testing;
using Iexec.Testing.Model;
using Xunit;
using Outcome = Iexec.Simulation.World.Outcome;

namespace Tests.Unit.Simulation;

/// <summary>Random histories of the model, strict and not, of a token and of coins, with the invariants looked at after every transaction.</summary>
public sealed class RandomHistoryTests
{
    private const int Transactions = 150;

    [Fact]
    public void Every_state_of_every_history_keeps_the_invariants() =>
        Prop.ForAll(ArbMap.Default.ArbFor<bool>(), ArbMap.Default.ArbFor<bool>(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Live)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    private static void Live(bool strict, bool ofCoins, int seed)
    {
        var time = new ManualTime();
        var settings = SimulationSettings.OnChain(65535, AnvilProcess.Keys[0].Address) with
        {
            Strict = strict,
            Categories = [new Category(0, "XS", "\"short\"", 60), new Category(1, "S", "\"longer\"", 300)],
        };
        if (ofCoins)
        {
            settings = settings with { Configuration = settings.Configuration with { Token = Address.Zero } };
        }

        var model = new SimulatedHub(settings, time, new SeededEntropy((ulong)seed));
        foreach (var (address, contract) in RandomMarket.Contracts)
        {
            model.Install(address, contract);
        }

        var market = new RandomMarket(model, seed);
        var deals = new Dictionary<OrderHash, List<(UInt256 First, UInt256 Size)>>();
        foreach (var wish in market.Beginnings().Concat(Wishes(market, time)))
        {
            var before = model.State;
            var outcome = model.Send(wish.Message);
            Collect(deals, model);
            Check(settings, before, model.State, outcome);
        }

        Invariants.DealsOfARequestFollowEachOther(deals);
    }

    private static IEnumerable<Wish> Wishes(RandomMarket market, ManualTime time)
    {
        for (var i = 0; i < Transactions; i++)
        {
            time.Advance(TimeSpan.FromSeconds(market.Pause()));
            yield return market.Next();
        }
    }

    private static void Check(SimulationSettings settings, WorldState before, WorldState after, Outcome outcome)
    {
        if (!outcome.Succeeded)
        {
            Assert.Same(before, after);
            Assert.Empty(outcome.Logs);
            return;
        }

        Invariants.MoneyIsAllThere(settings.Configuration, after);
        Invariants.FrozenIsWhatOpenTasksHold(after);
        Invariants.TheKittyComesFromFailedWork(after, settings.Strict);
        Invariants.ConsensusHoldsByTheFormula(after);
        Invariants.HistoryOnlyGoesForward(before, after);
        Invariants.ScoresFollowTheirEvents(before, after, outcome.Logs);
    }

    private static void Collect(Dictionary<OrderHash, List<(UInt256 First, UInt256 Size)>> deals, SimulatedHub model)
    {
        foreach (var matched in model.Snapshot()[^1].Events.OfType<HubEvent.OrdersMatched>())
        {
            (UInt256 First, UInt256 Size) range = model.State.Hub.Deals.TryGetValue(matched.DealId, out var deal) ? model.State.Hub.RangeOf(deal)
                : model.State.Hub.BoostDeals[matched.DealId] is var boost ? ((UInt256)boost.BotFirst, (UInt256)boost.BotSize)
                : default;
            Assert.Equal(matched.Volume, range.Size);
            deals.TryAdd(matched.Request, []);
            deals[matched.Request].Add(range);
        }
    }
}
