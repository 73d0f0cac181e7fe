using Iexec.Host.Children;
using Iexec.Host.Network;
using Iexec.Sdk.Errors;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;
using Iexec.Worker.Containers.Images;

namespace Iexec.Host.Images;

/// <summary>Builds users' folders into images of a registry.</summary>
public static class FolderImages
{
    /// <summary>A digest of what the image is made from.</summary>
    /// <exception cref="IexecException">No Dockerfile, or too large.</exception>
    public static string DigestOf(string folder) => new FolderContext(folder).Digest();

    /// <summary>True if the registry still has an image.</summary>
    public static async Task<bool> IsThereAsync(string registry, string name, string checksum, CancellationToken cancellationToken)
    {
        await using var images = OciRegistry.At(registry);
        try
        {
            return name.StartsWith(registry + "/", StringComparison.Ordinal) && await images.HasAsync(name[(registry.Length + 1)..], "sha256:" + checksum[2..], cancellationToken);
        }
        catch (HttpRequestException silent)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"The registry {registry} does not answer", "Start the local network with \"iexec up\", or name another registry with --registry.", silent);
        }
    }

    /// <summary>Builds and pushes.</summary>
    /// <exception cref="IexecException">ConfigurationError: no engine; BusinessError: the build failed, with the engine's words.</exception>
    public static async Task<BuiltSample> BuildAsync(
        string folder, string name, string registry, string stateFolder, IProgress<string> output, TimeProvider time, CancellationToken cancellationToken)
    {
        var repository = $"{registry}/{name}";
        try
        {
            IEnumerable<EngineEndpoint> own = DockerDaemon.FindIn(Workplace.EngineFolder(stateFolder)) is { } ours ? [ours] : [];
            var endpoint = await DockerEngine.FindAsync(EngineEndpoint.Candidates(Environment.GetEnvironmentVariable).Concat(own), cancellationToken)
                ?? throw new IexecException(ErrorCode.ConfigurationError, "No container engine answers, so the image cannot be built", "Start Docker or Podman, or the local network with \"iexec up\".");
            using var engine = new DockerEngine(endpoint, new ImageSourcePolicy([registry]), time: time);
            await using (var tar = await new FolderContext(folder).ToTarAsync(cancellationToken))
            {
                await engine.BuildAsync(tar, repository + ":latest", new Dictionary<string, string>(), output, cancellationToken);
            }

            output.Report($"pushing {repository}");
            var image = await engine.PushAsync(repository, "latest", cancellationToken);
            return new BuiltSample(image.Name, "0x" + image.Digest["sha256:".Length..]);
        }
        catch (EngineException failed)
        {
            throw new IexecException(ErrorCode.BusinessError, $"The image could not be built: {failed.Message}", failed.Hint ?? "Try it alone: docker build .", failed);
        }
    }
}
