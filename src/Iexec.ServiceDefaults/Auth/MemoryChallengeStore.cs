using System.Collections.Concurrent;
using Iexec.Ethereum;

namespace Iexec.ServiceDefaults.Auth;

/// <summary>Challenges of one process. A restart forgets them: visitors ask for a new one.</summary>
/// <param name="mostPending">How many may wait.</param>
public sealed class MemoryChallengeStore(int mostPending = 100_000) : IChallengeStore
{
    private readonly ConcurrentDictionary<(ulong ChainId, string DomainName, Bytes32 Hash), PendingChallenge> _pending = new();
    private readonly Lock _sweep = new();
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public Task AddAsync(PendingChallenge challenge, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Sweep(now);
        _pending[(challenge.ChainId, challenge.DomainName, challenge.Hash)] = challenge;
        return Task.CompletedTask;
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
            var isFull = _pending.Count >= mostPending;
            if (now < _nextSweep && !isFull)
            {
                return;
            }

            _nextSweep = now.AddSeconds(10);
            // A tenth at a time, so that a full store is not sorted for every newcomer.
            foreach (var (key, _) in isFull ? _pending.OrderBy(entry => entry.Value.ExpiresAt).Take((mostPending / 10) + 1) : [])
            {
                _pending.TryRemove(key, out _);
            }
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
