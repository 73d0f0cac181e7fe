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

        if (document.RootElement.ValueKind == JsonValueKind.Object && IsText(document.RootElement))
        {
            return document;
        }

        var message = document.RootElement.ValueKind == JsonValueKind.Object ? "Request body is not valid JSON" : "Request body must be a JSON object";
        document.Dispose();
        throw new IexecException(ErrorCode.ValidationError, message);
    }

    // An escape such as \ud800 is good syntax but no text: reading it would throw where nobody expects it.
    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
