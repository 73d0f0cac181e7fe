using System.Globalization;
using Iexec.Poco.Rules;
using Iexec.Sdk.Wire.Scheduler;
using static Iexec.Sdk.Wire.Scheduler.ScheduledTaskStatus;

namespace Iexec.Scheduler.Tasks;

/// <summary>Answers "why does nothing happen": who acts next, until when, what then, and why. No waiting state is mute.</summary>
internal static class TaskWaits
{
    /// <summary>Null when the task is settled.</summary>
    public static TaskWait? Describe(ScheduledTask task, PoolView pool, Moment now)
    {
        if (task.IsSettled)
        {
            return null;
        }

        if (task.IsOver)
        {
            return new TaskWait(
                pool.ClaimsAutomatically ? "scheduler" : "requester", At(task.FinalDeadline), "claim after the final deadline", task.Reason ?? "The task has failed.");
        }

        return task.Status switch
        {
            Received or Initializing => new TaskWait("scheduler", At(task.ContributionDeadline), "initialize", task.Reason ?? "The transaction that opens the task is under way."),
            Initialized or Running => WaitForWorkers(task, pool, now),
            ConsensusReached => new TaskWait(
                "workers", At(task.RevealDeadline), "reveal", Count(task.RevealCounter, task.WinnerCounter) + " winners have revealed."),
            Reopening => new TaskWait(
                "scheduler", At(task.ContributionDeadline), "reopen; other workers are asked then", task.Reason ?? "Nobody revealed before the reveal deadline."),
            AtLeastOneRevealed or ResultUploading => new TaskWait(
                task.Upload is null ? "scheduler" : "worker " + task.Upload.Worker,
                task.Upload is null ? At(task.FinalDeadline) : task.Upload.At + pool.UploadTimeout,
                task.Upload is null ? "ask a worker to upload" : "upload; after the time-out another worker is asked",
                task.Reason ?? "The result is not in the storage yet."),
            ResultUploaded => new TaskWait(
                "workers", At(task.RevealDeadline), "reveal; after the reveal deadline the task is finalized without them", Count(task.RevealCounter, task.WinnerCounter) + " winners have revealed."),
            _ => new TaskWait("scheduler", At(task.FinalDeadline), "finalize", task.Reason ?? "The transaction that closes the task is under way."),
        };
    }

    private static TaskWait WaitForWorkers(ScheduledTask task, PoolView pool, Moment now)
    {
        var deadline = At(task.ContributionDeadline);
        if (!Placement.NeedsMore(task, now))
        {
            return new TaskWait("workers", deadline, "compute and contribute", task.Status == Running ? "Workers are at it." : "A worker was given the task.");
        }

        var able = pool.LiveWorkers.Where(worker => Placement.CanServe(task, worker)).ToList();
        if (able.Count == 0)
        {
            return new TaskWait("pool", deadline, "bring up a worker", pool.LiveWorkers.Count == 0 ? "No worker is there." : "No worker that is there has what the tag asks for.");
        }

        var reachable = Replication.HighestTrust([.. able.Select(static worker => worker.Score)]);
        if (!pool.HasGas)
        {
            return new TaskWait("pool", deadline, "send ether to the wallet of the pool's owner", "The wallet of the pool's owner cannot pay for the transactions that close a task.");
        }

        if (able.All(worker => Placement.FindObstacle(task, worker, pool, now) is Obstacle.StakeTooLow or Obstacle.HadItAlready)
            && able.Any(worker => Placement.FindObstacle(task, worker, pool, now) == Obstacle.StakeTooLow))
        {
            return new TaskWait("workers", deadline, "deposit stake", $"The workers that could take it have less than the {task.Terms.WorkerStake} nRLC that the deal demands of each.");
        }

        return task.Terms.Trust > reachable
            ? new TaskWait(
                "pool", deadline, "bring up more workers", $"Trust {task.Terms.Trust} cannot be reached by {able.Count} live workers, which reach {reachable} together.")
            : new TaskWait("scheduler", deadline, "give the task to a free worker", able.All(worker => task.Find(worker.Address) is not null)
                ? "Every worker that is there has the task or had it."
                : "All workers are busy.");
    }

    private static DateTimeOffset? At(ulong seconds) =>
        seconds is 0 or > 253402300799 ? null : DateTimeOffset.FromUnixTimeSeconds((long)seconds);

    private static string Count(ulong some, ulong all) => string.Create(CultureInfo.InvariantCulture, $"{some} of {all}");
}
