using Iexec.Worker.Containers.Images;

namespace Iexec.Worker.Containers.Engine;

/// <summary>
/// A client of the Docker Engine API (https://docs.docker.com/engine/api/, versions 1.40 and newer), which Podman's socket speaks too.
/// </summary>
public sealed partial class DockerEngine : IContainerEngine, IDisposable
{
    private readonly EngineConnection _connection;
    private readonly TimeProvider _time;
    private readonly ImageSourcePolicy _sources;
    private readonly RegistryCredentials _credentials;
    private EngineDescription? _description;

    /// <summary>Nothing is sent until the first call.</summary>
    /// <param name="endpoint">Where the engine listens.</param>
    /// <param name="sources">Registries that may be pulled from; null is every public one.</param>
    /// <param name="credentials">Credentials of registries; null is none.</param>
    /// <param name="time">The clock of all time limits.</param>
    public DockerEngine(EngineEndpoint endpoint, ImageSourcePolicy? sources = null, RegistryCredentials? credentials = null, TimeProvider? time = null)
    {
        Endpoint = endpoint;
        _time = time ?? TimeProvider.System;
        _sources = sources ?? ImageSourcePolicy.PublicOnly;
        _credentials = credentials ?? RegistryCredentials.None;
        _connection = new EngineConnection(endpoint, _time);
    }

    /// <summary>Where the engine listens.</summary>
    public EngineEndpoint Endpoint { get; }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <inheritdoc/>
    public async Task<EngineDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var info = await _connection.GetAsync("info", EngineJson.Default.InfoBody, cancellationToken);
        var security = info.SecurityOptions ?? [];
        return _description = new EngineDescription(
            info.ServerVersion ?? "",
            await _connection.VersionAsync(cancellationToken),
            info.OSType ?? "linux",
            info.Architecture ?? "",
            info.NCPU,
            info.MemTotal,
            [.. (info.Runtimes ?? []).Keys.Order(StringComparer.Ordinal)],
            security.Any(option => option.StartsWith("name=rootless", StringComparison.Ordinal)),
            info.Driver ?? "");
    }

    /// <summary>The first engine of <see cref="EngineEndpoint.Candidates"/> that answers; null when none does.</summary>
    /// <exception cref="EngineException">None answers, but one refused this user: that is worth saying.</exception>
    public static async Task<EngineEndpoint?> FindAsync(IEnumerable<EngineEndpoint> candidates, CancellationToken cancellationToken)
    {
        EngineException? denied = null;
        foreach (var candidate in candidates)
        {
            try
            {
                using var engine = new DockerEngine(candidate);
                await engine._connection.VersionAsync(cancellationToken);
                return candidate;
            }
            catch (EngineException e)
            {
                denied = e.Fault == EngineFault.AccessDenied ? e : denied;
            }
        }

        return denied is null ? null : throw denied;
    }
}
