using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Host.Chain;

/// <summary>The public face of the development node: passes JSON-RPC on to it for those whom <see cref="NodeBoundary"/> admits.</summary>
internal static class NodeGate
{
    private const string Json = "application/json";

    /// <summary>Serves <c>POST /</c>.</summary>
    public static void MapNodeGate(this IEndpointRouteBuilder endpoints, HttpClient node, NodeBoundary boundary) =>
        endpoints.MapPost("/", context => ForwardAsync(context, node, boundary));

    private static async Task ForwardAsync(HttpContext context, HttpClient node, NodeBoundary boundary)
    {
        if (boundary.Refuse(context.Request) is { } reason)
        {
            await AnswerAsync(context, HttpStatusCode.Forbidden, -32600, reason);
            return;
        }

        // A browser asks before it sends JSON to a foreign site (preflight), but sends plain text and forms at once.
        if (!context.Request.HasJsonContentType())
        {
            await AnswerAsync(context, HttpStatusCode.UnsupportedMediaType, -32600, "The node takes Content-Type: application/json only.");
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StreamContent(context.Request.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        try
        {
            using var reply = await node.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)reply.StatusCode;
            context.Response.ContentType = reply.Content.Headers.ContentType?.ToString() ?? Json;
            await reply.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException sending) when (sending.InnerException is BadHttpRequestException)
        {
            // The caller's body is too long or ends early: not the node's fault.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(sending.InnerException);
        }
        catch (HttpRequestException)
        {
            await AnswerAsync(context, HttpStatusCode.BadGateway, -32000, "The chain is starting or has stopped.");
        }
    }

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, int code, string message)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = Json;
        return context.Response.WriteAsync(
            $$$"""{"jsonrpc":"2.0","id":null,"error":{"code":{{{code}}},"message":{{{System.Text.Json.JsonSerializer.Serialize(message, NodeGateJson.Default.String)}}}}}""",
            context.RequestAborted);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class NodeGateJson : System.Text.Json.Serialization.JsonSerializerContext;
