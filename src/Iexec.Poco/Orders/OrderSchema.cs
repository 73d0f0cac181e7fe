using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;

namespace Iexec.Poco.Orders;

/// <summary>One member of an order: its official name and its ABI type (address, uint256, bytes32, string).</summary>
public sealed record OrderMember(string Name, string AbiType);

/// <summary>
/// The one definition of an order kind, from which its EIP-712 type, its ABI struct and its JSON derive. Instances are
/// <see cref="OrderSchemas.App"/>, <see cref="OrderSchemas.Dataset"/>, <see cref="OrderSchemas.Workerpool"/>, <see cref="OrderSchemas.Request"/>.
/// </summary>
public sealed class OrderSchema<TOrder>
    where TOrder : Order
{
    private const string SaltName = "salt";
    private const string SignName = "sign";

    private readonly TOrder _blank;
    private readonly OrderField<TOrder>[] _fields;
    private readonly Bytes32 _typeHash;
    private readonly Bytes32 _operationTypeHash;

    internal OrderSchema(string typeName, TOrder blank, params OrderField<TOrder>[] members)
    {
        TypeName = typeName;
        _blank = blank;
        _fields = [.. members, new OrderField<TOrder, Bytes32>(SaltName, OrderFieldTypes.Bytes32, order => order.Salt, WithSalt)];
        Members = [.. _fields.Select(field => field.Member)];
        EncodeType = $"{typeName}({string.Join(',', Members.Select(member => $"{member.AbiType} {member.Name}"))})";
        _typeHash = Keccak256.Hash(EncodeType);
        _operationTypeHash = Keccak256.Hash($"{typeName}Operation({typeName} order,uint256 operation){EncodeType}");
    }

    /// <summary>e.g. <c>AppOrder</c>.</summary>
    public string TypeName { get; }

    /// <summary>Members in EIP-712 order, the salt last.</summary>
    public IReadOnlyList<OrderMember> Members { get; }

    /// <summary>EIP-712 encodeType text.</summary>
    public string EncodeType { get; }

    /// <summary>The ABI type of the struct as it stands in function signatures: the members' types and <c>bytes</c> for the signature.</summary>
    public string AbiTuple => $"({string.Join(',', Members.Select(member => member.AbiType))},bytes)";

    /// <summary>EIP-712 hashStruct.</summary>
    public Bytes32 StructHash(TOrder order)
    {
        var encoded = new byte[Bytes32.Size * (1 + _fields.Length)];
        _typeHash.AsSpan().CopyTo(encoded);
        for (var i = 0; i < _fields.Length; i++)
        {
            _fields[i].EncodeWord(order).AsSpan().CopyTo(encoded.AsSpan(Bytes32.Size * (i + 1)));
        }

        return Keccak256.Hash(encoded);
    }

    /// <summary>EIP-712 digest under the hub's domain.</summary>
    public OrderHash Hash(TOrder order, Eip712Domain domain) => new(domain.Digest(StructHash(order)));

    /// <summary>The order as a document that a wallet can show before it signs.</summary>
    public TypedDocument Document(TOrder order, Eip712Domain domain) => new(
        domain, TypeName, [.. Members.Select(member => (member.Name, member.AbiType))], StructHash(order), writer => WriteMembers(writer, order, _fields));

    /// <summary>EIP-712 digest of the operation that signs (0) or closes (1) the order on the chain.</summary>
    public Bytes32 OperationDigest(TOrder order, byte operation, Eip712Domain domain) => domain.Digest(Keccak256.Hash(
        [.. _operationTypeHash.AsSpan(), .. StructHash(order).AsSpan(), .. ((UInt256)(ulong)operation).ToBytes32().AsSpan()]));

    /// <summary>Writes the ABI struct, the members followed by <c>bytes sign</c>, as one dynamic tuple.</summary>
    public void WriteAbi(AbiWriter writer, Signed<TOrder> order) => writer.DynamicTuple(tuple =>
    {
        foreach (var field in _fields)
        {
            field.WriteAbi(tuple, order.Order);
        }

        tuple.Bytes(order.Sign.Span);
    });

    /// <summary>Reads what <see cref="WriteAbi"/> writes.</summary>
    /// <exception cref="AbiException">The bytes are no such struct.</exception>
    public Signed<TOrder> ReadAbi(AbiReader reader) => reader.DynamicTuple(tuple =>
    {
        var order = _fields.Aggregate(_blank, (read, field) => field.ReadAbi(read, tuple));
        return new Signed<TOrder>(order, tuple.Bytes());
    });

    /// <summary>
    /// Writes an object with the members as the official JSON: lower-case names, numbers as decimal strings, checksummed addresses.
    /// The salt is left out, as in <c>iexec.json</c>: signing gives a new one.
    /// </summary>
    public void WriteJson(Utf8JsonWriter writer, TOrder order)
    {
        writer.WriteStartObject();
        WriteMembers(writer, order, _fields.AsSpan(..^1));
        writer.WriteEndObject();
    }

    /// <summary>Writes an object with the members, <c>salt</c> and <c>sign</c>.</summary>
    public void WriteJson(Utf8JsonWriter writer, Signed<TOrder> order)
    {
        writer.WriteStartObject();
        WriteMembers(writer, order.Order, _fields);
        writer.WriteString(SignName, Hex.Encode(order.Sign.Span));
        writer.WriteEndObject();
    }

    /// <summary>
    /// Reads an order without salt and sign (as in <c>iexec.json</c>): numbers as JSON numbers or decimal strings, prices also with the
    /// unit (<c>1 RLC</c>), tag as bytes32 or an array/comma list of names, params as a string (kept byte for byte) or a JSON object
    /// (stringified compactly). No member has a default: a restriction left out by mistake would open the order to everybody.
    /// </summary>
    /// <exception cref="FormatException">Says which member, in the official words, e.g. <c>app is a required field</c>.</exception>
    public TOrder ReadJson(JsonElement json) => ReadMembers(json, OrderForm.Draft, _fields.AsSpan(..^1));

    /// <summary>
    /// Reads an order with salt and sign (as in <c>orders.json</c> and on the wire). Values are taken as they were signed: no units,
    /// no tag names, and a tag with bits that nobody knows.
    /// </summary>
    /// <exception cref="FormatException">As <see cref="ReadJson"/>.</exception>
    public Signed<TOrder> ReadSignedJson(JsonElement json)
    {
        var order = ReadMembers(json, OrderForm.Signed, _fields);
        var sign = OrderJson.Text(OrderJson.Required(json, SignName), SignName);
        return Hex.TryDecode(sign, out var bytes) && sign.StartsWith("0x", StringComparison.Ordinal)
            ? new Signed<TOrder>(order, bytes)
            : throw new FormatException($"{sign} is not a valid signature");
    }

    /// <summary>A copy with another salt.</summary>
    public TOrder WithSalt(TOrder order, Bytes32 salt) => order with { Salt = salt };

    private static void WriteMembers(Utf8JsonWriter writer, TOrder order, ReadOnlySpan<OrderField<TOrder>> fields)
    {
        foreach (var field in fields)
        {
            field.WriteJson(writer, order);
        }
    }

    private TOrder ReadMembers(JsonElement json, OrderForm form, ReadOnlySpan<OrderField<TOrder>> fields)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{TypeName.ToLowerInvariant()} must be a JSON object");
        }

        var order = _blank;
        foreach (var field in fields)
        {
            order = field.ReadJson(order, json, form);
        }

        return order;
    }
}
