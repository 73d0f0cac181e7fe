using Iexec.Host.Children;
using Iexec.Host.Images;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;
using Iexec.Worker.Containers.Images;

namespace Iexec.Host.Network;

/// <summary>Where apps run: a container engine (the machine's own, or a private one that ends with us) and a registry on loopback.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly DockerDaemon? _daemon;

    private Workplace(DockerEngine engine, DockerDaemon? daemon, OciRegistry registry)
    {
        Engine = engine;
        _daemon = daemon;
        Registry = registry;
    }

    public DockerEngine Engine { get; }

    public OciRegistry Registry { get; }

    /// <summary>True if the engine is our own child.</summary>
    public bool IsPrivateEngine => _daemon is not null;

    public static async Task<Workplace> StartAsync(NetworkOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var daemon = StartEngineAsync(options, time, cancellationToken);
        var registry = options.RegistryAddress is { } address
            ? OciRegistry.At(address)
            : await OciRegistry.StartAsync(options.RoleFolder("registry"), options.Ports.Registry, time, cancellationToken);
        try
        {
            var (endpoint, child) = await daemon;
            return new Workplace(new DockerEngine(endpoint, new ImageSourcePolicy([registry.Address]), time: time), child, registry);
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Folder of the private engine. One serves all chains: its images are worth sharing.</summary>
    public static string EngineFolder(NetworkOptions options) => Path.Combine(options.StateFolder, "docker");

    public SampleImages Samples(NetworkOptions options) =>
        new(Engine, Registry, Path.Combine(options.ProductFolder, "samples"), options.RoleFolder("images"));

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        await Registry.DisposeAsync();
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }
    }

    private static async Task<(EngineEndpoint Endpoint, DockerDaemon? Child)> StartEngineAsync(NetworkOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await DockerEngine.FindAsync(EngineEndpoint.Candidates(Environment.GetEnvironmentVariable), cancellationToken) is { } running)
        {
            return (running, null);
        }

        var daemon = await DockerDaemon.StartAsync(EngineFolder(options), time, cancellationToken);
        return (daemon.Endpoint, daemon);
    }
}
