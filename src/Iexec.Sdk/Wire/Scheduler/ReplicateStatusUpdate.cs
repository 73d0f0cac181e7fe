using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>Where a transaction was mined.</summary>
/// <param name="BlockNumber">The block.</param>
/// <param name="TxHash">The transaction; null when it is not known.</param>
public sealed record ChainReceipt(ulong BlockNumber, Bytes32? TxHash = null);

/// <summary>Output of an app. The scheduler keeps the last 100,000 characters of each stream.</summary>
/// <param name="WalletAddress">The worker.</param>
/// <param name="Stdout">What the app printed; null for nothing.</param>
/// <param name="Stderr">What it printed on the error stream; null for nothing.</param>
public sealed record ComputeLogs(Address WalletAddress, string? Stdout, string? Stderr);

/// <summary>
/// What a worker tells with a status: the receipt with Contributed and Revealed, the link with ResultUploaded
/// (<c>{ "storage": "ipfs", "location": "/ipfs/…" }</c>), logs and exit code with Computed and ComputeFailed, a cause with every failure.
/// </summary>
internal sealed record ReplicateStatusDetails
{
    /// <summary>Where the contribution or reveal was mined.</summary>
    public ChainReceipt? ChainReceipt { get; init; }

    /// <summary>Where the result is: the JSON text that goes on the chain.</summary>
    public string? ResultLink { get; init; }

    /// <summary>Data for the deal's callback contract, hexadecimal.</summary>
    public string? ChainCallbackData { get; init; }

    /// <summary>One sentence for the requester.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The kind of failure.</summary>
    public ReplicateCause? Cause { get; init; }

    /// <summary>Output of the app.</summary>
    public ComputeLogs? ComputeLogs { get; init; }

    /// <summary>Exit code of the app.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why no trusted session could be made.</summary>
    public string? TeeSessionGenerationError { get; init; }
}

/// <summary>
/// A worker's report. Members <c>modifier</c> and <c>date</c> that some clients send are not believed and not read.
/// </summary>
internal sealed record ReplicateStatusUpdate(ReplicateStatus Status, ReplicateStatusDetails? Details = null);

/// <summary>What became of a report.</summary>
internal enum StatusUpdateOutcome
{
    /// <summary>200: stored.</summary>
    Accepted,

    /// <summary>208: known before; nothing changed. The next action is told again.</summary>
    AlreadyReported,

    /// <summary>202: not believed, or not possible from where the replicate stands.</summary>
    Refused,
}

/// <summary>Answer to a report: whether it was taken and what to do now.</summary>
internal sealed record StatusUpdateAnswer(StatusUpdateOutcome Outcome, TaskNotificationType NextAction);
