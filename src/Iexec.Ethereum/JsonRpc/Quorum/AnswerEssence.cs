using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Iexec.Ethereum.JsonRpc.Quorum;

/// <summary>
/// The part of a result that the client reads, in one spelling. Kinds of nodes add members of their own and write hexadecimal in either case;
/// and what was not compared must not be passed on, since one node alone has said it.
/// </summary>
internal static class AnswerEssence
{
    private static readonly HashSet<string> Read =
    [
        "number", "hash", "parentHash", "timestamp", "baseFeePerGas",
        "transactionHash", "status", "blockNumber", "blockHash", "gasUsed", "effectiveGasPrice", "contractAddress", "logs",
        "address", "topics", "data", "logIndex",
    ];

    /// <summary>Members in the order of their names, without nulls; texts in lower case.</summary>
    public static string Of(JsonElement result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, result);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(static member => Read.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
                    .OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString()!.ToLowerInvariant());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
