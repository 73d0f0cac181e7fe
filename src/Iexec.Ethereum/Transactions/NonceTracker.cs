namespace Iexec.Ethereum.Transactions;

/// <summary>
/// Gives out the nonces of one key on one chain, each once. It holds what the node cannot know yet: nonces of transactions that are
/// being signed or sent, and of sent ones that the node's pending count lags behind. Thread-safe; without I/O, the caller brings the
/// pending count (<c>eth_getTransactionCount</c>, "pending").
/// </summary>
public sealed class NonceTracker
{
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _reserved = [];
    private readonly HashSet<ulong> _sent = [];
    private ulong _pendingCount;

    /// <summary>
    /// The lowest nonce that is free, so that a released one is filled before later transactions wait behind it for ever.
    /// It stays taken until <see cref="Release"/> or <see cref="Sent"/>.
    /// </summary>
    public ulong Reserve(ulong pendingCount)
    {
        lock (_lock)
        {
            // An older answer that arrives late must not bring used nonces back.
            Advance(Math.Max(_pendingCount, pendingCount));
            var nonce = _pendingCount;
            while (_reserved.Contains(nonce) || _sent.Contains(nonce))
            {
                nonce++;
            }

            _reserved.Add(nonce);
            return nonce;
        }
    }

    /// <summary>
    /// Takes a nonce that a transaction from before a restart holds. False when somebody has it already or the chain is past it.
    /// </summary>
    public bool TryReserve(ulong nonce)
    {
        lock (_lock)
        {
            return nonce >= _pendingCount && !_sent.Contains(nonce) && _reserved.Add(nonce);
        }
    }

    /// <summary>The node took the transaction.</summary>
    public void Sent(ulong nonce)
    {
        lock (_lock)
        {
            _reserved.Remove(nonce);
            if (nonce >= _pendingCount)
            {
                _sent.Add(nonce);
            }
        }
    }

    /// <summary>The transaction was certainly never sent: the next caller gets the nonce.</summary>
    public void Release(ulong nonce)
    {
        lock (_lock)
        {
            _reserved.Remove(nonce);
        }
    }

    /// <summary>
    /// After "nonce too low", "nonce too high" or a reorg: the chain is right and what we believed about sent transactions is forgotten.
    /// Nonces still reserved stay with their holders.
    /// </summary>
    public void Resync(ulong pendingCount)
    {
        lock (_lock)
        {
            _sent.Clear();
            Advance(pendingCount);
        }
    }

    private void Advance(ulong pendingCount)
    {
        _pendingCount = pendingCount;
        _sent.RemoveWhere(nonce => nonce < pendingCount);
    }
}
