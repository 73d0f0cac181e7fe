using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Tasks;

/// <summary>Who was asked to upload, and when.</summary>
internal sealed record UploadRequest(Address Worker, DateTimeOffset At);

/// <summary>How often a transaction was refused, and when to try again.</summary>
internal sealed record Attempts(int Refused = 0, DateTimeOffset NotBefore = default);

/// <summary>
/// A task with its replicates: the whole that one decision changes and one row stores. Whatever can be read from the chain is the
/// chain's last word, not ours.
/// </summary>
internal sealed record ScheduledTask
{
    public required TaskTerms Terms { get; init; }

    public required ScheduledTaskStatus Status { get; init; }

    public IReadOnlyList<TaskStatusChange> History { get; init; } = [];

    public IReadOnlyList<Replicate> Replicates { get; init; } = [];

    public ChainTaskStatus ChainStatus { get; init; }

    /// <summary>The block at which the chain was last read.</summary>
    public ulong ObservedBlock { get; init; }

    public ulong ContributionDeadline { get; init; }

    public ulong RevealDeadline { get; init; }

    public ulong FinalDeadline { get; init; }

    public Bytes32? Consensus { get; init; }

    public ulong ConsensusBlock { get; init; }

    public ulong InitializationBlock { get; init; }

    public ulong RevealCounter { get; init; }

    public ulong WinnerCounter { get; init; }

    public Bytes32 ResultDigest { get; init; }

    public UploadRequest? Upload { get; init; }

    public string? ResultLink { get; init; }

    public string? CallbackData { get; init; }

    /// <summary>Why the task stands where it stands, for people.</summary>
    public string? Reason { get; init; }

    public TaskAbortCause AbortCause { get; init; }

    public Attempts Initialization { get; init; } = new();

    /// <summary>A row that was stored without it gives null.</summary>
    public Attempts Reopening { get; init => field = value ?? new(); } = new();

    public Attempts Finalization { get; init; } = new();

    public Attempts Claim { get; init; } = new();

    /// <summary>The task's id.</summary>
    [JsonIgnore]
    public TaskId Id => Terms.TaskId();

    /// <summary>The chain has closed it: nothing is locked any more.</summary>
    [JsonIgnore]
    public bool IsSettled => ChainStatus is ChainTaskStatus.Completed or ChainTaskStatus.Failed;

    /// <summary>Final for clients. A failed task may still have to be claimed.</summary>
    [JsonIgnore]
    public bool IsOver => Status is ScheduledTaskStatus.Completed or ScheduledTaskStatus.Failed;

    public static ScheduledTask Receive(TaskTerms terms, DateTimeOffset now) => new()
    {
        Terms = terms,
        Status = ScheduledTaskStatus.Received,
        History = [new TaskStatusChange(now, ScheduledTaskStatus.Received)],
        ContributionDeadline = terms.ContributionDeadline,
        FinalDeadline = terms.FinalDeadline,
    };

    public Replicate? Find(Address worker) => Replicates.FirstOrDefault(replicate => replicate.Worker == worker);

    public ScheduledTask To(ScheduledTaskStatus status, Moment now, string? reason = null) => this with
    {
        Status = status,
        Reason = reason,
        History = [.. History, new TaskStatusChange(now.Clock, status)],
    };

    public ScheduledTask With(Replicate replicate) => this with
    {
        Replicates = Find(replicate.Worker) is null
            ? [.. Replicates, replicate]
            : [.. Replicates.Select(other => other.Worker == replicate.Worker ? replicate : other)],
    };
}
