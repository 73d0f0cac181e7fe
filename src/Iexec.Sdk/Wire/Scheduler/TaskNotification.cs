using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Poco;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>What a scheduler asks of a worker. Written in JSON as <c>PLEASE_REVEAL</c>.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<TaskNotificationType>))]
internal enum TaskNotificationType
{
    /// <summary>Go on with what you do.</summary>
    PleaseContinue,

    /// <summary>Nothing to do until the next notification.</summary>
    PleaseWait,

    /// <summary>Start.</summary>
    PleaseStart,

    /// <summary>Pull the image.</summary>
    PleaseDownloadApp,

    /// <summary>Fetch dataset and input files.</summary>
    PleaseDownloadData,

    /// <summary>Run the app.</summary>
    PleaseCompute,

    /// <summary>Send the contribution (after a failed download: of the error result).</summary>
    PleaseContribute,

    /// <summary>Send the reveal; <see cref="TaskNotificationExtra.BlockNumber"/> is the block of the consensus.</summary>
    PleaseReveal,

    /// <summary>Upload the result.</summary>
    PleaseUpload,

    /// <summary>Contribute and finalize in one transaction.</summary>
    PleaseContributeAndFinalize,

    /// <summary>The task is finalized: clean up.</summary>
    PleaseComplete,

    /// <summary>Stop, clean up and report <see cref="ReplicateStatus.Aborted"/>.</summary>
    PleaseAbort,
}

/// <summary>Why a worker is asked to stop.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<TaskAbortCause>))]
internal enum TaskAbortCause
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>Past the contribution deadline.</summary>
    ContributionTimeout,

    /// <summary>Others agreed on another result, or without this worker.</summary>
    ConsensusReached,
}

/// <summary>What some notifications carry.</summary>
internal sealed record TaskNotificationExtra(
    WorkerpoolAuthorization? WorkerpoolAuthorization = null, string? SmsUrl = null, ulong? BlockNumber = null, TaskAbortCause? TaskAbortCause = null);

/// <summary>
/// A message to a worker about one task. <paramref name="Number"/> counts the messages of this worker from 1, without gaps among
/// those kept; a message may come twice and asks for a state, not for one more act.
/// </summary>
internal sealed record TaskNotification(
    Bytes32 ChainTaskId,
    IReadOnlyList<Address> WorkersAddress,
    TaskNotificationType TaskNotificationType,
    TaskNotificationExtra? TaskNotificationExtra = null,
    ulong? Number = null)
{
    /// <summary>The task.</summary>
    [JsonIgnore]
    public TaskId TaskId => new(ChainTaskId);
}

/// <summary>
/// Answer of <c>GET /notifications?after=N&amp;wait=seconds</c>: the messages after N in order, and the number to ask from next time.
/// <paramref name="Last"/> is below N when the scheduler has lost its store; all it has is then given again.
/// </summary>
internal sealed record NotificationBatch(IReadOnlyList<TaskNotification> Notifications, ulong Last);
