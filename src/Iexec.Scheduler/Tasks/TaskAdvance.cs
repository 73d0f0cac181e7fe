using Iexec.Poco.Orders;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Sdk.Wire.Scheduler;
using static Iexec.Sdk.Wire.Scheduler.ScheduledTaskStatus;

namespace Iexec.Scheduler.Tasks;

/// <summary>Draws the conclusions from all that is known of a task: its status, what to ask of whom, which transaction to send.</summary>
internal static class TaskAdvance
{
    public static Decision Run(ScheduledTask task, PoolView pool, Moment now)
    {
        var effects = new List<TaskEffect>();
        task = ExpireLeases(task, pool, now);
        task = task.ChainStatus switch
        {
            ChainTaskStatus.Completed => Complete(task, now),
            ChainTaskStatus.Failed => Fail(task, now, task.Reason ?? "Claimed: everybody was refunded."),
            _ when now.ChainSeconds >= task.FinalDeadline => Expire(task, pool, now, effects),
            ChainTaskStatus.Unset => Open(task, now, effects),
            ChainTaskStatus.Active => Work(task, pool, now),
            _ => TaskReveal.Run(task, pool, now, effects),
        };
        return new Decision(Notify(task, now, effects), effects);
    }

    /// <summary>Ends the task locally; replicates are told to stop by the messages that follow.</summary>
    public static ScheduledTask Fail(ScheduledTask task, Moment now, string reason, ScheduledTaskStatus? through = null)
    {
        if (task.Status == Failed)
        {
            return task;
        }

        if (through is { } passed && task.Status != passed)
        {
            task = task.To(passed, now);
        }

        return task.To(Failed, now, reason);
    }

    private static ScheduledTask ExpireLeases(ScheduledTask task, PoolView pool, Moment now)
    {
        foreach (var replicate in task.Replicates)
        {
            if (replicate.Status == ReplicateStatus.Created && !replicate.HasContributed && replicate.GivenAt + pool.Lease <= now.Clock)
            {
                task = task.With(replicate.To(ReplicateStatus.WorkerLost, now.Clock, Causes.LeaseExpired));
            }
        }

        return task;
    }

    private static ScheduledTask Complete(ScheduledTask task, Moment now)
    {
        if (task.Status == Completed)
        {
            return task;
        }

        return (task.Status == Finalized ? task : task.To(Finalized, now)).To(Completed, now);
    }

    private static ScheduledTask Expire(ScheduledTask task, PoolView pool, Moment now, List<TaskEffect> effects)
    {
        task = Fail(task, now, Overdue(task), FinalDeadlineReached);
        if (pool.ClaimsAutomatically && task.Claim.NotBefore <= now.Clock)
        {
            effects.Add(new TaskEffect.Claim(task.Claim.Refused, task.ChainStatus != ChainTaskStatus.Unset));
        }

        return task;
    }

    private static string Overdue(ScheduledTask task) => task.Status switch
    {
        Received or Initializing => "The final deadline passed before the task was opened.",
        Initialized or Running => "The final deadline passed without consensus.",
        ConsensusReached or Reopening => "The final deadline passed and nobody had revealed.",
        AtLeastOneRevealed or ResultUploading => "The final deadline passed and nobody had uploaded the result.",
        _ => "The final deadline passed before the task was finalized." + (task.Reason is null ? "" : " " + task.Reason),
    };

    private static ScheduledTask Open(ScheduledTask task, Moment now, List<TaskEffect> effects)
    {
        if (task.IsOver)
        {
            return task;
        }

        if (now.ChainSeconds >= task.ContributionDeadline)
        {
            return Fail(task with { AbortCause = TaskAbortCause.ContributionTimeout }, now, "The contribution deadline passed before the task was opened.", ContributionTimeout);
        }

        if (task.Terms.Tag().Has(Tag.TeeBit))
        {
            return Fail(task, now, "The task wants trusted execution, for which this pool has no secret service.", InitializeFailed);
        }

        if (task.Status != Initializing)
        {
            task = task.To(Initializing, now, task.Reason);
        }

        if (task.Initialization.NotBefore <= now.Clock)
        {
            effects.Add(new TaskEffect.Initialize(task.Initialization.Refused));
        }

        return task;
    }

    private static ScheduledTask Work(ScheduledTask task, PoolView pool, Moment now)
    {
        if (task.Status == Failed)
        {
            return task;
        }

        if (task.Status is not (Initialized or Running))
        {
            task = task.To(Initialized, now);
        }

        if (now.ChainSeconds >= task.ContributionDeadline)
        {
            return Fail(
                task with { AbortCause = TaskAbortCause.ContributionTimeout }, now, "No consensus before the contribution deadline." + LastFailure(task), ContributionTimeout);
        }

        if (task.Status == Initialized && task.Replicates.Any(HasStarted))
        {
            task = task.To(Running, now);
        }

        return Placement.IsHopeless(task, pool)
            ? Fail(task, now, "Every worker that could be asked has failed." + LastFailure(task), RunningFailed)
            : task;
    }

    private static bool HasStarted(Replicate replicate) =>
        replicate.HasContributed || replicate.Effective is not (ReplicateStatus.Created or ReplicateStatus.Starting or ReplicateStatus.StartFailed or ReplicateStatus.Recovering);

    private static string LastFailure(ScheduledTask task)
    {
        var failed = task.Replicates.LastOrDefault(static replicate => replicate.HasFailed);
        if (failed is null)
        {
            return "";
        }

        var told = failed.History.LastOrDefault(change => change.Cause is not null)?.Cause?.Name ?? failed.Status.ToString();
        var exit = failed.ExitCode is { } code ? $" with exit code {code}" : "";
        return $" Last: {told}{exit}{(failed.ErrorMessage is null ? "" : ": " + failed.ErrorMessage.TrimEnd('.'))}.";
    }

    private static ScheduledTask Notify(ScheduledTask task, Moment now, List<TaskEffect> effects)
    {
        foreach (var replicate in task.Replicates)
        {
            var order = NextAction.For(task, replicate, now);
            var isMoot = ReplicateStatuses.IsEnd(replicate.Status) || replicate.Asked == order.Type
                || (order.Type == TaskNotificationType.PleaseAbort && replicate.HasFailed && !replicate.HasContributed);
            if (!order.IsPushed || isMoot)
            {
                continue;
            }

            effects.Add(new TaskEffect.Notify(replicate.Worker, order));
            task = task.With(replicate with { Asked = order.Type });
        }

        return task;
    }
}

/// <summary>Causes that the scheduler itself gives.</summary>
internal static class Causes
{
    public static ReplicateCause LeaseExpired { get; } = Of("LEASE_EXPIRED");

    public static ReplicateCause UploadTimeout { get; } = Of("RESULT_UPLOAD_TIMEOUT");

    private static ReplicateCause Of(string name) => ReplicateCause.TryParse(name, out var cause) ? cause : throw new ArgumentException(name);
}
