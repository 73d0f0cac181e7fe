using Iexec.Ethereum.Transactions;
using Xunit;

namespace Tests.Unit.Ethereum.Transactions;

public sealed class NonceTrackerTests
{
    private readonly NonceTracker _tracker = new();

    [Fact]
    public void Concurrent_reservations_get_different_nonces()
    {
        var nonces = new ulong[1000];
        Parallel.For(0, nonces.Length, i => nonces[i] = _tracker.Reserve(5));
        Assert.Equal(Enumerable.Range(5, 1000).Select(n => (ulong)n), nonces.Order());
    }

    [Fact]
    public void Released_nonce_is_filled_before_a_new_one()
    {
        Assert.Equal([0UL, 1UL, 2UL], [_tracker.Reserve(0), _tracker.Reserve(0), _tracker.Reserve(0)]);
        _tracker.Sent(0);
        _tracker.Release(1);
        _tracker.Sent(2);
        Assert.Equal(1UL, _tracker.Reserve(1));
        Assert.Equal(3UL, _tracker.Reserve(1));
    }

    [Fact]
    public void Sent_transaction_counts_although_the_node_lags()
    {
        _tracker.Sent(_tracker.Reserve(7));
        Assert.Equal(8UL, _tracker.Reserve(7));
    }

    [Fact]
    public void Late_answer_does_not_bring_used_nonces_back()
    {
        _tracker.Sent(_tracker.Reserve(3));
        Assert.Equal(9UL, _tracker.Reserve(9));
        Assert.Equal(10UL, _tracker.Reserve(3));
    }

    [Fact]
    public void Transactions_of_others_with_the_same_key_are_stepped_over()
    {
        _tracker.Sent(_tracker.Reserve(0));
        Assert.Equal(4UL, _tracker.Reserve(4));
    }

    [Fact]
    public void After_a_resync_dropped_transactions_free_their_nonces_but_holders_keep_theirs()
    {
        _tracker.Sent(_tracker.Reserve(0));
        _tracker.Sent(_tracker.Reserve(0));
        var held = _tracker.Reserve(0);
        _tracker.Resync(0);
        Assert.Equal(2UL, held);
        Assert.Equal([0UL, 1UL, 3UL], [_tracker.Reserve(0), _tracker.Reserve(0), _tracker.Reserve(0)]);
    }

    [Fact]
    public void Nonce_from_before_a_restart_is_taken_once()
    {
        Assert.Equal(4UL, _tracker.Reserve(4));
        Assert.True(_tracker.TryReserve(5));
        Assert.False(_tracker.TryReserve(5));
        Assert.False(_tracker.TryReserve(3));
        Assert.Equal(6UL, _tracker.Reserve(4));
    }
}
