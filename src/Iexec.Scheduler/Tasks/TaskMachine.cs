using Iexec.Ethereum;
using Iexec.Poco.Rules;
using Iexec.Scheduler.Replicates;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Tasks;

/// <summary>
/// The task machine: (task, event, now) → (task, effects), without I/O. An event only records a fact; <see cref="TaskAdvance"/> then draws every
/// conclusion from all facts, so that a lost or doubled event makes no difference.
/// </summary>
internal static class TaskMachine
{
    public static Decision Decide(ScheduledTask task, TaskEvent happened, PoolView pool, Moment now)
    {
        var recorded = happened switch
        {
            TaskEvent.ChainObserved observed => ChainSync.Apply(task, observed.Snapshot, now),
            TaskEvent.ChainRolledBack back => task with { ObservedBlock = Math.Min(task.ObservedBlock, back.AncestorBlock) },
            TaskEvent.TransactionRefused refused => Refused(task, refused, now),
            TaskEvent.WorkerSilent silent => Change(task, silent.Worker, replicate => Silence(replicate, now)),
            TaskEvent.WorkerBack back => Change(task, back.Worker, replicate => Return(replicate, now)),
            TaskEvent.WorkerRestarted restarted => Change(task, restarted.Worker, replicate => Restart(replicate, now)),
            _ => task,
        };
        return TaskAdvance.Run(recorded, pool, now);
    }

    /// <summary>A worker's report, judged and recorded; the answer says what to do now.</summary>
    public static (Decision Decision, StatusUpdateAnswer Answer) Report(
        ScheduledTask task, Address worker, ReplicateStatusUpdate update, PoolView pool, Moment now)
    {
        var report = ReplicateReport.Judge(task, worker, update, now);
        var decision = TaskAdvance.Run(report.Task, pool, now);
        var replicate = decision.Task.Find(worker);
        var next = replicate is null ? TaskNotificationType.PleaseAbort : NextAction.For(decision.Task, replicate, now).Type;
        return (decision, new StatusUpdateAnswer(report.Outcome, report.Answer ?? next));
    }

    /// <summary>Gives the task to a worker; null when it may not have it or is not needed.</summary>
    public static Decision? Assign(ScheduledTask task, LiveWorker worker, PoolView pool, Moment now)
    {
        if (!Placement.MayHave(task, worker, pool, now))
        {
            return null;
        }

        var replicate = (task.Find(worker.Address) ?? new Replicate { Worker = worker.Address, Weight = Reputation.Weight(worker.Score), Status = ReplicateStatus.Created })
            .To(ReplicateStatus.Created, now.Clock) with { GivenAt = now.Clock, Asked = null };
        return TaskAdvance.Run(task.With(replicate), pool, now);
    }

    private static ScheduledTask Change(ScheduledTask task, Address worker, Func<Replicate, Replicate> change) =>
        task.Find(worker) is { } replicate ? task.With(change(replicate)) : task;

    private static Replicate Silence(Replicate replicate, Moment now) =>
        replicate.Status is ReplicateStatus.WorkerLost || replicate.HasFailed || ReplicateStatuses.IsEnd(replicate.Status)
            ? replicate
            : replicate.To(ReplicateStatus.WorkerLost, now.Clock);

    private static Replicate Return(Replicate replicate, Moment now) =>
        // A replicate whose lease ran out never began: it can only be given again.
        replicate is { Status: ReplicateStatus.WorkerLost, BeforeLost: { } before } && before != ReplicateStatus.Created
            ? replicate.To(before, now.Clock)
            : replicate;

    private static Replicate Restart(Replicate replicate, Moment now) =>
        replicate.HasFailed || ReplicateStatuses.IsEnd(replicate.Status) || replicate.HasContributed || replicate.Status == ReplicateStatus.Recovering
            ? Return(replicate, now)
            : replicate.To(ReplicateStatus.Recovering, now.Clock) with { GivenAt = now.Clock, BeforeLost = replicate.Effective };

    private static ScheduledTask Refused(ScheduledTask task, TaskEvent.TransactionRefused refused, Moment now)
    {
        var reason = $"{refused.Kind} was refused: {refused.Reason}";
        return refused.Kind switch
        {
            TransactionKind.Initialize => task with { Initialization = Again(task.Initialization, now), Reason = reason },
            TransactionKind.Reopen => task with { Reopening = Again(task.Reopening, now), Reason = reason },
            TransactionKind.Finalize => task with { Finalization = Again(task.Finalization, now), Reason = reason },
            _ => task with { Claim = Again(task.Claim, now) },
        };
    }

    /// <summary>2, 4, 8 … at most 300 seconds: a node that was behind soon catches up, and a cause that stays costs little.</summary>
    private static Attempts Again(Attempts attempts, Moment now) =>
        new(attempts.Refused + 1, now.Clock.AddSeconds(Math.Min(300, Math.Pow(2, Math.Min(attempts.Refused + 1, 10)))));
}
