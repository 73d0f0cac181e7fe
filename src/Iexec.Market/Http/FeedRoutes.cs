using System.Net;
using Iexec.Ethereum;
using Iexec.Market.Feed.Socket;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>The live feed: Socket.IO at <c>/ws</c>, and the same events by number at <c>/events</c>.</summary>
internal static class FeedRoutes
{
    private const int MostEvents = 1000;

    public static void MapSocket(IEndpointRouteBuilder routes, Markets markets, RateLimit handshakes)
    {
        // Accepts the upgrade of these requests alone.
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(context => SocketAsync(context, markets.Sessions, handshakes));
        routes.Map(MarketRoutes.Feed + "/{**rest}", pipeline.Build()).RequireCors(ServiceDefaultsExtensions.AnyOrigin);
    }

    public static void MapEvents(IEndpointRouteBuilder routes, Markets markets) => routes.MapGet(MarketRoutes.Events, async (HttpContext context) =>
    {
        var query = new QueryReader(context.Request.Query);
        var market = markets.Of(query);
        var since = (long)(query.Number("since") ?? UInt256.Zero);
        var limit = (int)(query.Number("limit", 1, MostEvents) ?? 100);
        var events = await market.Feed.SinceAsync(since, limit, context.RequestAborted);
        var last = await market.Feed.LastAsync(context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteStartArray("events");
            foreach (var e in events)
            {
                writer.WriteStartObject();
                writer.WriteNumber("seq", e.Seq);
                writer.WriteString("topic", e.Topic);
                writer.WriteString("name", e.Name);
                writer.WritePropertyName("data");
                writer.WriteRawValue(e.Payload, skipInputValidation: true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            // Older ones than these are forgotten; a first number above since + 1 tells that some were missed.
            writer.WriteNumber("last", last);
        });
    });

    private static async Task SocketAsync(HttpContext context, SocketSessions sessions, RateLimit handshakes)
    {
        var query = context.Request.Query;
        var client = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var sid = query["sid"].ToString();
        var isSocket = context.WebSockets.IsWebSocketRequest;
        if (query["EIO"] != "4")
        {
            await RefuseAsync(context, 5, "Unsupported protocol version");
        }
        else if (query["transport"] != (isSocket ? "websocket" : "polling"))
        {
            await RefuseAsync(context, 0, "Transport unknown");
        }
        else if (sid.Length == 0)
        {
            await OpenAsync(context, sessions, handshakes, client);
        }
        else if (sessions.Find(sid, client) is not { } session)
        {
            await RefuseAsync(context, 1, "Session ID unknown");
        }
        else if (isSocket)
        {
            await RunAsync(context, sessions, session, isUpgrade: true);
        }
        else if (HttpMethods.IsPost(context.Request.Method))
        {
            await PollingTransport.ReceiveAsync(context, session);
        }
        else
        {
            await PollingTransport.SendAsync(context, session);
        }
    }

    private static async Task OpenAsync(HttpContext context, SocketSessions sessions, RateLimit handshakes, IPAddress client)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await RefuseAsync(context, 2, "Bad handshake method");
        }
        else if ((!IPAddress.IsLoopback(client) && !handshakes.Count(client).Allowed) || sessions.Open(client) is not { } session)
        {
            await RefuseAsync(context, 4, "Forbidden", StatusCodes.Status429TooManyRequests);
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            session.Send(SocketPacket.Open(session.Id, canUpgrade: false));
            await RunAsync(context, sessions, session, isUpgrade: false);
        }
        else
        {
            await PollingTransport.WriteAsync(context, SocketPacket.Open(session.Id, canUpgrade: true));
        }
    }

    private static async Task RunAsync(HttpContext context, SocketSessions sessions, SocketSession session, bool isUpgrade)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await WebSocketTransport.RunAsync(socket, session, isUpgrade, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The listener left.
        }
        finally
        {
            sessions.Remove(session);
        }
    }

    private static Task RefuseAsync(HttpContext context, int code, string message, int status = StatusCodes.Status400BadRequest) =>
        context.Response.WriteJsonAsync(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("code", code);
                writer.WriteString("message", message);
                writer.WriteEndObject();
            },
            status);
}
