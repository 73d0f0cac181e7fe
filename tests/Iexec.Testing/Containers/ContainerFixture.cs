using Iexec.Host.Children;
using Iexec.Host.Images;
using Iexec.Worker.Containers.Engine;
using Iexec.Worker.Containers.Images;
using Xunit;

namespace Iexec.Testing.Containers;

/// <summary>
/// A container engine and an image registry for one test class, with the image of <c>samples/hello</c>: a daemon of its own under
/// a temporary folder where one can be started, else the engine of the machine.
/// </summary>
public sealed class ContainerFixture : IAsyncLifetime
{
    private DockerDaemon? _daemon;
    private EngineEndpoint? _endpoint;

    /// <summary>Everything of this fixture; gone afterwards.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("iexec-test-").FullName;

    /// <summary>The engine, allowed to pull from the fixture's registry.</summary>
    public DockerEngine Engine { get; private set; } = null!;

    /// <summary>The same engine for somebody with a clock of his own, who disposes it.</summary>
    public DockerEngine EngineBy(TimeProvider time) => new(_endpoint!, time: time);

    /// <summary>The registry.</summary>
    public OciRegistry Registry { get; private set; } = null!;

    /// <summary>The image of <c>samples/hello</c>.</summary>
    public ImageReference Hello { get; private set; } = null!;

    /// <summary>The daemon, if it is the fixture's own.</summary>
    public DockerDaemon? Daemon => _daemon;

    public async Task InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch
        {
            // The runner does not dispose a fixture that failed to begin, and its children would outlive it.
            await DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync()
    {
        var none = CancellationToken.None;
        Registry = await OciRegistry.StartAsync(Path.Combine(Folder, "registry"), FreePorts.One(), TimeProvider.System, none);
        _daemon = DockerDaemon.CanStart ? await DockerDaemon.StartAsync(Path.Combine(Folder, "docker"), TimeProvider.System, none) : null;
        var endpoint = _daemon?.Endpoint
            ?? await DockerEngine.FindAsync(EngineEndpoint.Candidates(Environment.GetEnvironmentVariable), none)
            ?? throw new InvalidOperationException("No container engine: install docker.io, or start Docker.");
        _endpoint = endpoint;
        Engine = new DockerEngine(endpoint, new ImageSourcePolicy([Registry.Address]));
        var images = new SampleImages(Engine, Registry, SampleImages.DefaultFolder, Path.Combine(Folder, "images"));
        Hello = await images.EnsureAsync(SampleImage.Hello, null, none);
    }

    public async Task DisposeAsync()
    {
        Engine?.Dispose();
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        if (Registry is not null)
        {
            await Registry.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
