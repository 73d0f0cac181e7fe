using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Registries;

/// <summary>Who owns an asset, as the hub and other registries ask.</summary>
internal static class EntryOwners
{
    private static readonly byte[] OwnerCall = new AbiSignature("owner()").Selector.ToArray();
    private static readonly byte[] StakeRatioCall = new AbiSignature("m_workerStakeRatioPolicy()").Selector.ToArray();
    private static readonly byte[] RewardRatioCall = new AbiSignature("m_schedulerRewardRatioPolicy()").Selector.ToArray();
    private static readonly AbiSignature IsRegisteredFunction = new("isRegistered(address)");

    /// <summary>What the asset says of itself.</summary>
    /// <exception cref="Refusal">It is no asset.</exception>
    public static Address OwnerOf(this Execution execution, Address asset) => execution.Ask(asset, OwnerCall).Address();

    /// <summary>Owner of an asset that the registry, or one before it, knows; null for another.</summary>
    public static Address? RegisteredOwner(this Execution execution, Address registry, Address asset)
    {
        var state = execution.State.Registries[registry];
        return state.Owners.TryGetValue(asset, out var owner) ? owner
            : execution.IsRegisteredBefore(state, asset) ? execution.OwnerOf(asset)
            : null;
    }

    /// <summary>Whether a registry, or one before it, knows the asset.</summary>
    public static bool IsRegistered(this Execution execution, Address registry, Address asset)
    {
        var state = execution.State.Registries[registry];
        return state.Owners.ContainsKey(asset) || execution.IsRegisteredBefore(state, asset);
    }

    /// <summary>What a workerpool says of its policy.</summary>
    public static PoolPolicy PolicyOf(this Execution execution, Address workerpool) =>
        new(execution.Ask(workerpool, StakeRatioCall).Uint(), execution.Ask(workerpool, RewardRatioCall).Uint());

    /// <summary>Reads a view of another contract.</summary>
    /// <exception cref="Refusal">It reverts.</exception>
    public static AbiReader Ask(this Execution execution, Address contract, byte[] call) =>
        new(execution.StaticCall(new Message(execution.Settings.Hub, contract, call)));

    /// <summary>Changes the state of a registry.</summary>
    public static void ChangeRegistry(this Execution execution, Address registry, Func<RegistryState, RegistryState> change) =>
        execution.State = execution.State with
        {
            Registries = execution.State.Registries.SetItem(registry, change(execution.State.Registries[registry])),
        };

    private static bool IsRegisteredBefore(this Execution execution, RegistryState state, Address asset) =>
        !state.Previous.IsZero && execution.Ask(state.Previous, new AbiWriter().Address(asset).ToCallData(IsRegisteredFunction.Selector)).Bool();
}
