using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Worker.Replicates;

/// <summary>
/// What must survive a restart of the worker, one file per task. The digest is written before the contribution is sent: without it the
/// stake cannot be redeemed by a reveal.
/// </summary>
internal sealed record ReplicateState(WorkerpoolAuthorization Authorization, ReplicatePhase Phase)
{
    /// <summary>Digest of the result.</summary>
    public Bytes32? Digest { get; init; }

    /// <summary>Data for the deal's callback, hexadecimal.</summary>
    public string? CallbackData { get; init; }

    /// <summary>Link for the chain, once uploaded.</summary>
    public string? ResultLink { get; init; }

    /// <summary>Why the scheduler or we gave up.</summary>
    public ReplicateCause? Cause { get; init; }

    /// <summary>The scheduler chose this replicate to upload.</summary>
    public bool UploadAsked { get; init; }

    /// <summary>The scheduler asked to stop.</summary>
    public bool AbortAsked { get; init; }

    [JsonIgnore]
    public TaskId TaskId => Authorization.TaskId;

    public ReplicateState With(TaskNotificationType asked) => asked switch
    {
        TaskNotificationType.PleaseAbort => this with { AbortAsked = true },
        TaskNotificationType.PleaseUpload => this with { UploadAsked = true },
        TaskNotificationType.PleaseComplete => this with { Phase = ReplicatePhase.Over },
        _ => this,
    };
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ReplicateState))]
internal sealed partial class ReplicateJson : JsonSerializerContext;
