using Iexec.Worker.Containers.Images;

namespace Iexec.Worker.Containers;

/// <summary>
/// What a worker needs from a container engine. The real one is <see cref="Engine.DockerEngine"/>; a simulation brings its own.
/// Every member that fails throws <see cref="EngineException"/>, except <see cref="RunAsync"/>, whose failures are part of its outcome.
/// </summary>
public interface IContainerEngine
{
    /// <summary>Who answers: versions, platform, the runtimes on offer. Throws when nobody answers.</summary>
    Task<EngineDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes sure that exactly the image with this digest is present. An image already present is not fetched again;
    /// one that cannot be had, or has another digest, is an error.
    /// </summary>
    Task<ImageDescription> PullAsync(ImageReference image, PullOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a container to its end and removes it. Cancelling kills and removes it, then throws <see cref="OperationCanceledException"/>.
    /// A container that vanishes or an engine that stops answering ends the run within two seconds with
    /// <see cref="RunEnd.Vanished"/> or <see cref="RunEnd.EngineLost"/>.
    /// </summary>
    Task<RunOutcome> RunAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>Containers, running or not, that carry all these labels.</summary>
    Task<IReadOnlyList<ContainerListing>> ListAsync(IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>Kills and removes a container with its anonymous volumes; one that is already gone is no error.</summary>
    Task RemoveAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Removes an image; false if it is in use or already gone.</summary>
    Task<bool> RemoveImageAsync(string reference, CancellationToken cancellationToken);
}
