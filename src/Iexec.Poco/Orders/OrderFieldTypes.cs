using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Escrow;

namespace Iexec.Poco.Orders;

/// <summary>The two JSON forms of an order: as a person writes it, and as it was signed.</summary>
internal enum OrderForm
{
    Draft,
    Signed,
}

/// <summary>How the values of one type are hashed, encoded, written and read.</summary>
internal sealed record OrderFieldType<TValue>(
    string AbiType,
    Func<TValue, Bytes32> EncodeWord,
    Action<AbiWriter, TValue> WriteAbi,
    Func<AbiReader, TValue> ReadAbi,
    Func<TValue, string> ToText,
    Func<JsonElement, string, OrderForm, TValue> Read);

internal static class OrderFieldTypes
{
    public static OrderFieldType<Address> Address { get; } = new(
        "address",
        value => UInt256.FromBigEndian(value.AsSpan()).ToBytes32(),
        (writer, value) => writer.Address(value),
        reader => reader.Address(),
        value => value.ToString(),
        (json, name, _) => Ethereum.Address.Parse(OrderJson.Text(json, name)));

    public static OrderFieldType<UInt256> Uint256 { get; } = new(
        "uint256",
        value => value.ToBytes32(),
        (writer, value) => writer.Uint(value),
        reader => reader.Uint(),
        value => value.ToString(),
        (json, name, _) => OrderJson.Number(json, name));

    /// <summary>nRLC per task; a person may give the unit.</summary>
    public static OrderFieldType<UInt256> Price { get; } = Uint256 with
    {
        Read = (json, name, form) => form == OrderForm.Draft && json.ValueKind == JsonValueKind.String
            ? RlcAmount.Parse(OrderJson.Text(json, name))
            : OrderJson.Number(json, name),
    };

    public static OrderFieldType<Bytes32> Bytes32 { get; } = new(
        "bytes32",
        value => value,
        (writer, value) => writer.Bytes32(value),
        reader => reader.Bytes32(),
        value => value.ToString(),
        (json, name, _) => Ethereum.Bytes32.Parse(OrderJson.Text(json, name)));

    public static OrderFieldType<Tag> Tag { get; } = new(
        "bytes32",
        value => value.Value,
        (writer, value) => writer.Bytes32(value.Value),
        reader => new Tag(reader.Bytes32()),
        value => value.ToString(),
        (json, name, form) => form == OrderForm.Draft
            ? TagNames.Read(json, TagPolicy.AnyFramework)
            : new Tag(Ethereum.Bytes32.Parse(OrderJson.Text(json, name))));

    public static OrderFieldType<string> Text { get; } = new(
        "string",
        value => Keccak256.Hash(value),
        (writer, value) => writer.String(value),
        reader => reader.String(),
        value => value,
        (json, name, form) => form == OrderForm.Draft && json.ValueKind == JsonValueKind.Object
            ? OrderJson.Compact(json)
            : OrderJson.Text(json, name));
}
