using System.Text.Json;
using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.Eip712;

/// <summary>
/// A whole EIP-712 document as <c>eth_signTypedData_v4</c> takes it: <c>{types, primaryType, domain, message}</c>.
/// For documents that come from outside; the protocol's own orders are hashed by their schema.
/// </summary>
/// <remarks>
/// A missing <c>EIP712Domain</c> type is derived from the members of <c>domain</c>, in the order of the EIP. Members of
/// <c>message</c> that the type does not name are not signed and not looked at.
/// </remarks>
public sealed class TypedData
{
    private TypedData(string primaryType, string encodedType, Bytes32 domainSeparator, Bytes32? structHash)
    {
        PrimaryType = primaryType;
        EncodedType = encodedType;
        DomainSeparator = domainSeparator;
        StructHash = structHash;
    }

    /// <summary>Reads and checks a document: every type known, no type within itself, values in range.</summary>
    /// <exception cref="FormatException">What is wrong, with the member's path.</exception>
    public static TypedData Parse(JsonElement document)
    {
        var domain = Member(document, "domain", JsonValueKind.Object);
        var types = StructTypes.Parse(Member(document, "types", JsonValueKind.Object), domain);
        var primaryType = Member(document, "primaryType", JsonValueKind.String).GetString()!;
        if (!types.Contains(primaryType))
        {
            throw new FormatException($"primaryType: '{primaryType}' is not among the types.");
        }

        var separator = ValueEncoder.HashStruct(types, StructTypes.Domain, domain, "domain");
        Bytes32? structHash = primaryType == StructTypes.Domain
            ? null
            : ValueEncoder.HashStruct(types, primaryType, Member(document, "message", JsonValueKind.Object), "message");
        return new(primaryType, types.Encode(primaryType), separator, structHash);
    }

    /// <summary>The name of the type that is signed.</summary>
    public string PrimaryType { get; }

    /// <summary>encodeType of the primary type: its members, then the types it refers to in alphabetical order.</summary>
    public string EncodedType { get; }

    /// <summary>hashStruct of the domain.</summary>
    public Bytes32 DomainSeparator { get; }

    /// <summary>hashStruct of the message; null if the primary type is the domain itself, which then is all that is signed.</summary>
    public Bytes32? StructHash { get; }

    /// <summary>keccak-256(0x1901 ‖ domain separator ‖ hashStruct(message)).</summary>
    public Bytes32 Digest => StructHash is { } hash
        ? Eip712Domain.Digest(DomainSeparator, hash)
        : Keccak256.Hash([0x19, 0x01, .. DomainSeparator.AsSpan()]);

    private static JsonElement Member(JsonElement document, string name, JsonValueKind kind) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new FormatException($"{name}: expected {(kind == JsonValueKind.Object ? "an object" : "a text")}.");
}
