using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Chain;
using Xunit;

namespace Tests.Unit.Poco.Chain;

public sealed class TransactionOutboxTests : IDisposable
{
    private const ulong ChainId = 65535;

    private static readonly PrivateKey Key = PrivateKey.Parse(new string('1', 64));
    private static readonly Address Target = Address.Parse("0x" + new string('2', 40));

    private readonly FakeNode _node = new();
    private readonly InMemoryOutboxStore _store = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task An_intent_is_mined_once_however_often_it_is_asked()
    {
        var outbox = Outbox();

        var first = await outbox.ExecuteAsync("a", Call(1), default);
        var again = await outbox.ExecuteAsync("a", Call(1), default);
        var concurrent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => outbox.ExecuteAsync("b", Call(2), default)));

        Assert.Equal(first.TransactionHash, again.TransactionHash);
        Assert.Single(concurrent.Select(receipt => receipt.TransactionHash).Distinct());
        Assert.Equal<byte>([1, 2], MinedIntents());
    }

    [Fact]
    public async Task Intents_asked_together_take_consecutive_nonces()
    {
        var outbox = Outbox();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => outbox.ExecuteAsync($"intent {i}", Call((byte)i), default)));

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (byte)i), MinedIntents().Order());
    }

    [Fact]
    public async Task After_a_crash_at_any_step_the_intent_is_mined_exactly_once()
    {
        for (var step = 1; ; step++)
        {
            using var node = new FakeNode();
            var store = new InMemoryOutboxStore();
            var crashed = await CrashAtAsync(node, store, step);

            await Outbox(node, store).ExecuteAsync("a", Call(1), default);

            Assert.Equal<byte>([1], MinedIntents(node));
            if (!crashed)
            {
                // One request or operation of the store is two steps: before and after it took effect.
                Assert.InRange(step, 20, 60);
                return;
            }
        }
    }

    [Fact]
    public async Task After_a_crash_at_any_step_another_intent_is_not_held_up_and_nothing_is_mined_twice()
    {
        for (var (step, crashed) = (1, true); crashed; step++)
        {
            using var node = new FakeNode();
            var store = new InMemoryOutboxStore();
            crashed = await CrashAtAsync(node, store, step);
            var outbox = Outbox(node, store);

            await outbox.ExecuteAsync("b", Call(2), default);
            await outbox.ExecuteAsync("a", Call(1), default);

            Assert.Equal<byte>([1, 2], MinedIntents(node).Order());
        }
    }

    [Fact]
    public async Task What_would_revert_is_not_sent_and_forgotten()
    {
        _node.EstimateError = "execution reverted";

        await Assert.ThrowsAsync<RevertException>(() => Outbox().ExecuteAsync("a", Call(1), default));

        Assert.Empty(_store.Entries);
        Assert.Equal(0, _node.Sends);
        _node.EstimateError = null;
        await Outbox().ExecuteAsync("a", Call(1), default);
        Assert.Equal<byte>([1], MinedIntents());
    }

    [Fact]
    public async Task A_sender_without_funds_is_told_and_leaves_no_nonce_behind()
    {
        _node.SendError = "insufficient funds for gas * price + value";
        var error = await Assert.ThrowsAsync<JsonRpcException>(() => Outbox().ExecuteAsync("a", Call(1), default));
        Assert.Equal(NodeErrorKind.InsufficientFunds, error.Kind);

        _node.SendError = null;
        await Outbox().ExecuteAsync("b", Call(2), default);
        await Outbox().ExecuteAsync("a", Call(1), default);

        Assert.Equal<byte>([2, 1], MinedIntents());
    }

    [Fact]
    public async Task Dropped_transactions_are_sent_again()
    {
        _node.Drops = 3;

        await Outbox().ExecuteAsync("a", Call(1), default);

        Assert.Equal<byte>([1], MinedIntents());
        Assert.True(_node.Sends >= 4);
    }

    [Fact]
    public async Task Fees_are_raised_until_the_transaction_is_mined_and_the_copies_are_remembered()
    {
        _node.MinimumPrice = 3_000;

        var receipt = await Outbox().ExecuteAsync("a", Call(1), default);

        var entry = Assert.Single(_store.Entries);
        Assert.Equal(receipt.TransactionHash, entry.Hash);
        Assert.NotEmpty(entry.EarlierHashes);
        Assert.Equal<byte>([1], MinedIntents());
        Assert.True(_node.Mined.Single().Request.Fees.MaxPrice >= 3_000);
    }

    [Fact]
    public async Task A_chain_that_stands_still_does_not_drive_the_fees_without_end()
    {
        _node.MinimumPrice = UInt256.MaxValue;
        using var patience = new CancellationTokenSource();
        var polls = 0;
        var outbox = Outbox(_node, _store, onDelay: () =>
        {
            if (++polls == 3_000)
            {
                patience.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outbox.ExecuteAsync("a", Call(1), patience.Token));

        Assert.True(SignedTransaction.Decode(Assert.Single(_store.Entries).Raw!).Request.Fees.MaxPrice <= 8 * 2_010);
    }

    [Fact]
    public async Task A_receipt_of_an_earlier_copy_counts()
    {
        // The first copy is mined only after a dearer one has been made.
        _node.SendError = "replacement transaction underpriced";
        var bumps = 0;
        SignedTransaction? first = null;
        var outbox = Outbox(_node, _store, onDelay: () =>
        {
            var entry = _store.Entries.Single();
            first ??= new SignedTransaction(entry.Raw!, entry.Hash!.Value);
            if (entry.EarlierHashes.Count > 0 && bumps++ == 0)
            {
                _node.Inject(first);
                _node.Mine();
            }
        });

        var receipt = await outbox.ExecuteAsync("a", Call(1), default);

        Assert.Equal(first!.Hash, receipt.TransactionHash);
        Assert.Equal<byte>([1], MinedIntents());
    }

    [Fact]
    public async Task A_nonce_taken_by_somebody_else_is_replaced()
    {
        var foreign = new TransactionRequest(ChainId, 0, Target, 0, new byte[] { 9 }, 21_000, new TransactionFees.Legacy(5_000)).Sign(Key);
        _node.SendError = "replacement transaction underpriced";
        var polls = 0;
        var outbox = Outbox(_node, _store, onDelay: () =>
        {
            if (polls++ == 0)
            {
                _node.SendError = null;
                _node.Inject(foreign);
            }

            _node.Mine();
        });

        await outbox.ExecuteAsync("a", Call(1), default);

        Assert.Equal<byte>([9, 1], MinedIntents());
    }

    [Fact]
    public async Task A_reorganisation_before_the_depth_is_reached_sends_again()
    {
        var reverted = false;
        var outbox = Outbox(_node, _store, new OutboxOptions(Confirmations: 3), () =>
        {
            _node.Mine();
            if (!reverted && _node.Mined.Any())
            {
                reverted = true;
                _node.Revert(0);
            }
        });

        var receipt = await outbox.ExecuteAsync("a", Call(1), default);

        Assert.True(reverted);
        Assert.Equal<byte>([1], MinedIntents());
        Assert.True(_node.Head >= receipt.BlockNumber + 3);
    }

    [Fact]
    public async Task A_finished_intent_that_the_chain_lost_is_done_again_when_asked()
    {
        await Outbox().ExecuteAsync("a", Call(1), default);
        _node.Revert(0);

        await Outbox().ExecuteAsync("a", Call(1), default);

        Assert.Equal<byte>([1], MinedIntents());
    }

    [Fact]
    public async Task A_nonce_that_the_chain_lost_does_not_block_what_was_signed_after_it()
    {
        await Outbox().ExecuteAsync("a", Call(1), default);
        var outbox = Outbox(_node, _store, onDelay: () =>
        {
            if (_node.Head > 0 && _store.Entries.Any(entry => entry is { Intent: "b", Raw: not null }) && _node.Mined.Count() == 1)
            {
                // The last block is lost together with the pool, after the second transaction was signed.
                _node.Revert(0);
            }

            _node.Mine();
        });

        await outbox.ExecuteAsync("b", Call(2), default);

        Assert.Contains((byte)2, MinedIntents());
        Assert.DoesNotContain((byte)1, MinedIntents());
    }

    [Fact]
    public async Task Resume_sends_what_was_signed_before_a_restart()
    {
        for (var (step, crashed) = (1, true); crashed; step++)
        {
            using var node = new FakeNode();
            var store = new InMemoryOutboxStore();
            crashed = await CrashAtAsync(node, store, step);
            var signed = store.Entries.Any(entry => entry.Raw is not null);

            await Outbox(node, store).ResumeAsync(default);
            node.Mine();

            Assert.Equal<byte>(signed ? [1] : [], MinedIntents(node));
        }
    }

    private static ContractCall Call(byte intent) => new(Target, [intent]);

    private static IEnumerable<byte> MinedIntents(FakeNode node) =>
        node.Mined.Where(transaction => !transaction.Request.Data.IsEmpty).Select(transaction => transaction.Request.Data.Span[0]);

    private static TransactionOutbox Outbox(FakeNode node, InMemoryOutboxStore store, OutboxOptions? options = null, Action? onDelay = null) =>
        new(node.Client(), ChainId, Key, store, new InstantTime(onDelay ?? node.Mine), options ?? new OutboxOptions());

    /// <summary>Runs an outbox that dies at a step. True if it died, false if it was through before.</summary>
    private static async Task<bool> CrashAtAsync(FakeNode node, InMemoryOutboxStore store, int step)
    {
        var steps = 0;
        void Step(bool after)
        {
            // A dead process does nothing any more, whatever its code would still like to do.
            if (++steps >= step)
            {
                throw new CrashException();
            }
        }

        (node.OnRequest, store.OnOperation) = (Step, Step);
        try
        {
            await Outbox(node, store).ExecuteAsync("a", Call(1), default);
            return false;
        }
        catch (Exception e) when (e is CrashException || e.InnerException is CrashException)
        {
            return true;
        }
        finally
        {
            (node.OnRequest, store.OnOperation) = (null, null);
        }
    }

    private IEnumerable<byte> MinedIntents() => MinedIntents(_node);

    private TransactionOutbox Outbox() => Outbox(_node, _store);

    private sealed class CrashException : Exception;
}
