using System.Globalization;
using System.Text.Json;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>Results of the <c>eth_*</c> methods. Everything a node may write wrongly ends in <see cref="FormatException"/>.</summary>
internal static class EthResults
{
    public static ulong Ulong(JsonElement value)
    {
        var text = Text(value);
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' is not a quantity of 64 bits");
    }

    public static UInt256 Quantity(JsonElement value) => UInt256.Parse(Text(value));

    public static byte[] Data(JsonElement value) => Hex.Decode(Text(value));

    public static Bytes32 Hash(JsonElement value) => Bytes32.Parse(Text(value));

    public static Address Address(JsonElement value) => Ethereum.Address.Parse(Text(value));

    /// <summary>Null for JSON null: the node has no such block.</summary>
    public static BlockHeader? Block(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : new BlockHeader(
        Ulong(Member(value, "number")),
        Hash(Member(value, "hash")),
        Hash(Member(value, "parentHash")),
        Ulong(Member(value, "timestamp")),
        Optional(value, "baseFeePerGas") is { } baseFee ? Quantity(baseFee) : null);

    /// <summary>Null for JSON null: not mined. Some nodes show receipts of pending transactions without a block; those count as not mined.</summary>
    public static TransactionReceipt? Receipt(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || Optional(value, "blockHash") is not { } blockHash ? null : new TransactionReceipt(
            Hash(Member(value, "transactionHash")),
            Ulong(Member(value, "status")) == 1,
            Ulong(Member(value, "blockNumber")),
            Hash(blockHash),
            Ulong(Member(value, "gasUsed")),
            Optional(value, "effectiveGasPrice") is { } price ? Quantity(price) : UInt256.Zero,
            Optional(value, "contractAddress") is { } contract ? Address(contract) : null,
            Logs(Member(value, "logs")));

    public static EventLog[] Logs(JsonElement value)
    {
        var logs = new EventLog[Items(value)];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = Log(value[i]);
        }

        return logs;
    }

    private static EventLog Log(JsonElement value)
    {
        var list = Member(value, "topics");
        var topics = new Bytes32[Items(list)];
        for (var i = 0; i < topics.Length; i++)
        {
            topics[i] = Hash(list[i]);
        }

        return new EventLog(
            Address(Member(value, "address")),
            topics,
            Data(Member(value, "data")),
            Ulong(Member(value, "blockNumber")),
            Hash(Member(value, "blockHash")),
            Hash(Member(value, "transactionHash")),
            Ulong(Member(value, "logIndex")));
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        Optional(parent, name) ?? throw new FormatException($"the answer lacks the member '{name}'");

    private static JsonElement? Optional(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("the answer is not an object");
        }

        return parent.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    private static int Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : throw new FormatException("the answer is not a list");

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"expected a text, found {value.ValueKind}");
}
