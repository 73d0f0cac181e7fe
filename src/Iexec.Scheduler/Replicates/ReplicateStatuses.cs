using Iexec.Sdk.Wire.Scheduler;
using static Iexec.Sdk.Wire.Scheduler.ReplicateStatus;

namespace Iexec.Scheduler.Replicates;

/// <summary>Order and kinds of replicate statuses.</summary>
internal static class ReplicateStatuses
{
    /// <summary>How far a status lies along the work. A worker may skip forward, never go back.</summary>
    public static int Rank(ReplicateStatus status) => status switch
    {
        Created => 0,
        Recovering => 0,
        Starting => 1,
        StartFailed or Started => 2,
        AppDownloading => 3,
        AppDownloadFailed or AppDownloaded => 4,
        DataDownloading => 5,
        DataDownloadFailed or DataDownloaded => 6,
        Computing => 7,
        ComputeFailed or Computed => 8,
        Contributing or ContributeAndFinalizeOngoing => 9,
        ContributeFailed or Contributed => 10,
        Revealing => 11,
        RevealFailed or Revealed => 12,
        ResultUploadRequested => 13,
        ResultUploading => 14,
        ResultUploadFailed or ResultUploaded => 15,
        ContributeAndFinalizeFailed or ContributeAndFinalizeDone => 15,
        Completing => 16,
        CompleteFailed or Completed => 17,
        Failed or Aborted => 18,
        WorkerLost => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Where a replicate stands again when what it was doing was interrupted.</summary>
    public static ReplicateStatus BeforeAct(ReplicateStatus status) => status switch
    {
        Contributing or ContributeAndFinalizeOngoing => Computed,
        Revealing => Contributed,
        ResultUploading => ResultUploadRequested,
        Completing => ResultUploaded,
        _ => status,
    };

    /// <summary>A status that says "this did not work".</summary>
    public static bool IsFailure(ReplicateStatus status) => status is StartFailed or AppDownloadFailed or DataDownloadFailed or ComputeFailed
        or ContributeFailed or RevealFailed or ContributeAndFinalizeFailed or Failed or Aborted;

    /// <summary>
    /// A failed download of what the requester named is the same for every honest worker: they contribute an error result, so that
    /// the requester gets an answer instead of silence.
    /// </summary>
    public static bool ContributesAnyway(ReplicateStatus status, ReplicateCause? cause) => status switch
    {
        AppDownloadFailed => cause == ReplicateCause.AppImageDownloadFailed,
        DataDownloadFailed => cause == ReplicateCause.DatasetFileDownloadFailed || cause == ReplicateCause.DatasetFileBadChecksum
            || cause == ReplicateCause.InputFilesDownloadFailed,
        _ => false,
    };

    /// <summary>Only the scheduler sets these.</summary>
    public static bool IsSchedulers(ReplicateStatus status) => status is Created or Recovering or WorkerLost or ResultUploadRequested;

    /// <summary>Nothing more is expected.</summary>
    public static bool IsEnd(ReplicateStatus status) => status is Completed or CompleteFailed or Failed or Aborted;
}
