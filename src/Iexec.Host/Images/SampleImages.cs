using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Host.Children;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;
using Iexec.Worker.Containers.Images;

namespace Iexec.Host.Images;

/// <summary>Builds sample applications through the engine and pushes them to the network's registry.</summary>
/// <param name="engine">The engine that builds.</param>
/// <param name="registry">Where the images go.</param>
/// <param name="samplesFolder">The folder <c>samples/</c>; <see cref="DefaultFolder"/> in a build of ours.</param>
/// <param name="stateFolder">Where it is remembered what was built.</param>
public sealed partial class SampleImages(DockerEngine engine, OciRegistry registry, string samplesFolder, string stateFolder)
{
    /// <summary>The samples beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>
    /// The sample's image by digest, in the registry. Built only if its files changed since the last time or the registry lost it.
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="output">Told what is being done; null drops it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<ImageReference> EnsureAsync(SampleImage sample, IProgress<string>? output, CancellationToken cancellationToken)
    {
        var context = new BuildContext(Path.Combine(samplesFolder, sample.Name));
        var digest = context.Digest();
        var record = Path.Combine(stateFolder, sample.Name + ".json");
        if (await ReadAsync(record, cancellationToken) is { } built && built.Context == digest
            && await registry.HasAsync(sample.Name, built.Image, cancellationToken))
        {
            return ImageReference.Parse($"{registry.Address}/{sample.Name}@{built.Image}");
        }

        var repository = $"{registry.Address}/{sample.Name}";
        var arguments = new Dictionary<string, string> { ["BASE_IMAGE"] = await EnsureBaseAsync(sample, output, cancellationToken) };
        output?.Report($"building the image {sample.Name}");
        await using (var tar = await context.ToTarAsync(cancellationToken))
        {
            await engine.BuildAsync(tar, repository + ":latest", arguments, output, cancellationToken);
        }

        output?.Report($"pushing the image {sample.Name}");
        var image = await engine.PushAsync(repository, "latest", cancellationToken);
        await WriteAsync(record, new Built(digest, image.Digest), cancellationToken);
        return image;
    }

    private async Task<string> EnsureBaseAsync(SampleImage sample, IProgress<string>? output, CancellationToken cancellationToken)
    {
        var (repository, tag) = sample.BaseImage;
        var local = $"iexec-base-{sample.Name}";
        foreach (var present in new[] { $"{repository}:{tag}", $"{local}:bookworm" })
        {
            if (await engine.FindImageAsync(present, cancellationToken) is not null)
            {
                return present;
            }
        }

        if (await DockerHub.AnswersAsync(cancellationToken))
        {
            try
            {
                output?.Report($"pulling {repository}:{tag}");
                await engine.PullTagAsync(repository, tag, cancellationToken);
                return $"{repository}:{tag}";
            }
            catch (EngineException e) when (e.Fault is EngineFault.RegistryUnreachable or EngineFault.RateLimited or EngineFault.Unauthorized)
            {
                output?.Report(e.Message);
            }
        }

        output?.Report($"Docker Hub does not answer: making the base of {sample.Name} from Debian's archive");
        Directory.CreateDirectory(stateFolder);
        var archive = Path.Combine(stateFolder, sample.Name + ".tar");
        try
        {
            await DebianRoot.WriteAsync(archive, sample.Packages, cancellationToken);
            await using var root = File.OpenRead(archive);
            await engine.ImportAsync(root, local, "bookworm", cancellationToken);
        }
        finally
        {
            File.Delete(archive);
        }

        return $"{local}:bookworm";
    }

    private static async Task<Built?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(file, BuiltJson.Default.Built, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(string path, Built built, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(built, BuiltJson.Default.Built), cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>What a context gave: the digest of its files and the image's.</summary>
    private sealed record Built(string Context, string Image);

    [JsonSerializable(typeof(Built))]
    private sealed partial class BuiltJson : JsonSerializerContext;
}
