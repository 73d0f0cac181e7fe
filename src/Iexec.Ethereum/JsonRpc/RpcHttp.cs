using System.Globalization;
using System.Text.Json;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>Reads the body of an answer within bounds.</summary>
internal static class RpcHttp
{
    /// <summary>The JSON of the answer. Nodes send error objects with 4xx and 5xx too, so a body that is JSON counts whatever the status.</summary>
    /// <exception cref="HttpRequestException">An error status with a body that is no JSON-RPC.</exception>
    /// <exception cref="InvalidDataException">Above <paramref name="maxBytes"/>.</exception>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static async Task<JsonDocument> ReadJsonAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(response, maxBytes, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return JsonDocument.Parse(body);
        }

        try
        {
            var document = JsonDocument.Parse(body);
            if (RpcJson.LooksLikeReply(document.RootElement))
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // A proxy's error page: the status says it all.
        }

        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        throw new HttpRequestException($"HTTP {status} {response.ReasonPhrase}".TrimEnd(), null, response.StatusCode);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        // The declared length may be missing or a lie, and a small compressed body may unfold: only what arrives counts.
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static InvalidDataException TooLarge(int maxBytes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"the answer is larger than {maxBytes} bytes; ask for a smaller range"));
}
