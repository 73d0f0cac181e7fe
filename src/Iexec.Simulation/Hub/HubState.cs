using System.Collections.Immutable;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Deals;
using Iexec.Poco.Tasks;

namespace Iexec.Simulation.Hub;

/// <summary>An account of the ledger: free and frozen nRLC, and the reputation of a worker.</summary>
public sealed record LedgerAccount(UInt256 Free, UInt256 Frozen, UInt256 Score)
{
    /// <summary>Of an account that never appeared.</summary>
    public static LedgerAccount Empty { get; } = new(UInt256.Zero, UInt256.Zero, UInt256.Zero);
}

/// <summary>Who agreed to an order: on the chain, or by a key's signature that a match verified, which nobody can take back.</summary>
public sealed record Consent(Address Account, bool OnChain);

/// <summary>What the hub knows.</summary>
public sealed record HubState
{
    /// <summary>Of a hub that nobody has used.</summary>
    public static HubState Empty { get; } = new();

    /// <summary>The hub's owner, who may create categories, name the broker and set the gas of callbacks.</summary>
    public Address Owner { get; init; }

    /// <summary>Who authorizes enclaves in place of the schedulers; zero for nobody.</summary>
    public Address TeeBroker { get; init; }

    /// <summary>Gas of a callback.</summary>
    public UInt256 CallbackGas { get; init; }

    /// <summary>nRLC deposited and not withdrawn.</summary>
    public UInt256 TotalSupply { get; init; }

    /// <summary>Wei that lie in the hub, when it stakes the chain's coin.</summary>
    public UInt256 HeldWei { get; init; }

    /// <summary>The ledger.</summary>
    public ImmutableDictionary<Address, LedgerAccount> Accounts { get; init; } = ImmutableDictionary<Address, LedgerAccount>.Empty;

    /// <summary>Free nRLC that a spender may take from an owner.</summary>
    public ImmutableDictionary<(Address Owner, Address Spender), UInt256> Allowances { get; init; } =
        ImmutableDictionary<(Address Owner, Address Spender), UInt256>.Empty;

    /// <summary>Categories, numbered from 0.</summary>
    public ImmutableList<Category> Categories { get; init; } = [];

    /// <summary>Runs of an order already sold.</summary>
    public ImmutableDictionary<OrderHash, UInt256> Consumed { get; init; } = ImmutableDictionary<OrderHash, UInt256>.Empty;

    /// <summary>Whose consent to an order needs no signature any more.</summary>
    public ImmutableDictionary<OrderHash, Consent> Consents { get; init; } = ImmutableDictionary<OrderHash, Consent>.Empty;

    /// <summary>Deals; none ever changes.</summary>
    public ImmutableDictionary<DealId, Deal> Deals { get; init; } = ImmutableDictionary<DealId, Deal>.Empty;

    /// <summary>First index and number of tasks of deals that somebody made larger than 64 bits; in their <see cref="Deals"/> entry both are cut.</summary>
    public ImmutableDictionary<DealId, (UInt256 First, UInt256 Size)> WideRanges { get; init; } =
        ImmutableDictionary<DealId, (UInt256 First, UInt256 Size)>.Empty;

    /// <summary>Tasks that were initialized.</summary>
    public ImmutableDictionary<TaskId, TaskState> Tasks { get; init; } = ImmutableDictionary<TaskId, TaskState>.Empty;

    /// <summary>Deals without replication.</summary>
    public ImmutableDictionary<DealId, BoostDeal> BoostDeals { get; init; } = ImmutableDictionary<DealId, BoostDeal>.Empty;

    /// <summary>How tasks of such deals ended.</summary>
    public ImmutableDictionary<TaskId, ChainTaskStatus> BoostTasks { get; init; } = ImmutableDictionary<TaskId, ChainTaskStatus>.Empty;

    /// <summary>A worker's reputation in the tasks of one pool.</summary>
    public ImmutableDictionary<(Address Workerpool, Address Worker), UInt256> PoolScores { get; init; } =
        ImmutableDictionary<(Address Workerpool, Address Worker), UInt256>.Empty;

    /// <summary>Workers whose score of the previous hub was carried over.</summary>
    public ImmutableHashSet<Address> ImportedScores { get; init; } = [];

    /// <summary>An account of the ledger; empty when it never appeared.</summary>
    public LedgerAccount AccountOf(Address account) => Accounts.GetValueOrDefault(account, LedgerAccount.Empty);

    /// <summary>First index and number of tasks of a deal.</summary>
    public (UInt256 First, UInt256 Size) RangeOf(Deal deal) => WideRanges.GetValueOrDefault(deal.Id, (deal.BotFirst, deal.BotSize));

    /// <summary>The ledger with one account changed.</summary>
    public HubState WithAccount(Address account, Func<LedgerAccount, LedgerAccount> change) =>
        this with { Accounts = Accounts.SetItem(account, change(AccountOf(account))) };
}
