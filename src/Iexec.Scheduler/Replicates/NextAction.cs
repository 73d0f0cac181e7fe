using Iexec.Poco.Tasks;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using static Iexec.Sdk.Wire.Scheduler.TaskNotificationType;

namespace Iexec.Scheduler.Replicates;

/// <summary>An order to a worker and why.</summary>
internal readonly record struct Order(TaskNotificationType Type, TaskAbortCause? AbortCause = null, ulong? BlockNumber = null)
{
    /// <summary>True for what is pushed to a worker that does not ask; the rest is the answer to its own reports.</summary>
    public bool IsPushed => Type is PleaseAbort or PleaseReveal or PleaseUpload or PleaseComplete;
}

/// <summary>What a worker should do now about a task: a function of what is known, the same for answers, messages and recovery.</summary>
internal static class NextAction
{
    /// <summary>The order that follows from chain and status.</summary>
    public static Order For(ScheduledTask task, Replicate replicate, Moment now)
    {
        if (task.ChainStatus == ChainTaskStatus.Completed)
        {
            return AfterEnd(replicate);
        }

        // The chain decides whose work still counts, before what the worker says of itself.
        if (task.ChainStatus == ChainTaskStatus.Failed || task.Status is ScheduledTaskStatus.Failed)
        {
            return new Order(PleaseAbort, task.AbortCause);
        }

        return task.ChainStatus == ChainTaskStatus.Revealing ? WhileRevealing(task, replicate, now) : WhileActive(replicate);
    }

    /// <summary>
    /// The order to a worker that has restarted: nothing is under way there any more, so nothing is to be continued. What was computed
    /// is contributed (the worker computes again if it is gone), what was not is started anew.
    /// </summary>
    public static Order ForRecovery(ScheduledTask task, Replicate replicate, Moment now)
    {
        var reached = replicate is { Status: ReplicateStatus.Recovering, BeforeLost: { } before } ? before : replicate.Effective;
        var still = replicate with { Status = ReplicateStatuses.BeforeAct(reached), BeforeLost = null };
        var order = For(task, still, now);
        return order.Type is PleaseContinue or PleaseDownloadApp or PleaseDownloadData or PleaseCompute ? new Order(PleaseStart) : order;
    }

    private static Order AfterEnd(Replicate replicate) =>
        !replicate.HasContributed ? new Order(PleaseAbort, TaskAbortCause.ConsensusReached)
        : ReplicateStatuses.IsEnd(replicate.Status) ? new Order(PleaseWait)
        : replicate.Status == ReplicateStatus.Completing ? new Order(PleaseContinue)
        : new Order(PleaseComplete);

    private static Order WhileRevealing(ScheduledTask task, Replicate replicate, Moment now)
    {
        if (replicate.OnChain == ContributionStatus.Proved)
        {
            return task.Upload?.Worker != replicate.Worker ? new Order(PleaseWait)
                : replicate.Status == ReplicateStatus.ResultUploading ? new Order(PleaseContinue)
                : new Order(PleaseUpload);
        }

        if (replicate.OnChain != ContributionStatus.Contributed || replicate.ResultHash != task.Consensus || now.ChainSeconds >= task.RevealDeadline)
        {
            return new Order(PleaseAbort, TaskAbortCause.ConsensusReached);
        }

        return replicate.Status == ReplicateStatus.Revealing ? new Order(PleaseContinue) : new Order(PleaseReveal, BlockNumber: task.ConsensusBlock);
    }

    private static Order WhileActive(Replicate replicate) =>
        replicate.HasContributed ? new Order(PleaseWait)
        : ReplicateStatuses.ContributesAnyway(replicate.Status, replicate.Cause) ? new Order(PleaseContribute)
        : replicate.HasFailed ? new Order(PleaseAbort, TaskAbortCause.Unknown)
        : new Order(replicate.Effective switch
        {
            ReplicateStatus.Created or ReplicateStatus.Recovering => PleaseStart,
            ReplicateStatus.Started => PleaseDownloadApp,
            ReplicateStatus.AppDownloaded => PleaseDownloadData,
            ReplicateStatus.DataDownloaded => PleaseCompute,
            ReplicateStatus.Computed => PleaseContribute,
            _ => PleaseContinue,
        });
}
