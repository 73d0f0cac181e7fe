using System.Diagnostics.CodeAnalysis;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Wallets;

namespace Iexec.Sdk.Wire.Auth;

/// <summary>
/// A signed challenge as it stands in the header <c>Authorization: &lt;hash&gt;_&lt;signature&gt;_&lt;address&gt;</c>: 66 characters, the signature (132 for
/// an externally owned account, any length for a contract), 42 characters.
/// </summary>
/// <param name="Hash">EIP-712 digest of the challenge.</param>
/// <param name="Sign">The signature over it.</param>
/// <param name="Address">Who signed.</param>
public sealed record AuthorizationToken(Bytes32 Hash, ReadOnlyMemory<byte> Sign, Address Address)
{
    // A contract's signature may be long, a header must not be.
    private const int LongestSignBytes = 4096;

    /// <summary>Signs a challenge with a key.</summary>
    public static AuthorizationToken Create(ChallengeDocument challenge, PrivateKey key)
    {
        var digest = challenge.Digest;
        return new AuthorizationToken(digest, key.Sign(digest).ToArray(), key.Address);
    }

    /// <summary>Has a challenge signed by whoever holds the key.</summary>
    internal static async Task<AuthorizationToken> CreateAsync(ChallengeDocument challenge, ISigner signer, CancellationToken cancellationToken) =>
        new(challenge.Digest, (await signer.SignDocumentAsync(challenge.Document, cancellationToken).ConfigureAwait(false)).ToArray(), signer.Address);

    /// <summary>Reads the header's value.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuthorizationToken? token)
    {
        token = null;
        if (text is null || text.Length > 66 + 2 + 2 + (2 * LongestSignBytes) + 42 || text.Trim().Split('_') is not [var hash, var sign, var address])
        {
            return false;
        }

        if (!Bytes32.TryParse(hash, out var digest) || !Hex.TryDecode(sign, out var bytes) || !Address.TryParse(address, out var account))
        {
            return false;
        }

        token = new AuthorizationToken(digest, bytes, account);
        return true;
    }

    /// <summary>The header's value.</summary>
    public override string ToString() => $"{Hash}_{Hex.Encode(Sign.Span)}_{Address}";
}
