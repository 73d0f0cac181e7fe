using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Worker.Replicates;

/// <summary>What a worker does next with a task.</summary>
internal enum ReplicateStep
{
    /// <summary>Nothing until the chain or the scheduler moves.</summary>
    Wait,

    /// <summary>Pull the image.</summary>
    DownloadApp,

    /// <summary>Fetch dataset and input files.</summary>
    DownloadData,

    /// <summary>Run the app.</summary>
    Compute,

    /// <summary>Send hash and seal.</summary>
    Contribute,

    /// <summary>Send the digest.</summary>
    Reveal,

    /// <summary>Store the archive.</summary>
    Upload,

    /// <summary>Stop, tell, clean up.</summary>
    Abort,

    /// <summary>The task is over on the chain: clean up.</summary>
    Complete,
}

/// <summary>A step, and for <see cref="ReplicateStep.Abort"/> why.</summary>
internal readonly record struct ReplicateDecision(ReplicateStep Step, ReplicateCause? Cause = null)
{
    /// <summary>
    /// Decides from the worker's own state, the task and contribution on the chain, and the chain's time in Unix seconds. The chain wins over
    /// whatever this machine remembers.
    /// </summary>
    public static ReplicateDecision Decide(ReplicateState state, ChainTask task, Contribution contribution, ulong now)
    {
        if (state.Phase == ReplicatePhase.Over || task.Status is ChainTaskStatus.Completed or ChainTaskStatus.Failed || (task.Status != ChainTaskStatus.Unset && now >= task.FinalDeadline))
        {
            return new(ReplicateStep.Complete);
        }

        return contribution.Status switch
        {
            ContributionStatus.Unset => BeforeContribution(state, task, now),
            ContributionStatus.Contributed => BeforeReveal(state, task, contribution, now),
            ContributionStatus.Proved => AfterReveal(state),
            _ => new(ReplicateStep.Abort, ReplicateCause.ConsensusReached),
        };
    }

    private static ReplicateDecision BeforeContribution(ReplicateState state, ChainTask task, ulong now)
    {
        if (state.AbortAsked)
        {
            return new(ReplicateStep.Abort, state.Cause ?? ReplicateCause.AbortedByWorker);
        }

        if (task.Status == ChainTaskStatus.Unset)
        {
            // Our node may be behind the scheduler's: the initialization will show.
            return new(ReplicateStep.Wait);
        }

        if (task.Status == ChainTaskStatus.Revealing)
        {
            return new(ReplicateStep.Abort, ReplicateCause.ConsensusReached);
        }

        return now >= task.ContributionDeadline
            ? new(ReplicateStep.Abort, ReplicateCause.ContributionTimeout)
            : new(state.Phase switch
            {
                ReplicatePhase.Assigned => ReplicateStep.DownloadApp,
                ReplicatePhase.AppReady => ReplicateStep.DownloadData,
                ReplicatePhase.DataReady => ReplicateStep.Compute,
                _ => ReplicateStep.Contribute,
            });
    }

    private static ReplicateDecision BeforeReveal(ReplicateState state, ChainTask task, Contribution contribution, ulong now)
    {
        if (task.Status != ChainTaskStatus.Revealing)
        {
            return new(ReplicateStep.Wait);
        }

        if (task.ConsensusValue != contribution.ResultHash)
        {
            return new(ReplicateStep.Abort, ReplicateCause.ConsensusReached);
        }

        if (now >= task.RevealDeadline)
        {
            return new(ReplicateStep.Abort, ReplicateCause.RevealTimeout);
        }

        // An abort that the scheduler asks for does not keep us from a reveal that saves the stake.
        return state.Digest is { } digest && ResultHashes.ResultHash(task.Id, digest) == contribution.ResultHash
            ? new(ReplicateStep.Reveal)
            : new(ReplicateStep.Abort, ReplicateCause.CannotReveal);
    }

    private static ReplicateDecision AfterReveal(ReplicateState state) =>
        new(state is { UploadAsked: true, Phase: ReplicatePhase.Computed } ? ReplicateStep.Upload : ReplicateStep.Wait);
}
