using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.Signing;

/// <summary>
/// Whoever holds the key of an account: a <see cref="PrivateKey"/> in memory, a hardware wallet, a key management service, a signer on another
/// machine. Called by one client from several threads; a device that can do one thing at a time queues by itself.
/// </summary>
public interface ISigner
{
    /// <summary>The account. The same for as long as the signer lives.</summary>
    Address Address { get; }

    /// <summary>
    /// Signs <see cref="SigningRequest.Digest"/>. Who has a person to ask, or a policy to keep, finds what stands behind the digest in the
    /// request's kind.
    /// </summary>
    /// <param name="request">A transaction, an EIP-712 document or a message.</param>
    /// <param name="cancellationToken">The caller no longer waits.</param>
    /// <returns>
    /// s in the lower half of the group order (EIP-2), v 27 or 28 for every kind of request. <see cref="Signature.TryComplete"/> makes it of what
    /// a key management service answers.
    /// </returns>
    /// <exception cref="SigningDeclinedException">The owner, or its policy, said no.</exception>
    ValueTask<Signature> SignAsync(SigningRequest request, CancellationToken cancellationToken);
}
