using System.Collections.Immutable;
using System.Numerics;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Simulation.World;
using Xunit;

namespace Tests.Unit.Simulation;

/// <summary>What holds in every state of the contracts, and between any two states of a history.</summary>
internal static class Invariants
{
    // One transaction may take several steps.
    private static readonly (ChainTaskStatus From, ChainTaskStatus To)[] TaskSteps =
    [
        (ChainTaskStatus.Unset, ChainTaskStatus.Active), (ChainTaskStatus.Unset, ChainTaskStatus.Revealing), (ChainTaskStatus.Unset, ChainTaskStatus.Completed),
        (ChainTaskStatus.Unset, ChainTaskStatus.Failed), (ChainTaskStatus.Active, ChainTaskStatus.Revealing), (ChainTaskStatus.Active, ChainTaskStatus.Completed),
        (ChainTaskStatus.Active, ChainTaskStatus.Failed), (ChainTaskStatus.Revealing, ChainTaskStatus.Active), (ChainTaskStatus.Revealing, ChainTaskStatus.Completed),
        (ChainTaskStatus.Revealing, ChainTaskStatus.Failed),
    ];

    private static readonly (ContributionStatus From, ContributionStatus To)[] ContributionSteps =
    [
        (ContributionStatus.Unset, ContributionStatus.Contributed), (ContributionStatus.Unset, ContributionStatus.Proved),
        (ContributionStatus.Contributed, ContributionStatus.Proved), (ContributionStatus.Contributed, ContributionStatus.Rejected),
    ];

    /// <summary>The balances sum up to the supply, which the hub holds in tokens, and the hub's own balance backs all that is frozen.</summary>
    public static void MoneyIsAllThere(HubConfiguration hub, WorldState state)
    {
        var ledger = state.Hub.Accounts;
        Assert.Equal(state.Hub.TotalSupply.ToBigInteger(), Sum(ledger.Values.Select(account => account.Free)));
        Assert.True(state.Hub.TotalSupply <= (hub.Token.IsZero ? state.Hub.HeldWei / 1_000_000_000 : state.Token.BalanceOf(hub.Hub)));
        Assert.True(Sum(ledger.Values.Select(account => account.Frozen)) <= state.Hub.AccountOf(hub.Hub).Free.ToBigInteger());
        Assert.Equal(state.Token.TotalSupply.ToBigInteger(), Sum(state.Token.Balances.Values));
    }

    /// <summary>
    /// What an account has frozen is what its open tasks and contributions hold, to the last nRLC: the price per task not ended for a sponsor, the stake for a
    /// scheduler, one stake per contribution for a worker. So every stake was locked once and released once.
    /// </summary>
    public static void FrozenIsWhatOpenTasksHold(WorldState state)
    {
        var held = new Dictionary<Address, BigInteger>();
        void Hold(Address account, UInt256 amount) => held[account] = held.GetValueOrDefault(account) + amount.ToBigInteger();

        var tasksOf = state.Hub.Tasks.Values.ToLookup(task => task.DealId);
        foreach (var deal in state.Hub.Deals.Values)
        {
            var tasks = tasksOf[deal.Id];
            var open = state.Hub.RangeOf(deal).Size - (ulong)tasks.Count(task => task.Status is ChainTaskStatus.Completed or ChainTaskStatus.Failed);
            Hold(deal.Sponsor, deal.PricePerTask * open);
            Hold(deal.Workerpool.Owner, Stakes.SchedulerPerTask(deal.Workerpool.Price) * open);
            foreach (var worker in tasks.Where(task => task.Status is ChainTaskStatus.Active or ChainTaskStatus.Revealing).SelectMany(task => task.Contributors))
            {
                Hold(worker, deal.WorkerStake);
            }
        }

        foreach (var (id, deal) in state.Hub.BoostDeals)
        {
            var open = Enumerable.Range(0, (int)deal.BotSize).Count(index => !state.Hub.BoostTasks.ContainsKey(TaskId.Of(id, (ulong)index)));
            Hold(deal.Sponsor, deal.PricePerTask * (ulong)open);
            Hold(deal.WorkerpoolOwner, Stakes.SchedulerPerTask(deal.WorkerpoolPrice) * (ulong)open);
        }

        foreach (var (address, account) in state.Hub.Accounts.Where(entry => entry.Key != Rewards.KittyAddress))
        {
            Assert.Equal(held.GetValueOrDefault(address), account.Frozen.ToBigInteger());
        }
    }

    /// <summary>
    /// The kitty holds the stakes of schedulers that failed, and those of workers that were rejected and never redeemed; as long as it pays nobody (not strict), exactly.
    /// </summary>
    public static void TheKittyComesFromFailedWork(WorldState state, bool strict)
    {
        var failed = state.Hub.Tasks.Values.Where(task => task.Status == ChainTaskStatus.Failed).ToArray();
        var stakes = Sum(failed.Select(task => Stakes.SchedulerPerTask(state.Hub.Deals[task.DealId].Workerpool.Price)));
        var rejected = Sum(failed.SelectMany(task => task.Contributions.Values
            .Where(vote => vote.Status == ContributionStatus.Rejected).Select(_ => state.Hub.Deals[task.DealId].WorkerStake)));
        stakes += Sum(state.Hub.BoostDeals.SelectMany(entry => Enumerable.Range(0, (int)entry.Value.BotSize)
            .Where(index => state.Hub.BoostTasks.GetValueOrDefault(TaskId.Of(entry.Key, (ulong)index)) == ChainTaskStatus.Failed)
            .Select(_ => Stakes.SchedulerPerTask(entry.Value.WorkerpoolPrice))));
        var kitty = state.Hub.AccountOf(Rewards.KittyAddress).Frozen.ToBigInteger();
        Assert.True(strict ? kitty <= stakes : kitty == stakes + rejected);
    }

    /// <summary>A task that reveals has a consensus by the formula, on unbounded integers, from the votes that were not rejected.</summary>
    public static void ConsensusHoldsByTheFormula(WorldState state)
    {
        foreach (var task in state.Hub.Tasks.Values.Where(task => task.Status == ChainTaskStatus.Revealing))
        {
            var trust = state.Hub.Deals[task.DealId].Trust.ToBigInteger();
            var total = 1 + Sum(task.Votes.Groups.Values);
            Assert.True(task.Votes.Groups[task.ConsensusValue].ToBigInteger() * trust > total * (trust - 1));
            Assert.Equal(
                task.WinnerCounter,
                (ulong)task.Contributions.Values.Count(vote => vote.ResultHash == task.ConsensusValue && vote.Status != ContributionStatus.Rejected));
            Assert.Equal(task.RevealCounter, (ulong)task.Contributions.Values.Count(vote => vote.Status == ContributionStatus.Proved));
        }
    }

    /// <summary>Deals never change, what is consumed only grows, and tasks and contributions take the steps that there are.</summary>
    public static void HistoryOnlyGoesForward(WorldState before, WorldState after)
    {
        Assert.All(Unless(before.Hub.Deals, after.Hub.Deals), entry => Assert.Same(entry.Value, after.Hub.Deals[entry.Key]));
        Assert.All(Unless(before.Hub.Consumed, after.Hub.Consumed), entry => Assert.True(after.Hub.Consumed[entry.Key] >= entry.Value));
        Assert.All(Unless(before.Hub.Tasks, after.Hub.Tasks), entry => Assert.Contains(entry.Key, after.Hub.Tasks));
        foreach (var (id, task) in Unless(after.Hub.Tasks, before.Hub.Tasks))
        {
            if (before.Hub.Tasks.TryGetValue(id, out var old) && ReferenceEquals(old, task))
            {
                continue;
            }

            Step(TaskSteps, old?.Status ?? ChainTaskStatus.Unset, task.Status);
            foreach (var (worker, vote) in task.Contributions)
            {
                Step(ContributionSteps, old?.ContributionOf(worker).Status ?? ContributionStatus.Unset, vote.Status);
            }
        }
    }

    /// <summary>A worker's score moves by one up, or by a third down, with the event that says so, and not otherwise.</summary>
    public static void ScoresFollowTheirEvents(WorldState before, WorldState after, IReadOnlyList<SimulatedLog> logs)
    {
        foreach (var (address, account) in Unless(after.Hub.Accounts, before.Hub.Accounts))
        {
            var score = before.Hub.AccountOf(address).Score;
            foreach (var log in logs.Where(log => log.Topics.Count == 3 && log.Topics[1] == EventWord(address)))
            {
                score = log.Topics[0] == HubContract.AccurateContribution.Topic ? Reputation.AfterSuccess(score)
                    : log.Topics[0] == HubContract.FaultyContribution.Topic ? Reputation.AfterFailure(score)
                    : score;
            }

            Assert.Equal(score, account.Score);
        }
    }

    /// <summary>Deals of one request have indexes that follow each other without a gap, and together they are what is consumed.</summary>
    public static void DealsOfARequestFollowEachOther(IReadOnlyDictionary<OrderHash, List<(UInt256 First, UInt256 Size)>> dealsByRequest)
    {
        foreach (var deals in dealsByRequest.Values)
        {
            var next = UInt256.Zero;
            foreach (var (first, size) in deals)
            {
                Assert.Equal(next, first);
                Assert.False(size.IsZero);
                next += size;
            }
        }
    }

    /// <summary>The entries of a map, none when it is the very same as the other.</summary>
    private static IReadOnlyDictionary<TKey, TValue> Unless<TKey, TValue>(ImmutableDictionary<TKey, TValue> map, ImmutableDictionary<TKey, TValue> same)
        where TKey : notnull => ReferenceEquals(map, same) ? ImmutableDictionary<TKey, TValue>.Empty : map;

    private static Bytes32 EventWord(Address address) => UInt256.FromBigEndian(address.AsSpan()).ToBytes32();

    private static void Step<T>((T From, T To)[] steps, T from, T to)
        where T : struct, Enum
    {
        if (!from.Equals(to))
        {
            Assert.Contains((from, to), steps);
        }
    }

    private static BigInteger Sum(IEnumerable<UInt256> amounts) => amounts.Aggregate(BigInteger.Zero, (sum, amount) => sum + amount.ToBigInteger());
}
