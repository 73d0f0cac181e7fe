using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Iexec.ServiceDefaults.Http;

/// <summary>
/// How a service writes its errors: the official services differ. Attach one to a route group with
/// <see cref="ErrorShapeExtensions.WithErrorShape{TBuilder}"/>; other routes and unknown paths use <see cref="OkFalse"/>.
/// </summary>
public sealed class ErrorShape(string contentType, Action<Utf8JsonWriter, ErrorReply> write)
{
    /// <summary><c>{"ok":false,"error":message}</c>, the gateway's.</summary>
    public static ErrorShape OkFalse { get; } = new("application/json; charset=utf-8", static (writer, reply) =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", false);
        writer.WriteString("error", reply.Message);
        WriteHint(writer, reply);
        writer.WriteEndObject();
    });

    /// <summary><c>{"status":…,"error":kind,"message":message}</c>, that of the services that were written in Spring.</summary>
    public static ErrorShape StatusMessage { get; } = new("application/json; charset=utf-8", static (writer, reply) =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("status", reply.Status);
        writer.WriteString("error", reply.Code.ToString());
        writer.WriteString("message", reply.Message);
        WriteHint(writer, reply);
        writer.WriteEndObject();
    });

    /// <summary>Sends the reply.</summary>
    public async Task WriteAsync(HttpContext context, ErrorReply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = contentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        await using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Options))
        {
            write(writer, reply);
        }

        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static void WriteHint(Utf8JsonWriter writer, ErrorReply reply)
    {
        if (reply.Hint is not null)
        {
            writer.WriteString("hint", reply.Hint);
        }
    }
}

/// <summary>Attaches an <see cref="ErrorShape"/> to routes.</summary>
public static class ErrorShapeExtensions
{
    /// <summary>Errors of these routes are written in this shape.</summary>
    public static TBuilder WithErrorShape<TBuilder>(this TBuilder builder, ErrorShape shape)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(shape);
}
