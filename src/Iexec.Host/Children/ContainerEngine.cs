using Iexec.Worker.Containers.Engine;
using Iexec.Worker.Containers.Images;

namespace Iexec.Host.Children;

/// <summary>The container engine that apps run in: one that answers already, or a private one that ends with us.</summary>
internal sealed class ContainerEngine : IAsyncDisposable
{
    private readonly DockerDaemon? _daemon;

    private ContainerEngine(DockerEngine engine, DockerDaemon? daemon) => (Engine, _daemon) = (engine, daemon);

    public DockerEngine Engine { get; }

    /// <summary>True if the engine is our own child.</summary>
    public bool IsPrivate => _daemon is not null;

    /// <summary>The machine's engine, else one of <paramref name="others"/>, else a daemon of our own.</summary>
    /// <param name="folder">State of the own daemon.</param>
    /// <param name="others">Further places to look, e.g. the private engine of a network on this machine.</param>
    /// <param name="policy">Where images may come from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ContainerEngine> FindOrStartAsync(
        string folder, IEnumerable<EngineEndpoint> others, ImageSourcePolicy policy, TimeProvider time, CancellationToken cancellationToken)
    {
        var candidates = EngineEndpoint.Candidates(Environment.GetEnvironmentVariable);
        if (await DockerEngine.FindAsync([.. candidates, .. others], cancellationToken) is { } running)
        {
            return new ContainerEngine(new DockerEngine(running, policy, time: time), null);
        }

        var daemon = await DockerDaemon.StartAsync(folder, time, cancellationToken);
        return new ContainerEngine(new DockerEngine(daemon.Endpoint, policy, time: time), daemon);
    }

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }
    }
}
