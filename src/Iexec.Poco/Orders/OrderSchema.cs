using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Eip712;

namespace Iexec.Poco.Orders;

/// <summary>One member of an order: its official name, its ABI type (address, uint256, bytes32, string) and its accessors.</summary>
public sealed record OrderMember(string Name, string AbiType);

/// <summary>
/// The one definition of an order kind, from which its EIP-712 type, its ABI struct and its JSON derive. Instances are
/// <see cref="OrderSchemas.App"/>, <see cref="OrderSchemas.Dataset"/>, <see cref="OrderSchemas.Workerpool"/>, <see cref="OrderSchemas.Request"/>.
/// </summary>
public sealed class OrderSchema<TOrder>
    where TOrder : Order
{
    /// <summary>e.g. <c>AppOrder</c>.</summary>
    public string TypeName => throw new NotImplementedException();

    /// <summary>Members in EIP-712 order, the salt last.</summary>
    public IReadOnlyList<OrderMember> Members => throw new NotImplementedException();

    /// <summary>EIP-712 encodeType text.</summary>
    public string EncodeType => throw new NotImplementedException();

    /// <summary>EIP-712 hashStruct.</summary>
    public Bytes32 StructHash(TOrder order) => throw new NotImplementedException();

    /// <summary>EIP-712 digest under the hub's domain.</summary>
    public OrderHash Hash(TOrder order, Eip712Domain domain) => throw new NotImplementedException();

    /// <summary>EIP-712 digest of the operation that signs (0) or closes (1) the order on the chain.</summary>
    public Bytes32 OperationDigest(TOrder order, byte operation, Eip712Domain domain) => throw new NotImplementedException();

    /// <summary>Writes the ABI struct, the members followed by <c>bytes sign</c>, as one dynamic tuple.</summary>
    public void WriteAbi(AbiWriter writer, Signed<TOrder> order) => throw new NotImplementedException();

    /// <summary>Writes the members as the official JSON: lower-case names, numbers as decimal strings, checksummed addresses.</summary>
    public void WriteJson(Utf8JsonWriter writer, TOrder order) => throw new NotImplementedException();

    /// <summary>Writes members and <c>sign</c>.</summary>
    public void WriteJson(Utf8JsonWriter writer, Signed<TOrder> order) => throw new NotImplementedException();

    /// <summary>
    /// Reads an order without salt and sign (as in <c>iexec.json</c>): numbers as JSON numbers or decimal strings, tag as bytes32 or
    /// an array/comma list of names, params as a string (kept byte for byte) or a JSON object (stringified compactly).
    /// </summary>
    /// <exception cref="FormatException">Says which member, in the official words, e.g. <c>app is a required field</c>.</exception>
    public TOrder ReadJson(JsonElement json) => throw new NotImplementedException();

    /// <summary>Reads an order with salt and sign (as in <c>orders.json</c> and on the wire).</summary>
    public Signed<TOrder> ReadSignedJson(JsonElement json) => throw new NotImplementedException();

    /// <summary>A copy with another salt.</summary>
    public TOrder WithSalt(TOrder order, Bytes32 salt) => throw new NotImplementedException();
}

/// <summary>The four schemas.</summary>
public static class OrderSchemas
{
    /// <summary>AppOrder.</summary>
    public static OrderSchema<AppOrder> App { get; } = new();

    /// <summary>DatasetOrder.</summary>
    public static OrderSchema<DatasetOrder> Dataset { get; } = new();

    /// <summary>WorkerpoolOrder.</summary>
    public static OrderSchema<WorkerpoolOrder> Workerpool { get; } = new();

    /// <summary>RequestOrder.</summary>
    public static OrderSchema<RequestOrder> Request { get; } = new();
}
