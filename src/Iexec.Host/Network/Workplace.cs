using Iexec.Host.Children;
using Iexec.Host.Images;
using Iexec.Worker.Containers.Engine;
using Iexec.Worker.Containers.Images;

namespace Iexec.Host.Network;

/// <summary>Where apps run: a container engine (the machine's own, or a private one that ends with us) and a registry on loopback.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly ContainerEngine _engine;
    private readonly FolderLock? _ownsEngine;

    private Workplace(ContainerEngine engine, OciRegistry registry, FolderLock? ownsEngine)
    {
        _engine = engine;
        _ownsEngine = ownsEngine;
        Registry = registry;
    }

    public DockerEngine Engine => _engine.Engine;

    public OciRegistry Registry { get; }

    /// <summary>True if the engine is our own child.</summary>
    public bool IsPrivateEngine => _engine.IsPrivate;

    public static async Task<Workplace> StartAsync(NetworkOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        // The policy names the registry's address, which is known before it answers; so both start together.
        var address = options.RegistryAddress ?? OciRegistry.AddressOf(options.Ports.Registry);
        var folder = EngineFolder(options.StateFolder);
        var ownsEngine = FolderLock.TryTake(folder);

        // A private engine that another chain's network runs is shared; taken for an orphan, it would be ended under that network's feet.
        EngineEndpoint[] others = ownsEngine is null && DockerDaemon.FindIn(folder) is { } theirs ? [theirs] : [];
        var engine = ContainerEngine.FindOrStartAsync(folder, others, new ImageSourcePolicy([address]), time, cancellationToken);
        try
        {
            var registry = options.RegistryAddress is not null
                ? OciRegistry.At(address)
                : await OciRegistry.StartAsync(options.RoleFolder("registry"), options.Ports.Registry, time, cancellationToken);
            try
            {
                return new Workplace(await engine, registry, ownsEngine);
            }
            catch
            {
                await registry.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await EndAsync(engine);
            ownsEngine?.Dispose();
            throw;
        }
    }

    /// <summary>One private engine serves all chains: its images are worth sharing.</summary>
    public static string EngineFolder(string stateFolder) => Path.Combine(stateFolder, "docker");

    public SampleImages Samples(NetworkOptions options) =>
        new(Engine, Registry, Path.Combine(options.ProductFolder, "samples"), options.RoleFolder("images"));

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        await _engine.DisposeAsync();
        _ownsEngine?.Dispose();
    }

    private static async Task EndAsync(Task<ContainerEngine> starting)
    {
        await Task.WhenAny(starting);
        if (starting.IsCompletedSuccessfully)
        {
            await (await starting).DisposeAsync();
        }
    }
}
