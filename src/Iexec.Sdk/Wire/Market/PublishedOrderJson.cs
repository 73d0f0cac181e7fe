using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;

namespace Iexec.Sdk.Wire.Market;

/// <summary>The JSON of published orders: as signed, but prices, volume, category and trust are JSON numbers.</summary>
internal static class PublishedOrderJson
{
    /// <summary>Writes a signed order with numbers.</summary>
    public static void WriteSigned<TOrder>(Utf8JsonWriter writer, OrderSchema<TOrder> schema, Signed<TOrder> order)
        where TOrder : Order
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var inner = new Utf8JsonWriter(buffer))
        {
            schema.WriteJson(inner, order);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        var numbers = schema.Members.Where(member => member.AbiType == "uint256").Select(member => member.Name).ToHashSet();
        writer.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (numbers.Contains(member.Name))
            {
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(member.Value.GetString()!);
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>An integer as the gateway writes it: a JSON number.</summary>
    public static JsonNode Number(UInt256 value) => JsonNode.Parse(value.ToString())!;

    /// <summary>Reads an order document of a listing, or of the reply to a single order.</summary>
    /// <exception cref="FormatException">A member is missing or malformed.</exception>
    public static PublishedOrder<TOrder> Read<TOrder>(OrderSchema<TOrder> schema, JsonElement json)
        where TOrder : Order
    {
        if (!OrderHash.TryParse(Text(json, "orderHash"), out var hash) || !OrderStatusText.TryParse(Text(json, "status"), out var status))
        {
            throw new FormatException("not an order document");
        }

        return new PublishedOrder<TOrder>(
            hash,
            schema.ReadSignedJson(json.GetProperty("order")),
            (ulong)Number(json, "chainId"),
            Number(json, "remaining"),
            status,
            DateTimeOffset.Parse(Text(json, "publicationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Address.Parse(Text(json, "signer")));
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"{name} is missing");

    // A single order has its chain id as text, a listing as a number.
    private static UInt256 Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? UInt256.Parse(value.ToString()) : throw new FormatException($"{name} is missing");
}
