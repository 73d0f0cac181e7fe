using System.Net;

namespace Iexec.Worker.Downloads;

/// <summary>Addresses of a host; throws <see cref="System.Net.Sockets.SocketException"/> when there are none.</summary>
public delegate Task<IPAddress[]> NameResolution(string host, CancellationToken cancellationToken);

/// <summary>Ways to resolve names.</summary>
public static class NameResolutions
{
    /// <summary>The operating system's.</summary>
    public static Task<IPAddress[]> System(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
