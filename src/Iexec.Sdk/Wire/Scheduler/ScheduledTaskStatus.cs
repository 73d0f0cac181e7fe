using System.Text.Json.Serialization;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>Where a task stands at its scheduler. Written in JSON as <c>CONSENSUS_REACHED</c>.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<ScheduledTaskStatus>))]
public enum ScheduledTaskStatus
{
    /// <summary>The deal is known.</summary>
    Received,

    /// <summary>The task is being opened on the chain.</summary>
    Initializing,

    /// <summary>Open on the chain; waits for workers.</summary>
    Initialized,

    /// <summary>It could not be opened.</summary>
    InitializeFailed,

    /// <summary>At least one worker works on it.</summary>
    Running,

    /// <summary>Every worker that could be asked has failed.</summary>
    RunningFailed,

    /// <summary>No consensus before the contribution deadline.</summary>
    ContributionTimeout,

    /// <summary>The workers agree; they reveal.</summary>
    ConsensusReached,

    /// <summary>Nobody revealed: being opened again.</summary>
    Reopening,

    /// <summary>Open again.</summary>
    Reopened,

    /// <summary>It could not be opened again.</summary>
    ReopenFailed,

    /// <summary>Somebody has revealed.</summary>
    AtLeastOneRevealed,

    /// <summary>One worker uploads the result.</summary>
    ResultUploading,

    /// <summary>The result is in the storage.</summary>
    ResultUploaded,

    /// <summary>Nobody uploaded before the final deadline.</summary>
    ResultUploadTimeout,

    /// <summary>Being finalized on the chain.</summary>
    Finalizing,

    /// <summary>Finalized on the chain; everybody is paid.</summary>
    Finalized,

    /// <summary>It could not be finalized.</summary>
    FinalizeFailed,

    /// <summary>The final deadline has passed; everybody can be refunded by a claim.</summary>
    FinalDeadlineReached,

    /// <summary>Over, with a result.</summary>
    Completed,

    /// <summary>Over, without a result.</summary>
    Failed,
}
