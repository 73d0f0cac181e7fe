using System.Text.Json;

namespace Iexec.Ethereum.Eip712;

/// <summary>
/// A whole EIP-712 document as <c>eth_signTypedData_v4</c> takes it: <c>{types, primaryType, domain, message}</c>.
/// For documents that come from outside; the protocol's own orders are hashed by their schema.
/// </summary>
public sealed class TypedData
{
    /// <summary>Reads and checks a document: every type known, no cycle through arrays of itself, values in range.</summary>
    /// <exception cref="FormatException">What is wrong, with the member's path.</exception>
    public static TypedData Parse(JsonElement document) => throw new NotImplementedException();

    /// <summary>hashStruct of the domain.</summary>
    public Bytes32 DomainSeparator => throw new NotImplementedException();

    /// <summary>keccak-256(0x1901 ‖ domain separator ‖ hashStruct(message)).</summary>
    public Bytes32 Digest => throw new NotImplementedException();
}
