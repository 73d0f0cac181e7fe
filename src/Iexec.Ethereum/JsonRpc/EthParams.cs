using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>Parameters of the <c>eth_*</c> methods as JSON text. Source: Ethereum execution API specification.</summary>
internal static class EthParams
{
    // The texts put between quotes here are hexadecimal of our own making: nothing needs escaping.
    public static string None => "[]";

    public static string Of(string value) => $"[\"{value}\"]";

    public static string Of(string first, string second) => $"[\"{first}\",\"{second}\"]";

    public static string BlockHeader(string block) => $"[\"{block}\",false]";

    public static string Block(ulong? number) => number is { } value ? Quantity(value) : "latest";

    public static string Quantity(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    public static string Call(EthCall call, string? block) => Write(writer =>
    {
        writer.WriteStartObject();
        if (call.From is { } from)
        {
            writer.WriteString("from", from.ToHex());
        }

        if (call.To is { } to)
        {
            writer.WriteString("to", to.ToHex());
        }

        if (!call.ValueWei.IsZero)
        {
            writer.WriteString("value", call.ValueWei.ToQuantity());
        }

        writer.WriteString("data", Hex.Encode(call.Data.Span));
        writer.WriteEndObject();
        if (block is not null)
        {
            writer.WriteStringValue(block);
        }
    });

    public static string Logs(LogFilter filter) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("fromBlock", Quantity(filter.FromBlock));
        writer.WriteString("toBlock", Quantity(filter.ToBlock));
        if (filter.Addresses.Count > 0)
        {
            writer.WriteStartArray("address");
            foreach (var address in filter.Addresses)
            {
                writer.WriteStringValue(address.ToHex());
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("topics");
        foreach (var anyOf in filter.Topics)
        {
            WriteTopics(writer, anyOf);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteTopics(Utf8JsonWriter writer, IReadOnlyList<Bytes32>? anyOf)
    {
        if (anyOf is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var topic in anyOf)
        {
            writer.WriteStringValue(topic.ToString());
        }

        writer.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
