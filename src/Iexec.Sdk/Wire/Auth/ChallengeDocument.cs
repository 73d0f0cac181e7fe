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
        if (document.ValueKind == JsonValueKind.Object
            && document.TryGetProperty("primaryType", out var primaryType) && primaryType.ValueEquals("Challenge")
            && document.TryGetProperty("domain", out var domain) && IsExpected(domain, expectedDomainName, expectedChainId)
            && document.TryGetProperty("types", out var types) && types.TryGetProperty("Challenge", out var members) && IsChallengeType(members)
            && document.TryGetProperty("message", out var message) && message.TryGetProperty("challenge", out var challenge)
            && challenge.ValueKind == JsonValueKind.String)
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
        && domain.TryGetProperty("name", out var actualName) && actualName.ValueKind == JsonValueKind.String && actualName.ValueEquals(name)
        && domain.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.String && version.ValueEquals(Version)
        && domain.TryGetProperty("chainId", out var actual)
        && UInt256.TryParse(actual.ValueKind == JsonValueKind.String ? actual.GetString() : actual.GetRawText(), out var id) && id == chainId;

    private static bool IsChallengeType(JsonElement members) =>
        members.ValueKind == JsonValueKind.Array && members.GetArrayLength() == 1
        && members[0].TryGetProperty("name", out var name) && name.ValueEquals("challenge")
        && members[0].TryGetProperty("type", out var type) && type.ValueEquals("string");

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
