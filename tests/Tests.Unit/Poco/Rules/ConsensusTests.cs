using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Iexec.Poco.Rules;
using Xunit;

namespace Tests.Unit.Poco.Rules;

public sealed class ConsensusTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(11, 2)]
    [InlineData(12, 3)]
    [InlineData(14, 3)]
    [InlineData(15, 4)]
    [InlineData(300, 99)]
    public void Weight_follows_the_score(int score, int weight) => Assert.Equal((UInt256)weight, Reputation.Weight(score));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(99, 6)]
    public void Reward_weight_is_the_logarithm(int weight, ulong expected) => Assert.Equal(expected, Reputation.RewardWeight(weight));

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
    public void New_workers_needed_for_a_trust(int trust, int workers)
    {
        Assert.Equal(workers, Replication.FreshWorkersNeeded(trust));
        Assert.Equal(workers, Replication.WorkersNeeded(trust, []));
        Assert.Equal(workers, Replication.WorkersNeeded(trust, [.. Enumerable.Repeat(UInt256.Zero, 30)]));
    }

    [Fact]
    public void The_largest_trust_of_all_is_predicted_without_overflow() => Assert.Equal(256, Replication.FreshWorkersNeeded(UInt256.MaxValue));

    [Fact]
    public void Highest_trust_is_the_highest_that_the_workers_reach() => Prop.ForAll(Scores().ToArbitrary(), scores =>
    {
        var highest = Replication.HighestTrust(scores);
        return Replication.WorkersNeeded(highest, scores) <= scores.Length && Replication.WorkersNeeded(highest + 1, scores) > scores.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Votes_are_counted_as_by_a_model_on_unbounded_integers() => Prop.ForAll(Votes().ToArbitrary(), run =>
    {
        var groups = new Dictionary<Bytes32, BigInteger>();
        var votes = Consensus.Empty;
        foreach (var (result, score) in run.Votes)
        {
            var hash = ((UInt256)result).ToBytes32();
            votes = votes.Add(hash, score);
            groups[hash] = groups.GetValueOrDefault(hash, BigInteger.One) * (BigInteger.Max(score / 3, 3) - 1);
            var total = 1 + groups.Values.Aggregate(BigInteger.Zero, (sum, group) => sum + group);
            var trust = Math.Max(run.Trust, 1);
            foreach (var (known, group) in groups)
            {
                if (votes.Total.ToBigInteger() != total
                    || votes.Groups[known].ToBigInteger() != group
                    || votes.IsReached(known, run.Trust) != (group * trust > total * (trust - 1)))
                {
                    return false;
                }
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void As_many_fresh_workers_as_predicted_reach_the_consensus_and_one_less_does_not() => Prop.ForAll(Votes().ToArbitrary(), run =>
    {
        var votes = run.Votes.Aggregate(Consensus.Empty, (all, vote) => all.Add(((UInt256)vote.Result).ToBytes32(), vote.Score));
        var best = votes.Groups.Count == 0 ? Bytes32.Zero : votes.Groups.MaxBy(group => group.Value).Key;
        var needed = Replication.StillNeeded(run.Trust, [.. votes.Groups.Values], []);
        bool Reached(int more) => Enumerable.Range(0, more).Aggregate(votes, (all, _) => all.Add(best, 0)).IsReached(best, run.Trust);

        return Reached(needed) && (needed == 0 || !Reached(needed - 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Workers_that_were_asked_count_as_agreeing()
    {
        Assert.Equal(2, Replication.StillNeeded(3, [], []));
        Assert.Equal(1, Replication.StillNeeded(3, [], [2]));
        Assert.Equal(0, Replication.StillNeeded(3, [], [2, 2]));
        Assert.Equal(0, Replication.StillNeeded(3, [2], [2]));
        Assert.Equal(0, Replication.StillNeeded(1, [], [2]));

        // A second opinion makes it harder: 2 · x must exceed (1 + 2) · 2.
        Assert.Equal(2, Replication.StillNeeded(3, [2, 2], []));
    }

    [Fact]
    public void Reopening_takes_the_group_out()
    {
        var (one, two) = (UInt256.One.ToBytes32(), ((UInt256)2).ToBytes32());
        var votes = Consensus.Empty.Add(one, 0).Add(two, 30);

        Assert.Equal(Consensus.Empty.Add(two, 30).Total, votes.Reopen(one).Total);
        Assert.False(votes.Reopen(one).IsReached(one, 1));
    }

    [Fact]
    public void Weights_beyond_256_bits_are_refused_as_by_the_contracts()
    {
        var votes = Consensus.Empty;
        Assert.Throws<OverflowException>(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                votes = votes.Add(Bytes32.Zero, 12);
            }
        });
    }

    private static Gen<UInt256[]> Scores() => Gen.Choose(0, 200).ArrayOf().Select(scores => scores.Take(12).Select(score => (UInt256)score).ToArray())
        .Where(scores => scores.Length > 0);

    private static Gen<((int Result, int Score)[] Votes, int Trust)> Votes() =>
        Gen.Choose(0, 2).SelectMany(result => Gen.Choose(0, 60).Select(score => (result, score))).ArrayOf()
            .SelectMany(votes => Gen.Choose(0, 2_000).Select(trust => (votes.Take(15).ToArray(), trust)));
}
