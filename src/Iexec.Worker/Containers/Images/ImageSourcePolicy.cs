using System.Net;
using System.Net.Sockets;
using Iexec.Worker.Downloads;

namespace Iexec.Worker.Containers.Images;

/// <summary>
/// Registries that images of strangers may come from. A name in an order must not make the engine knock at this machine's own network.
/// The engine resolves the name once more itself, so this keeps out names that are private, not a resolver that lies twice;
/// a pool that needs that too confines its engine by a firewall.
/// </summary>
/// <param name="allowed">Registries (host, or host:port) allowed although they are private: the network's own.</param>
/// <param name="resolve">Name resolution; null is the system's.</param>
public sealed class ImageSourcePolicy(IEnumerable<string> allowed, NameResolution? resolve = null)
{
    private readonly HashSet<string> _allowed = new(allowed, StringComparer.OrdinalIgnoreCase);
    private readonly NameResolution _resolve = resolve ?? NameResolutions.System;

    /// <summary>Every registry with a public address, and no other.</summary>
    public static ImageSourcePolicy PublicOnly { get; } = new([]);

    /// <summary>Throws <see cref="EngineFault.RegistryForbidden"/> or <see cref="EngineFault.RegistryUnreachable"/> unless the image's registry may be asked.</summary>
    public async Task CheckAsync(ImageReference image, CancellationToken cancellationToken)
    {
        if (_allowed.Contains(image.Registry))
        {
            return;
        }

        var host = new Uri("https://" + image.Registry).DnsSafeHost;
        IPAddress[] addresses;
        try
        {
            // Docker Hub's name is not the host its API lives on.
            addresses = await _resolve(host == "docker.io" ? "registry-1.docker.io" : host, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new EngineException(EngineFault.RegistryUnreachable, $"The registry {image.Registry} cannot be found.", "Check its name and the network of this machine.", e);
        }

        if (!addresses.All(PublicAddress.IsPublic))
        {
            throw new EngineException(EngineFault.RegistryForbidden, $"The registry {image.Registry} has a private address; images are not fetched from there.",
                "Push the image to a public registry, or let the owner of the pool allow this one.");
        }
    }
}
