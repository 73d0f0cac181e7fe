using System.Text.Json;
using System.Text.Json.Serialization;

namespace Iexec.Worker.Containers.Engine;

// Shapes of the Docker Engine API (https://docs.docker.com/engine/api/), reduced to the members used. Names are the API's.
internal sealed record ErrorBody([property: JsonPropertyName("message")] string? Message);

internal sealed record InfoBody(
    string? ServerVersion, string? OSType, string? Architecture, int NCPU, long MemTotal, string? Driver,
    Dictionary<string, JsonElement>? Runtimes, List<string>? SecurityOptions);

internal sealed record ImageBody(string Id, List<string>? RepoDigests, long Size, ImageConfigBody? Config);

internal sealed record ImageConfigBody(string? User, List<string>? Entrypoint, Dictionary<string, JsonElement>? Volumes);

internal sealed record CreateBody
{
    public required string Image { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public required IReadOnlyList<string> Env { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public string? User { get; init; }

    public required string Hostname { get; init; }

    public required HealthcheckBody Healthcheck { get; init; }

    /// <summary>Seconds between asking to end and ending, when the engine itself stops.</summary>
    public required int StopTimeout { get; init; }

    public required HostConfigBody HostConfig { get; init; }
}

internal sealed record HealthcheckBody(IReadOnlyList<string> Test);

internal sealed record HostConfigBody
{
    public required IReadOnlyList<MountBody> Mounts { get; init; }

    public required long Memory { get; init; }

    public required long MemorySwap { get; init; }

    public required long NanoCpus { get; init; }

    public required long PidsLimit { get; init; }

    public required IReadOnlyList<UlimitBody> Ulimits { get; init; }

    public required IReadOnlyList<string> CapDrop { get; init; }

    public required IReadOnlyList<string> SecurityOpt { get; init; }

    public required bool ReadonlyRootfs { get; init; }

    public required IReadOnlyDictionary<string, string> Tmpfs { get; init; }

    public required string NetworkMode { get; init; }

    public required string IpcMode { get; init; }

    public required LogConfigBody LogConfig { get; init; }

    public required int OomScoreAdj { get; init; }

    public string? Runtime { get; init; }
}

internal sealed record MountBody(string Type, string Source, string Target, bool ReadOnly);

internal sealed record UlimitBody(string Name, long Soft, long Hard);

internal sealed record LogConfigBody(string Type, IReadOnlyDictionary<string, string> Config);

internal sealed record CreatedBody(string Id);

internal sealed record ContainerBody(string Id, StateBody? State, ContainerConfigBody? Config);

internal sealed record ContainerConfigBody(Dictionary<string, string>? Labels);

internal sealed record StateBody(bool Running, bool OOMKilled, int ExitCode, string? Error, string? Status);

internal sealed record ListedBody(string Id, List<string>? Names, string? State, Dictionary<string, string>? Labels);

internal sealed record NetworkBody(string Name, string Driver, IReadOnlyDictionary<string, string> Options, bool CheckDuplicate);

/// <summary>One line of the streams that pull, push, import and build answer.</summary>
internal sealed record ProgressBody(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("stream")] string? Stream,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("progressDetail")] ProgressDetailBody? Detail,
    [property: JsonPropertyName("aux")] AuxBody? Aux);

internal sealed record ProgressDetailBody(
    [property: JsonPropertyName("current")] long? Current,
    [property: JsonPropertyName("total")] long? Total);

internal sealed record AuxBody(string? Digest, string? ID);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(InfoBody))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(CreateBody))]
[JsonSerializable(typeof(CreatedBody))]
[JsonSerializable(typeof(ContainerBody))]
[JsonSerializable(typeof(List<ListedBody>))]
[JsonSerializable(typeof(NetworkBody))]
[JsonSerializable(typeof(ProgressBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, List<string>>))]
internal sealed partial class EngineJson : JsonSerializerContext;
