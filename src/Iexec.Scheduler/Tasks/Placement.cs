using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Tasks;

/// <summary>Why a task is not given to a worker.</summary>
internal enum Obstacle
{
    /// <summary>Not initialized, over, or past its contribution deadline.</summary>
    TaskNotOpen,

    /// <summary>The tag wants what the machine lacks.</summary>
    HardwareMissing,

    /// <summary>It has the task, or had it.</summary>
    HadItAlready,

    /// <summary>Those at work can make the consensus.</summary>
    EnoughAtWork,

    /// <summary>The wallet of the pool's owner cannot pay for closing it.</summary>
    PoolOutOfGas,

    /// <summary>The worker's account cannot lock what the deal demands.</summary>
    StakeTooLow,
}

/// <summary>Which worker may have which task, and whether another one is needed.</summary>
internal static class Placement
{
    /// <summary>True if the task can use this worker now.</summary>
    public static bool MayHave(ScheduledTask task, LiveWorker worker, PoolView pool, Moment now) => FindObstacle(task, worker, pool, now) is null;

    /// <summary>Why the task is not given to this worker now; null if it is.</summary>
    public static Obstacle? FindObstacle(ScheduledTask task, LiveWorker worker, PoolView pool, Moment now) => task switch
    {
        _ when task.ChainStatus != ChainTaskStatus.Active || task.Status is not (ScheduledTaskStatus.Initialized or ScheduledTaskStatus.Running)
            || now.ChainSeconds >= task.ContributionDeadline => Obstacle.TaskNotOpen,
        _ when !CanServe(task, worker) => Obstacle.HardwareMissing,
        _ when task.Find(worker.Address) is { } own && !IsUnstarted(own) => Obstacle.HadItAlready,
        _ when !NeedsMore(task, now) => Obstacle.EnoughAtWork,
        // What cannot be contributed, or not be closed, is better not begun.
        _ when !pool.HasGas => Obstacle.PoolOutOfGas,
        _ when worker.FreeStakeNrlc < task.Terms.WorkerStake => Obstacle.StakeTooLow,
        _ => null,
    };

    /// <summary>What a worker will lock for tasks that it has and has not contributed to, nRLC.</summary>
    public static UInt256 PromisedStake(IEnumerable<ScheduledTask> open, Address worker) => open
        .Where(task => task.Find(worker) is { HasContributed: false, HasFailed: false, Status: not ReplicateStatus.WorkerLost })
        .Aggregate(UInt256.Zero, static (sum, task) => sum + task.Terms.WorkerStake);

    /// <summary>Oldest promise first: tasks that run already, then the nearest deadline.</summary>
    public static IEnumerable<ScheduledTask> Candidates(IEnumerable<ScheduledTask> tasks, LiveWorker worker, PoolView pool, Moment now) => tasks
        .Where(task => MayHave(task, worker, pool, now))
        .OrderByDescending(static task => task.Status == ScheduledTaskStatus.Running)
        .ThenBy(static task => task.ContributionDeadline)
        .ThenBy(static task => task.Terms.Index);

    /// <summary>True unless the tag wants hardware that the worker lacks.</summary>
    public static bool CanServe(ScheduledTask task, LiveWorker worker)
    {
        var tag = task.Terms.Tag();
        return (!tag.Has(Tag.TeeBit) || (tag.Has(Tag.TdxBit) ? worker.Tdx : worker.Tee)) && (!tag.Has(Tag.GpuBit) || worker.Gpu);
    }

    /// <summary>True if those at work, should they all agree with the best group so far, still make no consensus.</summary>
    public static bool NeedsMore(ScheduledTask task, Moment now)
    {
        UInt256[] groups =
        [
            .. task.Replicates
                .Where(static replicate => replicate.HasContributed)
                .GroupBy(static replicate => replicate.ResultHash)
                .Select(static group => group.Aggregate(UInt256.One, static (product, replicate) => product * replicate.Weight)),
        ];
        UInt256[] pending = [.. task.Replicates.Where(replicate => IsPromising(task, replicate, now)).Select(static replicate => replicate.Weight)];
        return Replication.StillNeeded(task.Terms.Trust, groups, pending) > 0;
    }

    /// <summary>True when all have failed and nobody is left to ask, or too many have failed to go on asking.</summary>
    public static bool IsHopeless(ScheduledTask task, PoolView pool)
    {
        var failures = task.Replicates.Count(static replicate => replicate.HasFailed);
        if (failures == 0 || task.Replicates.Any(static replicate => !replicate.HasFailed))
        {
            return false;
        }

        return failures >= pool.MaximumFailures
            || !pool.LiveWorkers.Any(worker => CanServe(task, worker) && task.Find(worker.Address) is null);
    }

    private static bool IsUnstarted(Replicate replicate) => !replicate.HasContributed
        && replicate is { Status: ReplicateStatus.WorkerLost, BeforeLost: ReplicateStatus.Created };

    /// <summary>At work, and not for so long that it must be stuck.</summary>
    private static bool IsPromising(ScheduledTask task, Replicate replicate, Moment now) =>
        !replicate.HasContributed && !replicate.HasFailed && replicate.Status != ReplicateStatus.WorkerLost
        && replicate.GivenAt.AddSeconds(2 * (double)task.Terms.MaxExecutionSeconds) > now.Clock;
}
