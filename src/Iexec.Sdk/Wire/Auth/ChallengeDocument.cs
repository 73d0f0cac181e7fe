using System.Globalization;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wire.Auth;

/// <summary>
/// The EIP-712 document that a service has its visitors sign: type <c>Challenge(string challenge)</c> under a domain of name, version "1" and
/// chain id, without a contract.
/// </summary>
/// <param name="DomainName">e.g. <c>iExec Gateway</c>.</param>
/// <param name="ChainId">The chain that the visit concerns.</param>
/// <param name="Challenge">The text to sign.</param>
public sealed record ChallengeDocument(string DomainName, ulong ChainId, string Challenge)
{
    private const string Version = "1";

    /// <summary>The EIP-712 digest: what is signed, and the challenge's name in the <see cref="AuthorizationToken"/>.</summary>
    public Bytes32 Digest => Document.Digest;

    /// <summary>The same for a wallet that shows what it signs.</summary>
    internal TypedDocument Document => new(
        new Eip712Domain(DomainName, Version, ChainId, null),
        "Challenge",
        [("challenge", "string")],
        Keccak256.Hash([.. Keccak256.Hash("Challenge(string challenge)").AsSpan(), .. Keccak256.Hash(Challenge).AsSpan()]),
        writer => writer.WriteString("challenge", Challenge));

    /// <summary>
    /// Reads the document that a service sent, in either form (bare, or with <c>chainId</c> as text). A client that signed just any typed
    /// data would let a hostile service have an order signed; hence the exact type, the expected domain and the expected chain are demanded.
    /// </summary>
    /// <exception cref="IexecException">It is something else.</exception>
    public static ChallengeDocument Parse(JsonElement document, string expectedDomainName, ulong expectedChainId)
    {
        if (Find(document, "primaryType") is { } primaryType && IsText(primaryType, "Challenge")
            && Find(document, "domain") is { } domain && IsExpected(domain, expectedDomainName, expectedChainId)
            && Find(document, "types") is { } types && Find(types, "Challenge") is { } members && IsChallengeType(members)
            && Find(document, "message") is { } message && Find(message, "challenge") is { ValueKind: JsonValueKind.String } challenge)
        {
            return new ChallengeDocument(expectedDomainName, expectedChainId, challenge.GetString()!);
        }

        throw new IexecException(ErrorCode.ValidationError, $"The service did not send a challenge of '{expectedDomainName}' for chain {expectedChainId}: nothing was signed");
    }

    /// <summary>Writes the document as the official services do.</summary>
    /// <param name="chainIdAsText">The gateway writes the chain id as text, the other services as a number.</param>
    public void WriteJson(Utf8JsonWriter writer, bool chainIdAsText)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("types");
        WriteType(writer, "EIP712Domain", ("name", "string"), ("version", "string"), ("chainId", "uint256"));
        WriteType(writer, "Challenge", ("challenge", "string"));
        writer.WriteEndObject();
        writer.WriteStartObject("domain");
        writer.WriteString("name", DomainName);
        writer.WriteString("version", Version);
        if (chainIdAsText)
        {
            writer.WriteString("chainId", ChainId.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNumber("chainId", ChainId);
        }

        writer.WriteEndObject();
        writer.WriteString("primaryType", "Challenge");
        writer.WriteStartObject("message");
        writer.WriteString("challenge", Challenge);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static bool IsExpected(JsonElement domain, string name, ulong chainId) =>
        domain.ValueKind == JsonValueKind.Object
        && domain.EnumerateObject().Count() == 3
        && Find(domain, "name") is { } actualName && IsText(actualName, name)
        && Find(domain, "version") is { } version && IsText(version, Version)
        && Find(domain, "chainId") is { } actual
        && UInt256.TryParse(actual.ValueKind == JsonValueKind.String ? actual.GetString() : actual.GetRawText(), out var id) && id == chainId;

    private static bool IsChallengeType(JsonElement members) =>
        members.ValueKind == JsonValueKind.Array && members.GetArrayLength() == 1
        && Find(members[0], "name") is { } name && IsText(name, "challenge")
        && Find(members[0], "type") is { } type && IsText(type, "string");

    // What a stranger sends has any shape.
    private static JsonElement? Find(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    private static bool IsText(JsonElement json, string text) => json.ValueKind == JsonValueKind.String && json.ValueEquals(text);

    private static void WriteType(Utf8JsonWriter writer, string name, params ReadOnlySpan<(string Name, string Type)> members)
    {
        writer.WriteStartArray(name);
        foreach (var member in members)
        {
            writer.WriteStartObject();
            writer.WriteString("name", member.Name);
            writer.WriteString("type", member.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
