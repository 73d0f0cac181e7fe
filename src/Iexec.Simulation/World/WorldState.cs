using System.Collections.Immutable;
using Iexec.Ethereum;
using Iexec.Simulation.Hub;
using Iexec.Simulation.Registries;
using Iexec.Simulation.Token;

namespace Iexec.Simulation.World;

/// <summary>Everything that the contracts of a simulated chain know at one moment. Immutable, so that a snapshot costs nothing.</summary>
public sealed record WorldState
{
    /// <summary>The hub: ledger, orders, deals, tasks, reputation, settings.</summary>
    public HubState Hub { get; init; } = HubState.Empty;

    /// <summary>The RLC outside the hub.</summary>
    public TokenState Token { get; init; } = TokenState.Empty;

    /// <summary>The three registries, and earlier ones, by address.</summary>
    public ImmutableDictionary<Address, RegistryState> Registries { get; init; } = ImmutableDictionary<Address, RegistryState>.Empty;

    /// <summary>Code by address. An address that is not here is an account with a key.</summary>
    public ImmutableDictionary<Address, ISimulatedContract> Contracts { get; init; } = ImmutableDictionary<Address, ISimulatedContract>.Empty;

    /// <summary>What contracts of strangers keep, by contract and key.</summary>
    public ImmutableDictionary<(Address Contract, Bytes32 Key), Bytes32> Storage { get; init; } =
        ImmutableDictionary<(Address Contract, Bytes32 Key), Bytes32>.Empty;
}
