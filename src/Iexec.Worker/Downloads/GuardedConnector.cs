using System.Net;
using System.Net.Sockets;

namespace Iexec.Worker.Downloads;

/// <summary>
/// Opens connections to public addresses only. The address is judged here, after resolving and right before connecting to that very
/// address, so that a resolver that answers differently the second time gains nothing.
/// </summary>
internal sealed class GuardedConnector(NameResolution resolve, IReadOnlySet<string> allowedOrigins)
{
    /// <summary>The origin of a URL: scheme, host and port.</summary>
    public static string OriginOf(Uri url) => $"{url.Scheme}://{url.IdnHost}:{url.Port}".ToLowerInvariant();

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        var isAllowed = allowedOrigins.Contains(OriginOf(context.InitialRequestMessage.RequestUri!));
        var usable = isAllowed ? addresses : Array.FindAll(addresses, PublicAddress.IsPublic);
        if (usable.Length == 0)
        {
            throw new ForbiddenAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal sealed class ForbiddenAddressException() : IOException("No public address.");
}
