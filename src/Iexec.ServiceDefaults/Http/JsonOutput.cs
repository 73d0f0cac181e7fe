using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Iexec.ServiceDefaults.Http;

/// <summary>Writes JSON replies without a serializer in between.</summary>
public static class JsonOutput
{
    /// <summary>Text as readable as JSON allows: replies are <c>application/json</c> with <c>nosniff</c>, never embedded in HTML.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends what <paramref name="write"/> writes.</summary>
    public static async Task WriteJsonAsync(this HttpResponse response, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        await using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, response.HttpContext.RequestAborted);
    }
}
