using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Replicates;

/// <summary>One worker's execution of a task, as the scheduler knows it: what the worker said, what the chain says, what was asked of it.</summary>
internal sealed record Replicate
{
    public required Address Worker { get; init; }

    /// <summary>Consensus weight of the worker when it was chosen.</summary>
    public required UInt256 Weight { get; init; }

    public required ReplicateStatus Status { get; init; }

    public IReadOnlyList<ReplicateStatusChange> History { get; init; } = [];

    /// <summary>When it was given (again).</summary>
    public DateTimeOffset GivenAt { get; init; }

    /// <summary>What it was doing when its worker fell silent.</summary>
    public ReplicateStatus? BeforeLost { get; init; }

    /// <summary>The chain's word on the contribution.</summary>
    public ContributionStatus OnChain { get; init; }

    public Bytes32? ResultHash { get; init; }

    public ReplicateCause? Cause { get; init; }

    public string? ErrorMessage { get; init; }

    public int? ExitCode { get; init; }

    public string? TeeSessionGenerationError { get; init; }

    /// <summary>The last push message, so that it is sent once.</summary>
    public TaskNotificationType? Asked { get; init; }

    public int UploadAttempts { get; init; }

    /// <summary>Status, seen through a loss of contact.</summary>
    [JsonIgnore]
    public ReplicateStatus Effective => Status == ReplicateStatus.WorkerLost ? BeforeLost ?? ReplicateStatus.Created : Status;

    [JsonIgnore]
    public bool HasContributed => OnChain is ContributionStatus.Contributed or ContributionStatus.Proved;

    /// <summary>Over without a contribution; its worker does no more for the task.</summary>
    [JsonIgnore]
    public bool HasFailed => !HasContributed && ReplicateStatuses.IsFailure(Status) && !ReplicateStatuses.ContributesAnyway(Status, Cause);

    /// <summary>True while it takes one of its worker's slots: from the assignment to the end of the computation.</summary>
    [JsonIgnore]
    public bool OccupiesSlot => !HasContributed && !HasFailed && Status is not ReplicateStatus.WorkerLost
        && ReplicateStatuses.Rank(Status) < ReplicateStatuses.Rank(ReplicateStatus.Computed);

    public Replicate To(ReplicateStatus status, DateTimeOffset now, ReplicateCause? cause = null) => this with
    {
        Status = status,
        Cause = cause,
        BeforeLost = status == ReplicateStatus.WorkerLost ? Effective : null,
        History = [.. History, new ReplicateStatusChange(status, now, cause)],
    };

    /// <summary>True if the status was reported since the worker last began anew.</summary>
    public bool HasReported(ReplicateStatus status)
    {
        for (var i = History.Count - 1; i >= 0; i--)
        {
            if (History[i].Status == status)
            {
                return true;
            }

            if (History[i].Status is ReplicateStatus.Recovering or ReplicateStatus.Created or ReplicateStatus.ResultUploadRequested)
            {
                return false;
            }
        }

        return false;
    }
}
