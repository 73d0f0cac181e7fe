using System.Net.WebSockets;
using System.Text;

namespace Iexec.Market.Feed.Socket;

/// <summary>The transport of one WebSocket, from the start or after an upgrade.</summary>
internal static class WebSocketTransport
{
    /// <summary>Carries packets both ways until either side ends.</summary>
    /// <param name="isUpgrade">True if the session began with plain requests: the client probes, the waiting request is let go, the client confirms.</param>
    public static async Task RunAsync(WebSocket socket, SocketSession session, bool isUpgrade, CancellationToken cancellationToken)
    {
        if (isUpgrade && !await UpgradeAsync(socket, session, cancellationToken))
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(socket, session, either.Token);
        try
        {
            while (session.IsOpen && await ReceiveAsync(socket, either.Token) is { } packet)
            {
                session.Receive(packet);
            }
        }
        finally
        {
            session.Close();
            await sending;
        }
    }

    private static async Task<bool> UpgradeAsync(WebSocket socket, SocketSession session, CancellationToken cancellationToken)
    {
        if (await ReceiveAsync(socket, cancellationToken) != SocketPacket.Probe)
        {
            return false;
        }

        await SendAsync(socket, SocketPacket.ProbeAnswer, cancellationToken);
        session.Send(SocketPacket.Noop);
        return await ReceiveAsync(socket, cancellationToken) == SocketPacket.Upgrade;
    }

    private static async Task SendAsync(WebSocket socket, SocketSession session, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var packet in session.Outgoing.ReadAllAsync(cancellationToken))
            {
                await SendAsync(socket, packet, cancellationToken);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            session.Close();
        }
    }

    private static Task SendAsync(WebSocket socket, string packet, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Null at the end, and for what is too long or no text.</summary>
    private static async Task<string?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[SocketSession.LargestMessage];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += part.Count;
                if (part.MessageType != WebSocketMessageType.Text || (length == buffer.Length && !part.EndOfMessage))
                {
                    return null;
                }

                if (part.EndOfMessage)
                {
                    return Encoding.UTF8.GetString(buffer, 0, length);
                }
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }
}
