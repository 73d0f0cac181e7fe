using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Sdk.Wire.Auth;

namespace Iexec.ServiceDefaults.Auth;

/// <summary>
/// Lets a visitor prove an address by signing a challenge: <see cref="IssueAsync"/>, then <see cref="AuthenticateAsync"/> with the header. A challenge is
/// good once, until it expires. An address may have any number of them pending, so that one wallet can publish several things at
/// once; and nobody can spoil a challenge of another, since only a valid signature uses it up.
/// </summary>
public sealed class ChallengeAuthentication(ChallengeOptions options, IChallengeStore store, TimeProvider time, IEntropySource entropy)
{
    /// <summary>A new challenge for the address.</summary>
    public async Task<ChallengeDocument> IssueAsync(ulong chainId, Address address, CancellationToken cancellationToken)
    {
        var challenge = new ChallengeDocument(options.DomainName, chainId, options.NewText(entropy));
        var now = time.GetUtcNow();
        var pending = new PendingChallenge(chainId, options.DomainName, challenge.Digest, address, now + options.Lifetime);
        await store.AddAsync(pending, now, cancellationToken);
        return challenge;
    }

    /// <summary>
    /// The address that the header proves; null when there is no header, it cannot be read, its challenge is unknown, expired or used, or the signature is
    /// not the address's. Externally owned accounts are recovered; others are asked on the chain when <paramref name="hub"/> is given (ERC-1271).
    /// </summary>
    public async Task<Address?> AuthenticateAsync(ulong chainId, string? authorization, IHub? hub, CancellationToken cancellationToken)
    {
        if (!AuthorizationToken.TryParse(authorization, out var token)
            || !await store.IsPendingAsync(chainId, options.DomainName, token.Hash, token.Address, time.GetUtcNow(), cancellationToken)
            || !await IsSignedAsync(token, hub, cancellationToken))
        {
            return null;
        }

        return await store.TakeAsync(chainId, options.DomainName, token.Hash, token.Address, time.GetUtcNow(), cancellationToken) ? token.Address : null;
    }

    private static async Task<bool> IsSignedAsync(AuthorizationToken token, IHub? hub, CancellationToken cancellationToken)
    {
        if (Signature.TryParse(token.Sign.Span, out var signature) && PublicKey.RecoverAddress(token.Hash, signature) == token.Address)
        {
            return true;
        }

        // An empty signature would ask the hub whether the digest was presigned as an order: never a login.
        return hub is not null && !token.Sign.IsEmpty && await hub.VerifySignatureAsync(token.Address, token.Hash, token.Sign, cancellationToken);
    }
}
