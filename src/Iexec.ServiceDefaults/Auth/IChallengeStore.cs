using Iexec.Ethereum;

namespace Iexec.ServiceDefaults.Auth;

/// <summary>A challenge that waits for its answer.</summary>
public sealed record PendingChallenge(ulong ChainId, string DomainName, Bytes32 Hash, Address Address, DateTimeOffset ExpiresAt);

/// <summary>Where challenges wait. In memory for one process; in the role's store when several copies answer.</summary>
public interface IChallengeStore
{
    /// <summary>
    /// Adds a challenge, and drops those that expired. A full store drops its oldest: whoever fills it with questions that nobody will answer must not keep
    /// others from asking.
    /// </summary>
    Task AddAsync(PendingChallenge challenge, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>True if the challenge is pending for the address and not expired.</summary>
    Task<bool> IsPendingAsync(ulong chainId, string domainName, Bytes32 hash, Address address, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes the challenge away; false if somebody else did already. Of several callers one gets true.</summary>
    Task<bool> TakeAsync(ulong chainId, string domainName, Bytes32 hash, Address address, DateTimeOffset now, CancellationToken cancellationToken);
}
