using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The end of a task that has no result.</summary>
internal static class Claims
{
    /// <summary>
    /// <c>claim</c>, by anybody after the final deadline: sponsor and workers get theirs back, the scheduler's stake goes to the kitty. Transfer, Unlock (sponsor),
    /// Seize (scheduler), Reward, Lock (kitty), Transfer, Unlock (each worker), TaskClaimed. Unless the hub is strict, who was rejected by a reopening loses its stake
    /// to the kitty instead: Seize, FaultyContribution, Reward, Lock (kitty).
    /// </summary>
    public static void Claim(this Execution execution, TaskId id)
    {
        var (task, deal) = execution.TaskAndDeal(id);
        Refusal.Unless(task.Status is ChainTaskStatus.Active or ChainTaskStatus.Revealing);
        Refusal.Unless(execution.Timestamp >= execution.DeadlinesOf(deal).Final);
        execution.SetTask(task with { Status = ChainTaskStatus.Failed });
        var (refund, seized) = Rewards.Claim(deal);
        execution.Unlock(deal.Sponsor, refund);
        execution.Seize(deal.Workerpool.Owner, seized, id);
        execution.FeedKitty(seized, id);
        foreach (var worker in task.Contributors)
        {
            if (!execution.Settings.Strict && task.ContributionOf(worker).Status == ContributionStatus.Rejected)
            {
                execution.Seize(worker, deal.WorkerStake, id);
                execution.Blame(deal, worker, id);
                execution.FeedKitty(deal.WorkerStake, id);
            }
            else
            {
                execution.Unlock(worker, deal.WorkerStake);
            }
        }

        execution.LogTaskClaimed(id);
    }

    /// <summary>What was seized becomes the kitty's, frozen. Reward, Lock.</summary>
    public static void FeedKitty(this Execution execution, UInt256 amount, TaskId id)
    {
        execution.ChangeAccount(Rewards.KittyAddress, kitty => kitty with { Frozen = kitty.Frozen + amount });
        execution.LogReward(Rewards.KittyAddress, amount, id);
        execution.LogLock(Rewards.KittyAddress, amount);
    }
}
