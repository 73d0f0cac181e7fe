using Microsoft.AspNetCore.Http;

namespace Iexec.Market.Feed.Socket;

/// <summary>The transport of plain requests: GET waits for packets, POST brings some.</summary>
internal static class PollingTransport
{
    public static async Task SendAsync(HttpContext context, SocketSession session)
    {
        var reader = session.Outgoing;
        var packets = new List<string>();
        if (await reader.WaitToReadAsync(context.RequestAborted))
        {
            while (reader.TryRead(out var packet))
            {
                packets.Add(packet);
            }
        }
        else
        {
            packets.Add(SocketPacket.Close);
        }

        await WriteAsync(context, string.Join(SocketPacket.Separator, packets));
    }

    public static async Task ReceiveAsync(HttpContext context, SocketSession session)
    {
        using var reader = new StreamReader(context.Request.Body);
        var buffer = new char[SocketSession.LargestMessage + 1];
        var length = await reader.ReadBlockAsync(buffer, context.RequestAborted);
        if (length > SocketSession.LargestMessage)
        {
            session.Close();
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        foreach (var packet in new string(buffer, 0, length).Split(SocketPacket.Separator))
        {
            session.Receive(packet);
        }

        await WriteAsync(context, "ok");
    }

    public static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=UTF-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
