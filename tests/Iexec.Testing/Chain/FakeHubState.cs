using System.Collections.Immutable;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Registries;
using Iexec.Poco.Tasks;

namespace Iexec.Testing.Chain;

/// <summary>Everything that the contracts of a <see cref="FakeHub"/> know at one block. Immutable, so that a reorganisation is a step back.</summary>
public sealed record FakeHubState
{
    public static FakeHubState Empty { get; } = new();

    public ImmutableDictionary<Address, Account> Accounts { get; init; } = ImmutableDictionary<Address, Account>.Empty;

    public ImmutableDictionary<OrderHash, UInt256> Consumed { get; init; } = ImmutableDictionary<OrderHash, UInt256>.Empty;

    public ImmutableDictionary<DealId, Deal> Deals { get; init; } = ImmutableDictionary<DealId, Deal>.Empty;

    public ImmutableDictionary<TaskId, ChainTask> Tasks { get; init; } = ImmutableDictionary<TaskId, ChainTask>.Empty;

    public ImmutableDictionary<(TaskId Task, Address Worker), Contribution> Contributions { get; init; } =
        ImmutableDictionary<(TaskId Task, Address Worker), Contribution>.Empty;

    public ImmutableDictionary<Address, UInt256> Scores { get; init; } = ImmutableDictionary<Address, UInt256>.Empty;

    public ImmutableList<Category> Categories { get; init; } = [];

    public ImmutableDictionary<Address, App> Apps { get; init; } = ImmutableDictionary<Address, App>.Empty;

    public ImmutableDictionary<Address, Dataset> Datasets { get; init; } = ImmutableDictionary<Address, Dataset>.Empty;

    public ImmutableDictionary<Address, Workerpool> Workerpools { get; init; } = ImmutableDictionary<Address, Workerpool>.Empty;

    public ImmutableDictionary<Address, UInt256> TokenBalances { get; init; } = ImmutableDictionary<Address, UInt256>.Empty;

    /// <summary>Members of group contracts (ERC-734 purpose 4).</summary>
    public ImmutableHashSet<(Address Group, Address Member)> Groups { get; init; } = [];

    /// <summary>Digests that an account presigned, or that its contract accepts with any signature.</summary>
    public ImmutableHashSet<(Address Account, Bytes32 Digest)> Presigned { get; init; } = [];

    public Account AccountOf(Address address) => Accounts.GetValueOrDefault(address, new Account(UInt256.Zero, UInt256.Zero));

    public FakeHubState WithAccount(Address address, Account account) => this with { Accounts = Accounts.SetItem(address, account) };

    public Address? OwnerOf(AssetKind kind, Address asset) => kind switch
    {
        AssetKind.App => Apps.GetValueOrDefault(asset)?.Owner,
        AssetKind.Dataset => Datasets.GetValueOrDefault(asset)?.Owner,
        _ => Workerpools.GetValueOrDefault(asset)?.Owner,
    };

    public IReadOnlyList<Address> AssetsOf(AssetKind kind, Address owner) => kind switch
    {
        AssetKind.App => [.. Apps.Values.Where(app => app.Owner == owner).Select(app => app.Address).Order()],
        AssetKind.Dataset => [.. Datasets.Values.Where(dataset => dataset.Owner == owner).Select(dataset => dataset.Address).Order()],
        _ => [.. Workerpools.Values.Where(pool => pool.Owner == owner).Select(pool => pool.Address).Order()],
    };
}
