using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Iexec.Host.Chain;

/// <summary>The public face of the development node: passes JSON-RPC on to it for those whom <see cref="NodeBoundary"/> admits.</summary>
internal static class NodeGate
{
    private const string Json = "application/json";

    /// <summary>Serves <c>POST /</c>.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="node">The node behind the gate.</param>
    /// <param name="boundary">Who may pass.</param>
    /// <param name="isPaced">Receipts wait as <see cref="ReceiptPacing"/> says.</param>
    public static void MapNodeGate(this IEndpointRouteBuilder endpoints, HttpClient node, NodeBoundary boundary, bool isPaced)
    {
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var pacing = isPaced ? new ReceiptPacing(time) : null;
        endpoints.MapPost("/", context => ForwardAsync(context, node, boundary, pacing, time));
    }

    private static async Task ForwardAsync(HttpContext context, HttpClient node, NodeBoundary boundary, ReceiptPacing? pacing, TimeProvider time)
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

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var calls = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (pacing?.Note(calls) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, context.RequestAborted);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ReadOnlyMemoryContent(calls) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        try
        {
            using var reply = await node.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)reply.StatusCode;
            context.Response.ContentType = reply.Content.Headers.ContentType?.ToString() ?? Json;
            await reply.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
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
