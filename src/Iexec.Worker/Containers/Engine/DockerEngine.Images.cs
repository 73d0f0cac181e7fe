using System.Net.Http.Headers;
using System.Text.Json;
using Iexec.Worker.Containers.Images;

namespace Iexec.Worker.Containers.Engine;

public sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<ImageDescription> PullAsync(ImageReference image, PullOptions options, CancellationToken cancellationToken)
    {
        if (await FindImageAsync(image.ToString(), cancellationToken) is { } present)
        {
            return present;
        }

        await _sources.CheckAsync(image, cancellationToken);
        using var limit = new CancellationTokenSource(options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await FetchAsync(image, options, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or EngineException && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EngineException(EngineFault.TimedOut, $"The image {image} was not fetched within {options.Timeout.TotalMinutes:0.#} minutes.", "Use a smaller image, or a registry that is nearer.", e);
        }

        // The engine verifies the manifest's digest; that the image is found by it again says that it really did.
        var pulled = await FindImageAsync(image.ToString(), cancellationToken)
            ?? throw new EngineException(EngineFault.DigestMismatch, $"The engine has no image with the digest {image.Digest} after pulling it.");
        if (!pulled.RepoDigests.Any(name => name.EndsWith("@" + image.Digest, StringComparison.Ordinal)))
        {
            throw new EngineException(EngineFault.DigestMismatch, $"The image pulled as {image} has another digest.");
        }

        if (pulled.SizeBytes > options.MaxBytes)
        {
            await RemoveImageAsync(image.ToString(), cancellationToken);
            throw TooLarge(image, options);
        }

        return pulled;
    }

    /// <summary>A local image by any of its names.</summary>
    /// <exception cref="EngineException"><see cref="EngineFault.NotFound"/>.</exception>
    public async Task<ImageDescription> InspectImageAsync(string reference, CancellationToken cancellationToken) =>
        await FindImageAsync(reference, cancellationToken)
            ?? throw new EngineException(EngineFault.NotFound, $"The image {reference} is not on this machine.");

    /// <summary>A local image by any of its names; null when there is none.</summary>
    public async Task<ImageDescription?> FindImageAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            var image = await _connection.GetAsync($"images/{reference}/json", EngineJson.Default.ImageBody, cancellationToken);
            return new ImageDescription(
                image.Id, image.RepoDigests ?? [], image.Config?.User ?? "", image.Config?.Entrypoint ?? [], [.. (image.Config?.Volumes ?? []).Keys], image.Size);
        }
        catch (EngineException e) when (e.Fault is EngineFault.NotFound or EngineFault.ImageNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveImageAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.DeleteAsync($"images/{reference}", cancellationToken);
            return true;
        }
        catch (EngineException e) when (e.Fault is EngineFault.NotFound or EngineFault.ImageNotFound or EngineFault.Conflict)
        {
            return false;
        }
    }

    /// <summary>Builds an image from a context in tar form, with the classic builder.</summary>
    /// <param name="context">The context, with a <c>Dockerfile</c> at its root.</param>
    /// <param name="tag">Name and tag of the image.</param>
    /// <param name="arguments">Values of the Dockerfile's <c>ARG</c>s.</param>
    /// <param name="output">Told each line the build prints; null drops them.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    public async Task BuildAsync(
        Stream context, string tag, IReadOnlyDictionary<string, string> arguments, IProgress<string>? output, CancellationToken cancellationToken)
    {
        var values = Uri.EscapeDataString(JsonSerializer.Serialize(arguments, EngineJson.Default.IReadOnlyDictionaryStringString));

        // The host's network, since a private daemon has no bridge; only Dockerfiles of this machine's user are built.
        var path = $"build?t={Uri.EscapeDataString(tag)}&buildargs={values}&rm=1&forcerm=1&networkmode=host";
        using var content = Tar(context);
        var steps = new BuildSteps(arguments);
        await foreach (var line in _connection.StreamAsync(path, content, null, cancellationToken))
        {
            if (line.Error is not null)
            {
                throw EngineErrors.OfBuild(steps.Instruction, line.Error);
            }

            if (line.Stream?.TrimEnd() is { Length: > 0 } text)
            {
                steps.Read(text);
                output?.Report(text);
            }
        }
    }

    /// <summary>Makes an image of one layer from a root file system in tar form.</summary>
    public async Task ImportAsync(Stream root, string repository, string tag, CancellationToken cancellationToken)
    {
        using var content = Tar(root);
        var path = $"images/create?fromSrc=-&repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}";
        await foreach (var line in _connection.StreamAsync(path, content, null, cancellationToken))
        {
            if (line.Error is not null)
            {
                throw EngineErrors.OfRegistry($"{repository}:{tag}", line.Error);
            }
        }
    }

    /// <summary>Gives a local image another name.</summary>
    public Task TagAsync(string reference, string repository, string tag, CancellationToken cancellationToken) =>
        _connection.PostAsync($"images/{reference}/tag?repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}", cancellationToken);

    /// <summary>Pulls by tag, for base images of our own builds; what strangers name is pulled by digest.</summary>
    public async Task PullTagAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        var path = $"images/create?fromImage={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}";
        await Transfer($"{repository}:{tag}", path, "docker.io", _ => { }, cancellationToken);
    }

    /// <summary>Pushes a local image to its registry.</summary>
    /// <returns>The image by the digest of the manifest that the registry now holds.</returns>
    public async Task<ImageReference> PushAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        string? digest = null;
        var registry = repository[..repository.IndexOf('/', StringComparison.Ordinal)];
        await Transfer(
            $"{repository}:{tag}", $"images/{repository}/push?tag={Uri.EscapeDataString(tag)}", registry,
            line => digest = line.Aux?.Digest ?? digest, cancellationToken);
        return ImageReference.Parse($"{repository}@{digest
            ?? throw new EngineException(EngineFault.Refused, $"The registry did not say which digest {repository}:{tag} has.")}");
    }

    private Task FetchAsync(ImageReference image, PullOptions options, CancellationToken cancellationToken)
    {
        var layers = new Dictionary<string, (long Current, long Total)>();
        var path = $"images/create?fromImage={Uri.EscapeDataString(image.Name)}&tag={Uri.EscapeDataString(image.Digest)}";
        return Transfer(image.ToString(), path, image.Registry, OnLine, cancellationToken);

        void OnLine(ProgressBody line)
        {
            if (line is not { Id: { } id, Status: "Downloading", Detail: { } detail })
            {
                return;
            }

            layers[id] = (detail.Current ?? 0, Math.Max(detail.Total ?? 0, 0));
            var current = layers.Values.Sum(layer => layer.Current);
            var total = layers.Values.Sum(layer => layer.Total);
            if (Math.Max(current, total) > options.MaxBytes)
            {
                // Leaving the stream ends the pull.
                throw TooLarge(image, options);
            }

            options.Progress?.Report(new PullProgress(current, total));
        }
    }

    private async Task Transfer(string image, string path, string registry, Action<ProgressBody> onLine, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in _connection.StreamAsync(path, null, _credentials.HeaderFor(registry), cancellationToken))
            {
                if (line.Error is not null)
                {
                    throw EngineErrors.OfRegistry(image, line.Error);
                }

                onLine(line);
            }
        }
        catch (EngineException e) when (e.Fault is EngineFault.NotFound)
        {
            throw new EngineException(EngineFault.ImageNotFound, $"The image {image} does not exist, or is not public. ({e.Message})", "Push the image first, and check the app's address and checksum.", e);
        }
        catch (EngineException e) when (e.InnerException is null && e.Fault is not (EngineFault.TooLarge or EngineFault.Refused) && !e.Message.Contains(image, StringComparison.Ordinal))
        {
            throw EngineErrors.OfRegistry(image, e.Message);
        }
    }

    private static EngineException TooLarge(ImageReference image, PullOptions options) =>
        new(EngineFault.TooLarge, $"The image {image} is larger than the {options.MaxBytes:N0} bytes this worker accepts.", "Use a smaller image.");

    private static StreamContent Tar(Stream content) =>
        new(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-tar") } };
}
