using Iexec.Host.Children;
using Iexec.Host.Images;
using Iexec.Sdk.Errors;
using Iexec.Worker.Containers.Engine;
using Iexec.Worker.Containers.Images;

namespace Iexec.Host.Network;

/// <summary>Builds samples into the registry of a network that another process runs.</summary>
public sealed class SampleWorkshop : IAsyncDisposable
{
    private readonly DockerEngine _engine;
    private readonly OciRegistry _registry;
    private readonly SampleImages _samples;

    private SampleWorkshop(DockerEngine engine, OciRegistry registry, SampleImages samples)
    {
        _engine = engine;
        _registry = registry;
        _samples = samples;
    }

    /// <summary>A sample's image in that network's registry, built if need be.</summary>
    public Task<BuiltSample> BuildSampleAsync(SampleImage sample, IProgress<string> output, CancellationToken cancellationToken) =>
        BuiltSample.OfAsync(_samples, sample, output, cancellationToken);

    /// <summary>Finds the machine's engine, or the network's private one.</summary>
    /// <exception cref="IexecException">Neither answers.</exception>
    public static async Task<SampleWorkshop> OpenAsync(NetworkOptions options, NetworkStatus status, TimeProvider time, CancellationToken cancellationToken)
    {
        var registry = OciRegistry.At(options.RegistryAddress ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"127.0.0.1:{status.Ports.Registry}"));
        IEnumerable<EngineEndpoint> own = DockerDaemon.FindIn(Workplace.EngineFolder(options.StateFolder)) is { } endpointOfOurs ? [endpointOfOurs] : [];
        var candidates = EngineEndpoint.Candidates(Environment.GetEnvironmentVariable).Concat(own);
        var endpoint = await DockerEngine.FindAsync(candidates, cancellationToken)
            ?? throw new IexecException(ErrorCode.ConfigurationError, "No container engine answers.", "Restart the network: iexec down, then iexec up.");
        var engine = new DockerEngine(endpoint, new ImageSourcePolicy([registry.Address]), time: time);
        return new SampleWorkshop(engine, registry, new SampleImages(engine, registry, Path.Combine(options.ProductFolder, "samples"), options.RoleFolder("images")));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _registry.DisposeAsync();
    }
}
