using System.Text.Json.Serialization;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>Where one worker's execution of a task stands. Written in JSON as <c>APP_DOWNLOADED</c>.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<ReplicateStatus>))]
public enum ReplicateStatus
{
    /// <summary>Given to a worker that has not yet said that it starts; held by a short lease.</summary>
    Created,

    /// <summary>The worker checks whether it can do it.</summary>
    Starting,

    /// <summary>It cannot.</summary>
    StartFailed,

    /// <summary>It can; next is the app.</summary>
    Started,

    /// <summary>Pulling the image.</summary>
    AppDownloading,

    /// <summary>The image could not be pulled, or does not match the checksum.</summary>
    AppDownloadFailed,

    /// <summary>The image is there.</summary>
    AppDownloaded,

    /// <summary>Fetching dataset and input files.</summary>
    DataDownloading,

    /// <summary>They could not be fetched, or do not match the checksum.</summary>
    DataDownloadFailed,

    /// <summary>They are there.</summary>
    DataDownloaded,

    /// <summary>The container runs.</summary>
    Computing,

    /// <summary>It ended without a result.</summary>
    ComputeFailed,

    /// <summary>A result and its digest are there.</summary>
    Computed,

    /// <summary>The contribution is being sent.</summary>
    Contributing,

    /// <summary>The contribution was refused.</summary>
    ContributeFailed,

    /// <summary>The contribution is on the chain.</summary>
    Contributed,

    /// <summary>The reveal is being sent.</summary>
    Revealing,

    /// <summary>The reveal was refused.</summary>
    RevealFailed,

    /// <summary>The reveal is on the chain.</summary>
    Revealed,

    /// <summary>The scheduler chose this replicate to upload.</summary>
    ResultUploadRequested,

    /// <summary>Uploading.</summary>
    ResultUploading,

    /// <summary>The upload failed; somebody else is asked.</summary>
    ResultUploadFailed,

    /// <summary>The result is in the storage.</summary>
    ResultUploaded,

    /// <summary>Contribution and finalization in one transaction are being sent.</summary>
    ContributeAndFinalizeOngoing,

    /// <summary>They were refused.</summary>
    ContributeAndFinalizeFailed,

    /// <summary>They are on the chain.</summary>
    ContributeAndFinalizeDone,

    /// <summary>The worker cleans up.</summary>
    Completing,

    /// <summary>It could not.</summary>
    CompleteFailed,

    /// <summary>Done and clean.</summary>
    Completed,

    /// <summary>Over without success.</summary>
    Failed,

    /// <summary>Stopped because the scheduler said so.</summary>
    Aborted,

    /// <summary>The worker came back and takes up where it stood.</summary>
    Recovering,

    /// <summary>The worker has not been heard of for too long.</summary>
    WorkerLost,
}
