using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>When a task reached a status.</summary>
/// <param name="Date">When, by the scheduler's clock.</param>
/// <param name="Status">The status reached.</param>
/// <param name="ChainReceipt">The transaction that did it; null for none.</param>
public sealed record TaskStatusChange(DateTimeOffset Date, ScheduledTaskStatus Status, ChainReceipt? ChainReceipt = null);

/// <summary>When a replicate reached a status, and why.</summary>
/// <param name="Status">The status reached.</param>
/// <param name="Date">When, by the scheduler's clock.</param>
/// <param name="Cause">Why it failed; null when it did not.</param>
public sealed record ReplicateStatusChange(ReplicateStatus Status, DateTimeOffset Date, ReplicateCause? Cause = null);

/// <summary>
/// Who must act next on a task, until when (chain time), what will be done then, and why the task waits. Null when it is over.
/// </summary>
/// <param name="Owner">Who must act next.</param>
/// <param name="Deadline">Until when, by the chain's clock; null for no limit.</param>
/// <param name="NextAction">What will be done then.</param>
/// <param name="Reason">Why the task waits.</param>
public sealed record TaskWait(string Owner, DateTimeOffset? Deadline, string NextAction, string Reason);

/// <summary>
/// A task as <c>GET /tasks/{id}</c> shows it. <paramref name="MaxExecutionTime"/> in milliseconds. <paramref name="Wait"/>,
/// <paramref name="Reason"/>, <paramref name="DealId"/> and <paramref name="Index"/> are members of ours.
/// </summary>
/// <param name="ChainTaskId">The task.</param>
/// <param name="Tag">The deal's tag, 0x and 64 digits.</param>
/// <param name="DappType">Packaging of the app, <c>DOCKER</c>.</param>
/// <param name="DappName">The app's image.</param>
/// <param name="CommandLine">Its arguments.</param>
/// <param name="InitializationBlockNumber">The block that began the task.</param>
/// <param name="CurrentStatus">Where it stands.</param>
/// <param name="Trust">The deal's trust.</param>
/// <param name="UploadingWorkerWalletAddress">Who uploads the result; null before that is decided.</param>
/// <param name="Consensus">Hash of the result agreed on; null before.</param>
/// <param name="ContributionDeadline">Until when workers may contribute, by the chain's clock.</param>
/// <param name="RevealDeadline">Until when they may reveal; null before the consensus.</param>
/// <param name="FinalDeadline">After which the task can be claimed.</param>
/// <param name="ResultLink">Where the result is, as JSON text; null before.</param>
/// <param name="ChainCallbackData">Data for the deal's callback contract, hexadecimal; null for none.</param>
/// <param name="DateStatusList">How it came there.</param>
/// <param name="Replicates">One execution for each worker.</param>
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
/// <param name="ChainTaskId">The task.</param>
/// <param name="WalletAddress">The worker.</param>
/// <param name="CurrentStatus">Where it stands.</param>
/// <param name="StatusUpdateList">How it came there.</param>
/// <param name="ResultLink">Where the result was uploaded, as JSON text; null before.</param>
/// <param name="ChainCallbackData">Data for the deal's callback contract, hexadecimal; null for none.</param>
/// <param name="ContributionHash">What the worker has contributed; null before.</param>
/// <param name="AppExitCode">Of the app; null before it has ended.</param>
/// <param name="TeeSessionGenerationError">Why there is no session of the enclave; null for none.</param>
/// <param name="ErrorMessage">One sentence for the requester; null for none.</param>
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
