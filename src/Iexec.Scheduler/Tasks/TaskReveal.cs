using Iexec.Scheduler.Replicates;
using Iexec.Sdk.Wire.Scheduler;
using static Iexec.Sdk.Wire.Scheduler.ScheduledTaskStatus;

namespace Iexec.Scheduler.Tasks;

/// <summary>From the consensus to the finalization.</summary>
internal static class TaskReveal
{
    public static ScheduledTask Run(ScheduledTask task, PoolView pool, Moment now, List<TaskEffect> effects)
    {
        if (now.ChainSeconds >= task.RevealDeadline && task.RevealCounter == 0)
        {
            return Reopen(task, now, effects);
        }

        // A contribution that was mined in the last moment beats a time-out that was noticed too early: the chain wins.
        if (task.Status is not (ConsensusReached or AtLeastOneRevealed or ResultUploading or ResultUploaded or Finalizing))
        {
            task = (task with { AbortCause = TaskAbortCause.Unknown }).To(ConsensusReached, now);
        }

        if (task.RevealCounter == 0)
        {
            return task;
        }

        if (task.Status == ConsensusReached)
        {
            task = task.To(AtLeastOneRevealed, now);
        }

        return task.ResultLink is null ? AskForUpload(task, pool, now) : Finish(task, now, effects);
    }

    /// <summary>True when the contracts would accept a finalization: all winners have revealed, or no more can.</summary>
    public static bool CanFinalize(ScheduledTask task, Moment now) =>
        task.RevealCounter > 0 && (task.RevealCounter == task.WinnerCounter || now.ChainSeconds >= task.RevealDeadline);

    /// <summary>Other workers get a chance as long as the chain takes contributions; the winners that kept silent are out, and lose their stakes if it succeeds.</summary>
    private static ScheduledTask Reopen(ScheduledTask task, Moment now, List<TaskEffect> effects)
    {
        if (task.Status == Failed)
        {
            return task;
        }

        if (now.ChainSeconds >= task.ContributionDeadline)
        {
            return TaskAdvance.Fail(
                task, now, "Nobody revealed before the reveal deadline, and it is too late for other workers; the stakes come back with a claim after the final deadline.", ReopenFailed);
        }

        if (task.Status != Reopening)
        {
            task = task.To(Reopening, now, "Nobody revealed before the reveal deadline: the task is opened again for other workers.");
        }

        if (task.Reopening.NotBefore <= now.Clock)
        {
            effects.Add(new TaskEffect.Reopen(task.Reopening.Refused));
        }

        return task;
    }

    private static ScheduledTask Finish(ScheduledTask task, Moment now, List<TaskEffect> effects)
    {
        if (task.Status is AtLeastOneRevealed or ResultUploading)
        {
            task = (task with { Upload = null }).To(ResultUploaded, now);
        }

        if (!CanFinalize(task, now))
        {
            return task;
        }

        if (task.Status != Finalizing)
        {
            task = task.To(Finalizing, now, task.Reason);
        }

        if (task.Finalization.NotBefore <= now.Clock)
        {
            effects.Add(new TaskEffect.Finalize(task.Finalization.Refused, task.ResultLink!, task.CallbackData));
        }

        return task;
    }

    private static ScheduledTask AskForUpload(ScheduledTask task, PoolView pool, Moment now)
    {
        if (task.Upload is { } asked)
        {
            var uploader = task.Find(asked.Worker)!;
            var isAtIt = uploader.Status is ReplicateStatus.ResultUploadRequested or ReplicateStatus.ResultUploading;
            if (isAtIt && asked.At + pool.UploadTimeout > now.Clock)
            {
                return task;
            }

            if (isAtIt)
            {
                task = task.With(uploader.To(ReplicateStatus.ResultUploadFailed, now.Clock, Causes.UploadTimeout) with { Asked = null });
            }

            task = task with { Upload = null };
        }

        if (ChooseUploader(task, pool, now) is not { } chosen)
        {
            return task with { Reason = "No worker that has revealed is there to upload the result." };
        }

        task = task
            .With(chosen.To(ReplicateStatus.ResultUploadRequested, now.Clock) with { UploadAttempts = chosen.UploadAttempts + 1, Asked = null })
            with { Upload = new UploadRequest(chosen.Worker, now.Clock), Reason = null };
        return task.Status == ResultUploading ? task : task.To(ResultUploading, now);
    }

    /// <summary>A live worker that has revealed: who has tried least; after everybody has tried, each again no sooner than a time-out later.</summary>
    private static Replicate? ChooseUploader(ScheduledTask task, PoolView pool, Moment now) => task.Replicates
        .Where(static replicate => replicate.OnChain == Poco.Tasks.ContributionStatus.Proved && !ReplicateStatuses.IsEnd(replicate.Status))
        .Where(replicate => pool.LiveWorkers.Any(worker => worker.Address == replicate.Worker))
        .Where(replicate => replicate.UploadAttempts == 0 || replicate.History[^1].Date.AddSeconds(10) <= now.Clock)
        .OrderBy(static replicate => replicate.UploadAttempts)
        .ThenBy(static replicate => replicate.Worker)
        .FirstOrDefault();
}
