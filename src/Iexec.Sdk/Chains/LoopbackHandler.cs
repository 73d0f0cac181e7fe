using System.Net;
using System.Net.Sockets;

namespace Iexec.Sdk.Chains;

/// <summary>
/// Sends what goes to this machine on the caller's own thread, up to the answer's headers. A local node answers within a millisecond; waking
/// threads for it, and compiling the code that waits, would take a short process many times as long. Everything else is sent as ever. Not for
/// programs whose callers must not wait, such as those with a window, nor for questions whose answer takes long by design.
/// </summary>
internal sealed class LoopbackHandler(HttpMessageHandler inner) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _invoker = new(inner, disposeHandler: false);

    /// <summary>
    /// For <see cref="SocketsHttpHandler.ConnectCallback"/>: as without one, but the address of this machine is not waited for on other threads.
    /// </summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isLoopback = context.DnsEndPoint.Host == "127.0.0.1";
        var socket = isLoopback ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            if (isLoopback)
            {
                socket.Connect(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port));
            }
            else
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.Send(request, cancellationToken);

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsLoopback: true })
        {
            return _invoker.SendAsync(request, cancellationToken);
        }

        try
        {
            return Task.FromResult(_invoker.Send(request, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<HttpResponseMessage>(cancellationToken);
        }
        catch (Exception failure)
        {
            return Task.FromException<HttpResponseMessage>(failure);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _invoker.Dispose();
        }

        base.Dispose(disposing);
    }
}
