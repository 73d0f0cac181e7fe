namespace Iexec.Worker.Containers;

/// <summary>The engine that answers.</summary>
/// <param name="Version">Version of the engine, e.g. <c>20.10.24</c>.</param>
/// <param name="ApiVersion">Version of the API spoken with it.</param>
/// <param name="OperatingSystem">Operating system of the containers: <c>linux</c> or <c>windows</c>.</param>
/// <param name="Architecture">As the engine names it, e.g. <c>amd64</c>.</param>
/// <param name="Processors">CPUs the engine sees.</param>
/// <param name="MemoryBytes">Memory the engine sees.</param>
/// <param name="Runtimes">Names of the OCI runtimes on offer.</param>
/// <param name="IsRootless">The engine runs without root, so that owners of files are mapped.</param>
/// <param name="StorageDriver">E.g. <c>overlay2</c>.</param>
public sealed record EngineDescription(
    string Version,
    string ApiVersion,
    string OperatingSystem,
    string Architecture,
    int Processors,
    long MemoryBytes,
    IReadOnlyList<string> Runtimes,
    bool IsRootless,
    string StorageDriver)
{
    /// <summary>gVisor's runtime, a kernel of its own for each container.</summary>
    public const string GVisor = "runsc";

    /// <summary>The strongest runtime on offer; null leaves the choice to the engine.</summary>
    public string? PreferredRuntime => Runtimes.Contains(GVisor) ? GVisor : null;
}

/// <summary>A container as a list shows it.</summary>
/// <param name="Id">Identifier given by the engine.</param>
/// <param name="Name">Its name without the leading slash.</param>
/// <param name="IsRunning">It runs now.</param>
/// <param name="Labels">All its labels.</param>
public sealed record ContainerListing(string Id, string Name, bool IsRunning, IReadOnlyDictionary<string, string> Labels);
