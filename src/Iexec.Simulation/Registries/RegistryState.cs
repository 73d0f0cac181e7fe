using System.Collections.Immutable;
using Iexec.Ethereum;
using Iexec.Poco.Registries;

namespace Iexec.Simulation.Registries;

/// <summary>What a registry of one kind of asset knows: an ERC-721 whose tokens are the addresses of its entries.</summary>
public sealed record RegistryState(AssetKind Kind, Address Owner)
{
    /// <summary>The registry before this one, whose entries count as registered here; or zero.</summary>
    public Address Previous { get; init; }

    /// <summary>Whether <see cref="Previous"/> is settled.</summary>
    public bool Initialized { get; init; } = true;

    /// <summary>Prefix of <c>tokenURI</c>.</summary>
    public string BaseUri { get; init; } = "";

    /// <summary>Entries in the order of their creation.</summary>
    public ImmutableList<Address> All { get; init; } = [];

    /// <summary>Owner of each entry.</summary>
    public ImmutableDictionary<Address, Address> Owners { get; init; } = ImmutableDictionary<Address, Address>.Empty;

    /// <summary>Entries of each owner; the last takes the place of one that leaves.</summary>
    public ImmutableDictionary<Address, ImmutableList<Address>> Owned { get; init; } = ImmutableDictionary<Address, ImmutableList<Address>>.Empty;

    /// <summary>Who may move an entry besides its owner.</summary>
    public ImmutableDictionary<Address, Address> Approved { get; init; } = ImmutableDictionary<Address, Address>.Empty;

    /// <summary>Who may move every entry of an owner.</summary>
    public ImmutableHashSet<(Address Owner, Address Operator)> Operators { get; init; } = [];

    /// <summary>Policies of workerpools that changed theirs, in percent.</summary>
    public ImmutableDictionary<Address, PoolPolicy> Policies { get; init; } = ImmutableDictionary<Address, PoolPolicy>.Empty;

    /// <summary>Entries of an owner.</summary>
    public ImmutableList<Address> EntriesOf(Address owner) => Owned.GetValueOrDefault(owner, []);

    /// <summary>The registry with a new entry.</summary>
    public RegistryState WithEntry(Address entry, Address owner) => this with
    {
        All = All.Add(entry),
        Owners = Owners.Add(entry, owner),
        Owned = Owned.SetItem(owner, EntriesOf(owner).Add(entry)),
    };

    /// <summary>The registry with an entry in other hands.</summary>
    public RegistryState WithOwner(Address entry, Address owner)
    {
        var from = Owners[entry];
        var entries = EntriesOf(from);
        entries = entries.SetItem(entries.IndexOf(entry), entries[^1]).RemoveAt(entries.Count - 1);
        var left = this with { Owned = Owned.SetItem(from, entries), Approved = Approved.Remove(entry) };
        return left with
        {
            Owners = left.Owners.SetItem(entry, owner),
            Owned = left.Owned.SetItem(owner, left.EntriesOf(owner).Add(entry)),
        };
    }
}

/// <summary>A workerpool's policy towards its workers, in percent: stake of the price, and the scheduler's share in the reward.</summary>
public sealed record PoolPolicy(UInt256 WorkerStakeRatio, UInt256 SchedulerRewardRatio)
{
    /// <summary>Of a pool that never changed it.</summary>
    public static PoolPolicy Default { get; } = new(30, 1);
}
