using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>When a task reached a status.</summary>
public sealed record TaskStatusChange(DateTimeOffset Date, ScheduledTaskStatus Status, ChainReceipt? ChainReceipt = null);

/// <summary>When a replicate reached a status, and why.</summary>
public sealed record ReplicateStatusChange(ReplicateStatus Status, DateTimeOffset Date, ReplicateCause? Cause = null);

/// <summary>
/// Who must act next on a task, until when (chain time), what will be done then, and why the task waits. Null when it is over.
/// </summary>
public sealed record TaskWait(string Owner, DateTimeOffset? Deadline, string NextAction, string Reason);

/// <summary>
/// A task as <c>GET /tasks/{id}</c> shows it. <paramref name="MaxExecutionTime"/> in milliseconds. <paramref name="Wait"/>,
/// <paramref name="Reason"/>, <paramref name="DealId"/> and <paramref name="Index"/> are members of ours.
/// </summary>
public sealed record TaskModel(
    Bytes32 ChainTaskId,
    long MaxExecutionTime,
    string Tag,
    string DappType,
    string DappName,
    string CommandLine,
    ulong InitializationBlockNumber,
    ScheduledTaskStatus CurrentStatus,
    ulong Trust,
    Address? UploadingWorkerWalletAddress,
    Bytes32? Consensus,
    DateTimeOffset? ContributionDeadline,
    DateTimeOffset? RevealDeadline,
    DateTimeOffset? FinalDeadline,
    string? ResultLink,
    string? ChainCallbackData,
    IReadOnlyList<TaskStatusChange> DateStatusList,
    IReadOnlyList<ReplicateModel> Replicates,
    Bytes32 DealId,
    ulong Index,
    string? Reason = null,
    TaskWait? Wait = null);

/// <summary>One worker's execution as <c>GET /tasks/{id}/replicates/{wallet}</c> shows it. <paramref name="Self"/> and <paramref name="AppLogs"/> are URLs.</summary>
public sealed record ReplicateModel(
    string Self,
    Bytes32 ChainTaskId,
    Address WalletAddress,
    ReplicateStatus CurrentStatus,
    IReadOnlyList<ReplicateStatusChange> StatusUpdateList,
    string? ResultLink,
    string? ChainCallbackData,
    Bytes32? ContributionHash,
    string? AppLogs,
    int? AppExitCode,
    string? TeeSessionGenerationError,
    string? ErrorMessage = null);

/// <summary>Output of every replicate of a task; for the deal's requester only.</summary>
internal sealed record TaskLogs(Bytes32 ChainTaskId, IReadOnlyList<ComputeLogs> ComputeLogsList);
