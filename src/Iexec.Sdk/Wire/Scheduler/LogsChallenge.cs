using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>
/// The EIP-712 document of <c>GET /tasks/logs/challenge</c>. Who signs it proves an address; the token that opens the logs is
/// <c>digest_signature_address</c>.
/// </summary>
public sealed record LogsChallenge(
    IReadOnlyDictionary<string, IReadOnlyList<TypedMember>> Types, string PrimaryType, ChallengeDomain Domain, ChallengeMessage Message)
{
    private const string DomainName = "iExec Core";

    /// <summary>The document for a challenge text.</summary>
    public static LogsChallenge Create(ulong chainId, string challenge) => new(
        new Dictionary<string, IReadOnlyList<TypedMember>>
        {
            ["EIP712Domain"] = [new("name", "string"), new("version", "string"), new("chainId", "uint256")],
            ["Challenge"] = [new("challenge", "string")],
        },
        "Challenge",
        new ChallengeDomain(DomainName, "1", chainId),
        new ChallengeMessage(challenge));

    /// <summary>What is signed. The domain is fixed to this one, so that no server can have another document signed.</summary>
    public static Bytes32 Digest(ulong chainId, string challenge) =>
        new Eip712Domain(DomainName, "1", chainId, null).Digest(
            Keccak256.Hash([.. Keccak256.Hash("Challenge(string challenge)").AsSpan(), .. Keccak256.Hash(challenge).AsSpan()]));

    /// <summary>The token for the <c>Authorization</c> header.</summary>
    public static string Token(ulong chainId, string challenge, PrivateKey requester)
    {
        var digest = Digest(chainId, challenge);
        return $"{digest}_{requester.Sign(digest)}_{requester.Address}";
    }
}

/// <summary>A member of an EIP-712 type.</summary>
public sealed record TypedMember(string Name, string Type);

/// <summary>The domain of a challenge: no contract.</summary>
public sealed record ChallengeDomain(string Name, string Version, ulong ChainId);

/// <summary>The text to sign.</summary>
public sealed record ChallengeMessage(string Challenge);
