using System.Buffers;
using System.Text.Json;
using Iexec.Poco.Orders;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Market.Http;

/// <summary>Reads the <c>order</c> of a publication: every member checked with the official words, then handed to the order's schema.</summary>
internal static class SignedOrderReader
{
    // In bytes as a listing shows them, escapes and all: a page has up to a thousand orders. On the chain every one of them costs gas.
    private const int LongestParams = 16 * 1024;

    public static Signed<TOrder> Read<TOrder>(OrderSchema<TOrder> schema, JsonElement body)
        where TOrder : Order
    {
        if (!body.TryGetProperty("order", out var order) || order.ValueKind != JsonValueKind.Object)
        {
            throw YupText.Required("order");
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in schema.Members)
            {
                writer.WriteString(member.Name, ReadMember(order, member));
            }

            writer.WriteString("sign", YupText.ReadSign("order.sign", Text(order, "sign")));
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return schema.ReadSignedJson(document.RootElement);
    }

    private static string ReadMember(JsonElement order, OrderMember member)
    {
        var path = $"order.{member.Name}";
        var text = Text(order, member.Name);
        return member.AbiType switch
        {
            "address" => YupText.ReadAddress(path, text).ToString(),
            "uint256" => YupNumber.Read(path, text, member.Name == "volume" ? 1UL : 0UL).ToString(),
            "bytes32" => YupText.ReadBytes32(path, text).ToString(),
            _ => JsonEncodedText.Encode(text, JsonOutput.Options.Encoder).EncodedUtf8Bytes.Length <= LongestParams
                ? text
                : throw YupText.Invalid($"{path} must be at most {LongestParams} bytes"),
        };
    }

    private static string Text(JsonElement order, string name)
    {
        var path = $"order.{name}";
        if (!order.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            throw YupText.Required(path);
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw YupText.Invalid($"{path} must be a `string` type, but the final value was: `{value.ValueKind}`."),
        };
    }
}
