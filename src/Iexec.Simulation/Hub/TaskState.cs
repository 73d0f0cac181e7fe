using System.Collections.Immutable;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;

namespace Iexec.Simulation.Hub;

/// <summary>A task that was initialized. Times in Unix seconds, 0 when not set.</summary>
public sealed record TaskState(TaskId Id, DealId DealId, UInt256 Index)
{
    /// <summary>Where it stands.</summary>
    public ChainTaskStatus Status { get; init; } = ChainTaskStatus.Active;

    /// <summary>The opinions so far, without those that a reopening discarded.</summary>
    public Consensus Votes { get; init; } = Consensus.Empty;

    /// <summary>The result hash that won; zero before.</summary>
    public Bytes32 ConsensusValue { get; init; }

    /// <summary>First second that is too late for a reveal.</summary>
    public ulong RevealDeadline { get; init; }

    /// <summary>Workers of the consensus that revealed.</summary>
    public ulong RevealCounter { get; init; }

    /// <summary>Workers of the consensus.</summary>
    public ulong WinnerCounter { get; init; }

    /// <summary>The digest that was revealed.</summary>
    public Bytes32 ResultDigest { get; init; }

    /// <summary>Where the result is, as the scheduler wrote it.</summary>
    public byte[] Results { get; init; } = [];

    /// <summary>What the callback was given.</summary>
    public byte[] ResultsCallback { get; init; } = [];

    /// <summary>Workers in the order of their contributions, rejected ones included.</summary>
    public ImmutableList<Address> Contributors { get; init; } = [];

    /// <summary>Their contributions.</summary>
    public ImmutableDictionary<Address, Contribution> Contributions { get; init; } = ImmutableDictionary<Address, Contribution>.Empty;

    /// <summary>A worker's contribution; unset when it has none.</summary>
    public Contribution ContributionOf(Address worker) => Contributions.GetValueOrDefault(worker, NoContribution);

    /// <summary>The task with the contribution of one more worker.</summary>
    public TaskState WithContributor(Address worker, Contribution contribution) =>
        this with { Contributors = Contributors.Add(worker), Contributions = Contributions.Add(worker, contribution) };

    private static Contribution NoContribution { get; } = new(ContributionStatus.Unset, default, default, default, UInt256.Zero);
}
