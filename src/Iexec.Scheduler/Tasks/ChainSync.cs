using Iexec.Ethereum;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Tasks;

/// <summary>Takes over what the chain says, including that something is no longer so after a reorganisation.</summary>
internal static class ChainSync
{
    public static ScheduledTask Apply(ScheduledTask task, ChainSnapshot snapshot, Moment now)
    {
        // Reads run in parallel: an older one must not undo a newer.
        if (snapshot.BlockNumber < task.ObservedBlock)
        {
            return task;
        }

        var chain = snapshot.Task;
        var next = Rewind(task, snapshot, now) with
        {
            ChainStatus = chain.Status,
            ObservedBlock = snapshot.BlockNumber,
            RevealDeadline = chain.RevealDeadline,
            RevealCounter = chain.RevealCounter,
            WinnerCounter = chain.WinnerCounter,
            ResultDigest = chain.ResultDigest,
            Consensus = chain.Status is ChainTaskStatus.Revealing or ChainTaskStatus.Completed ? chain.ConsensusValue : null,
        };
        if (chain.Status != ChainTaskStatus.Unset)
        {
            // Deadlines are 0 until the task is initialized; ours are computed from the deal until then.
            next = next with { ContributionDeadline = chain.ContributionDeadline, FinalDeadline = chain.FinalDeadline };
        }

        if (next.ConsensusBlock == 0 && next.Consensus is not null)
        {
            next = next with { ConsensusBlock = snapshot.BlockNumber };
        }

        if (next.InitializationBlock == 0 && chain.Status != ChainTaskStatus.Unset)
        {
            next = next with { InitializationBlock = snapshot.BlockNumber };
        }

        if (chain.Status == ChainTaskStatus.Completed && chain.Results.Length > 0)
        {
            next = next with { ResultLink = System.Text.Encoding.UTF8.GetString(chain.Results) };
        }

        return Contributions(next, snapshot, now);
    }

    private static ScheduledTask Rewind(ScheduledTask task, ChainSnapshot snapshot, Moment now)
    {
        var status = snapshot.Task.Status;
        if (status >= task.ChainStatus)
        {
            return task;
        }

        var rewound = status switch
        {
            // A new attempt number makes a new intent: the outbox would hold the old one for done.
            ChainTaskStatus.Unset => task with { Initialization = new Attempts(task.Initialization.Refused + 1), InitializationBlock = 0 },
            _ => task,
        };
        rewound = rewound with
        {
            Finalization = task.ChainStatus == ChainTaskStatus.Completed ? new Attempts(task.Finalization.Refused + 1) : task.Finalization,
            Claim = task.ChainStatus == ChainTaskStatus.Failed ? new Attempts(task.Claim.Refused + 1) : task.Claim,
            ConsensusBlock = status < ChainTaskStatus.Revealing ? 0 : task.ConsensusBlock,
            Reopening = task.ChainStatus == ChainTaskStatus.Revealing ? new Attempts(task.Reopening.Refused + 1) : task.Reopening,
            Upload = status < ChainTaskStatus.Revealing ? null : task.Upload,
            AbortCause = TaskAbortCause.Unknown,
        };
        var back = status switch
        {
            ChainTaskStatus.Unset => ScheduledTaskStatus.Received,
            ChainTaskStatus.Active => ScheduledTaskStatus.Initialized,
            _ => ScheduledTaskStatus.ConsensusReached,
        };
        return IsReopened(task, snapshot)
            ? rewound.To(ScheduledTaskStatus.Reopened, now, "Nobody had revealed: the task is open again for other workers.")
            : rewound.To(back, now, "The chain was reorganised.");
    }

    /// <summary>A reopening rejects the silent winners; a reorganisation takes contributions back without a trace.</summary>
    private static bool IsReopened(ScheduledTask task, ChainSnapshot snapshot) =>
        task.ChainStatus == ChainTaskStatus.Revealing && snapshot.Task.Status == ChainTaskStatus.Active
        && snapshot.Contributions.Values.Any(static contribution => contribution.Status == ContributionStatus.Rejected);

    private static ScheduledTask Contributions(ScheduledTask task, ChainSnapshot snapshot, Moment now)
    {
        foreach (var (worker, contribution) in snapshot.Contributions)
        {
            if (task.Find(worker) is null && contribution.Status != ContributionStatus.Unset)
            {
                // Authorized by this pool before its store was lost: the chain remembers.
                task = task.With(new Replicate { Worker = worker, Weight = Reputation.Weight(UInt256.Zero), Status = ReplicateStatus.Created, GivenAt = now.Clock });
            }
        }

        foreach (var replicate in task.Replicates)
        {
            var contribution = snapshot.Contributions.GetValueOrDefault(replicate.Worker);
            var synced = Contribution(replicate, contribution, now);
            if (!ReferenceEquals(synced, replicate))
            {
                task = task.With(synced);
            }
        }

        return task;
    }

    private static Replicate Contribution(Replicate replicate, Contribution? contribution, Moment now)
    {
        var onChain = contribution?.Status ?? ContributionStatus.Unset;
        var reached = onChain switch
        {
            ContributionStatus.Contributed => ReplicateStatus.Contributed,
            ContributionStatus.Proved => ReplicateStatus.Revealed,
            _ => (ReplicateStatus?)null,
        };
        var isUndone = onChain < replicate.OnChain && onChain != ContributionStatus.Rejected;
        var synced = replicate with { OnChain = onChain, ResultHash = contribution?.ResultHash };
        if (onChain == ContributionStatus.Rejected && replicate.OnChain != ContributionStatus.Rejected)
        {
            return synced.HasFailed ? synced : synced.To(ReplicateStatus.RevealFailed, now.Clock, ReplicateCause.RevealTimeout) with { Asked = null };
        }

        if (isUndone)
        {
            return synced.To(reached ?? ReplicateStatus.Computed, now.Clock) with { Asked = null };
        }

        if (reached is not { } status || Reaches(replicate, status))
        {
            return synced;
        }

        return replicate.Status == ReplicateStatus.WorkerLost
            ? synced with { BeforeLost = status }
            : synced.To(status, now.Clock);
    }

    private static bool Reaches(Replicate replicate, ReplicateStatus status)
    {
        var effective = replicate.Effective;
        // "Failed" and "aborted" are the worker's opinion, the mined transaction is a fact.
        var isFailure = ReplicateStatuses.IsFailure(effective);
        return isFailure
            ? replicate.OnChain == (status == ReplicateStatus.Revealed ? ContributionStatus.Proved : ContributionStatus.Contributed)
            : ReplicateStatuses.Rank(effective) >= ReplicateStatuses.Rank(status);
    }
}
