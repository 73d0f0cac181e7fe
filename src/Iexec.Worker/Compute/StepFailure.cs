using Iexec.Sdk.Wire.Scheduler;
using Iexec.Worker.Replicates;

namespace Iexec.Worker.Compute;

/// <summary>A step that did not work out: the status for the scheduler, and the words for the requester.</summary>
internal sealed record StepFailure(ReplicateStatus Status, ReplicateStatusDetails Details)
{
    public StepFailure(ReplicateStatus status, ReplicateCause cause, string message)
        : this(status, new ReplicateStatusDetails { Cause = cause, ErrorMessage = message })
    {
    }
}

/// <summary>The state after a step; with a failure the state before it.</summary>
internal readonly record struct StepOutcome(ReplicateState State, StepFailure? Failure = null);
