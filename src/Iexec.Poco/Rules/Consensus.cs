using System.Collections.Immutable;
using Iexec.Ethereum;

namespace Iexec.Poco.Rules;

/// <summary>
/// The votes on one task, as the contracts count them: equal results form a group whose weight is the product of its members' weights,
/// and a group wins when <c>group · trust &gt; total · (trust − 1)</c> with <c>total = 1 + Σ groups</c>.
/// </summary>
public sealed class Consensus
{
    private readonly ImmutableDictionary<Bytes32, UInt256> _groups;

    private Consensus(ImmutableDictionary<Bytes32, UInt256> groups, UInt256 total)
    {
        _groups = groups;
        Total = total;
    }

    /// <summary>No vote yet.</summary>
    public static Consensus Empty { get; } = new(ImmutableDictionary<Bytes32, UInt256>.Empty, UInt256.One);

    /// <summary>1 + the weights of all groups.</summary>
    public UInt256 Total { get; }

    /// <summary>Weight of each group by its result hash.</summary>
    public IReadOnlyDictionary<Bytes32, UInt256> Groups => _groups;

    /// <summary>One more contribution of a worker with that score.</summary>
    /// <exception cref="OverflowException">The weights exceed 256 bits; the contracts revert.</exception>
    public Consensus Add(Bytes32 resultHash, UInt256 score)
    {
        var group = _groups.GetValueOrDefault(resultHash);
        var added = (UInt256.Max(group, UInt256.One) * Reputation.Weight(score)) - group;
        return new(_groups.SetItem(resultHash, group + added), Total + added);
    }

    /// <summary>The group that won and never revealed is taken out again.</summary>
    public Consensus Reopen(Bytes32 resultHash) => new(_groups.Remove(resultHash), Total - _groups.GetValueOrDefault(resultHash));

    /// <summary>True if the group has won at that trust (0 counts as 1).</summary>
    /// <exception cref="OverflowException">As in <see cref="Add"/>.</exception>
    public bool IsReached(Bytes32 resultHash, UInt256 trust)
    {
        var effective = UInt256.Max(trust, UInt256.One);
        return _groups.GetValueOrDefault(resultHash) * effective > Total * (effective - 1);
    }
}
