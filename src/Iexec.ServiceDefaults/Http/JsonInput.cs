using System.Text.Json;
using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Http;

namespace Iexec.ServiceDefaults.Http;

/// <summary>Reads JSON bodies of strangers.</summary>
public static class JsonInput
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <summary>The body as a JSON object. Dispose it. The size is limited by the server.</summary>
    /// <exception cref="IexecException">No JSON, or no object: <see cref="ErrorCode.ValidationError"/>.</exception>
    public static async Task<JsonDocument> ReadJsonObjectAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(request.Body, Options, cancellationToken);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? $" (line {line + 1})" : "";
            throw new IexecException(ErrorCode.ValidationError, $"Request body is not valid JSON{place}", null, exception);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new IexecException(ErrorCode.ValidationError, "Request body must be a JSON object");
    }
}
