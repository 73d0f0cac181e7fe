using System.Collections.Concurrent;
using Iexec.Ethereum;

namespace Iexec.ServiceDefaults.Auth;

/// <summary>Challenges of one process. A restart forgets them: visitors ask for a new one.</summary>
public sealed class MemoryChallengeStore : IChallengeStore
{
    private const int MostPending = 100_000;
    private readonly ConcurrentDictionary<(ulong ChainId, string DomainName, Bytes32 Hash), PendingChallenge> _pending = new();
    private readonly Lock _sweep = new();
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public Task<bool> AddAsync(PendingChallenge challenge, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Sweep(now);
        return Task.FromResult(_pending.Count < MostPending && _pending.TryAdd((challenge.ChainId, challenge.DomainName, challenge.Hash), challenge));
    }

    /// <inheritdoc/>
    public Task<bool> IsPendingAsync(ulong chainId, string domainName, Bytes32 hash, Address address, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(_pending.TryGetValue((chainId, domainName, hash), out var found) && found.Address == address && found.ExpiresAt > now);

    /// <inheritdoc/>
    public Task<bool> TakeAsync(ulong chainId, string domainName, Bytes32 hash, Address address, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(
            _pending.TryGetValue((chainId, domainName, hash), out var found) && found.Address == address && found.ExpiresAt > now
            && _pending.TryRemove((chainId, domainName, hash), out _));

    private void Sweep(DateTimeOffset now)
    {
        lock (_sweep)
        {
            if (now < _nextSweep)
            {
                return;
            }

            _nextSweep = now.AddSeconds(10);
        }

        foreach (var (key, challenge) in _pending)
        {
            if (challenge.ExpiresAt <= now)
            {
                _pending.TryRemove(key, out _);
            }
        }
    }
}
