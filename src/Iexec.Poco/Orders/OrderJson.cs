using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Iexec.Ethereum;

namespace Iexec.Poco.Orders;

/// <summary>Reads the values of orders from JSON, with the error words of the official clients.</summary>
internal static class OrderJson
{
    private static readonly JsonWriterOptions CompactOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Required(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : throw new FormatException($"{name} is a required field");

    public static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.String ? json.GetString()! : throw new FormatException($"{name} must be a string");

    /// <summary>Decimal digits alone: signs, fractions, exponents and hexadecimal are refused rather than interpreted.</summary>
    public static UInt256 Number(JsonElement json, string name)
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString()!,
            JsonValueKind.Number => json.GetRawText(),
            _ => throw new FormatException($"{name} must be a number"),
        };
        return text.AsSpan().ContainsAnyExceptInRange('0', '9') || !UInt256.TryParse(text, out var value)
            ? throw new FormatException($"{text} is not a valid uint256")
            : value;
    }

    public static string Compact(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, CompactOptions))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
