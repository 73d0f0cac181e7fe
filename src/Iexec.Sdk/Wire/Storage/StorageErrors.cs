using System.Text.Json;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wire.Storage;

internal static class StorageErrors
{
    private const int LargestWordsBytes = 64 * 1024;

    public static IexecException Unreachable(Uri host, Exception error) =>
        new(ErrorCode.IpfsGatewayCallError, $"Connection to {host} failed with a network error", "Check that the storage runs and that chain.json names it.", error);

    public static async Task<IexecException> ReadAsync(HttpResponseMessage reply, Uri host, CancellationToken cancellationToken)
    {
        await reply.Content.LoadIntoBufferAsync(LargestWordsBytes, cancellationToken).ConfigureAwait(false);
        var text = await reply.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false);
        return new IexecException(ErrorCode.IpfsGatewayCallError, Reason(text) is { Length: > 0 and < 500 } reason ? reason : $"The storage at {host} answered {(int)reply.StatusCode}.");
    }

    // A storage of ours says it in JSON, gateways and proxies of others in words.
    private static string Reason(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                ? error.GetString()!
                : text;
        }
        catch (Exception words) when (words is JsonException or InvalidOperationException)
        {
            return text;
        }
    }
}
