using System.Text.Json.Serialization;

namespace Iexec.Worker.Replicates;

/// <summary>How far a replicate has come on this machine. What happened on the chain is asked there, not remembered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplicatePhase>))]
internal enum ReplicatePhase
{
    /// <summary>The scheduler gave it to us.</summary>
    Assigned,

    /// <summary>The image is there, checked.</summary>
    AppReady,

    /// <summary>Dataset and input files are there, checked.</summary>
    DataReady,

    /// <summary>The app has run: digest and archive are there.</summary>
    Computed,

    /// <summary>The archive is in the storage.</summary>
    Uploaded,

    /// <summary>Nothing is left to do but to clean up.</summary>
    Over,
}
