using Iexec.Ethereum;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Registries;

/// <summary>What the registry of workerpools knows of their policies. Ratios in percent.</summary>
internal static class PolicyFunctions
{
    public static FunctionTable Table => new()
    {
        ["policyOf(address)"] = (execution, message, arguments, results) =>
        {
            var policy = Of(execution, message.Target, arguments.Address());
            results.Uint(policy.WorkerStakeRatio).Uint(policy.SchedulerRewardRatio);
        },
        ["entryTerms(address)"] = (execution, message, arguments, results) =>
        {
            var workerpool = arguments.Address();
            var owner = execution.RegisteredOwner(message.Target, workerpool);
            var policy = owner is null ? new PoolPolicy(0, 0) : execution.PolicyOf(workerpool);
            results.Address(owner ?? Address.Zero).Uint(policy.WorkerStakeRatio).Uint(policy.SchedulerRewardRatio);
        },
        ["setPolicy(uint256,uint256)"] = (execution, message, arguments, results) =>
        {
            var before = Set(execution, message.Target, message.Sender, new PoolPolicy(arguments.Uint(), arguments.Uint()));
            results.Uint(before.WorkerStakeRatio).Uint(before.SchedulerRewardRatio);
        },
    };

    /// <summary>Policy of a workerpool created there; the default for anything else.</summary>
    public static PoolPolicy Of(Execution execution, Address registry, Address workerpool) =>
        execution.State.Registries[registry].Policies.GetValueOrDefault(workerpool, PoolPolicy.Default);

    /// <summary>Sets the policy of a workerpool, which is the caller; returns the one before.</summary>
    public static PoolPolicy Set(Execution execution, Address registry, Address workerpool, PoolPolicy policy)
    {
        Refusal.Unless(execution.State.Registries[registry].Owners.ContainsKey(workerpool) && policy.SchedulerRewardRatio <= 100);
        var before = Of(execution, registry, workerpool);
        execution.ChangeRegistry(registry, state => state with { Policies = state.Policies.SetItem(workerpool, policy) });
        return before;
    }
}
