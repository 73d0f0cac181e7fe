using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Iexec.Ethereum.JsonRpc.Quorum;

/// <summary>What one node answered to one call: the JSON text of a result, reduced to its essence, or of an error.</summary>
internal sealed record NodeAnswer(string? Result, string? Error)
{
    /// <summary>Reads one object of an answer; null when it is no JSON-RPC answer.</summary>
    public static NodeAnswer? Read(JsonElement reply)
    {
        if (reply.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (reply.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            return new NodeAnswer(null, error.GetRawText());
        }

        return reply.TryGetProperty("result", out var result) ? new NodeAnswer(AnswerEssence.Of(result), null) : null;
    }

    /// <summary>Nodes word the same error differently: only a revert's data can be compared.</summary>
    public string Key => Result ?? $"error {RevertData()}";

    /// <summary>The result as a quantity; null for anything else.</summary>
    public BigInteger? Quantity =>
        Result is ['"', '0', 'x', .. var digits, '"'] && BigInteger.TryParse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    private string RevertData()
    {
        using var error = JsonDocument.Parse(Error!);
        return error.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String ? data.GetString()!.ToLowerInvariant() : "";
    }
}
