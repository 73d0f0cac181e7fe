using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Xunit;

namespace Tests.Chain.Poco;

public sealed class CursorTests
{
    [Fact]
    public async Task The_cursor_follows_a_real_chain_through_a_reorganisation()
    {
        await using var chain = await TestHub.StartAsync();
        var market = await TestMarket.CreateAsync(chain);
        var projection = new DealList();
        var cursor = new LogCursor(chain.Hub, projection, new LogCursorOptions(BatchBlocks: 5));
        await cursor.AdvanceAsync(default);
        Assert.Contains(projection.Events, item => item is HubEvent.AssetTransferred transfer && transfer.Asset == market.App);
        Assert.Equal(5, projection.Events.OfType<HubEvent.CategoryCreated>().Count());

        var lost = await market.MatchAsync(market.RequestOrder);
        await cursor.AdvanceAsync(default);
        Assert.Equal([lost.Id], projection.Events.OfType<HubEvent.SchedulerNotice>().Select(notice => notice.DealId));

        // The last block is replaced by two empty ones.
        await chain.Node.RpcAsync("anvil_reorg", "[1,[]]");
        await chain.Node.MineAsync();
        await cursor.AdvanceAsync(default);
        Assert.DoesNotContain(projection.Events, item => item is HubEvent.SchedulerNotice or HubEvent.OrdersMatched);
        Assert.Null(await chain.Hub.GetDealAsync(lost.Id, default));
        Assert.Equal(5, projection.Events.OfType<HubEvent.CategoryCreated>().Count());

        var kept = await market.MatchAsync(market.RequestOrder);
        await cursor.AdvanceAsync(default);
        Assert.Equal([kept.Id], projection.Events.OfType<HubEvent.OrdersMatched>().Select(matched => matched.DealId));
    }

    [Fact]
    public async Task A_range_beyond_the_head_of_the_node_is_not_answered()
    {
        await using var chain = await TestHub.StartAsync();
        var head = await chain.Eth.GetBlockNumberAsync(default);

        Assert.Null(await chain.Hub.GetRangeAsync(0, head + 1, default));
        Assert.Equal(head, (await chain.Hub.GetRangeAsync(0, head, default))!.End.Number);
    }

    [Fact]
    public async Task The_outbox_sends_and_resends_on_a_real_node()
    {
        await using var chain = await TestHub.StartAsync();
        var key = TestHub.Owner;
        var store = new ChainOutboxStore();
        var outbox = Outbox(chain, key, store);
        var before = await chain.Hub.GetTokenBalanceAsync(key.Address, default);

        var sends = Enumerable.Range(1, 5).Select(i => outbox.ExecuteAsync($"send {i}", chain.Calls.TransferToken(TestHub.AppOwner.Address, i), default));
        var receipts = await MineUntilAsync(chain, Task.WhenAll(sends));
        Assert.All(receipts, receipt => Assert.True(receipt.Succeeded));
        Assert.Equal(before - 15, await chain.Hub.GetTokenBalanceAsync(key.Address, default));

        // The node forgets what waits in its pool; the outbox does not.
        using var stop = new CancellationTokenSource();
        var interrupted = outbox.ExecuteAsync("late", chain.Calls.TransferToken(TestHub.AppOwner.Address, 100), stop.Token);
        await store.Signed("late");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted);
        await chain.Node.RpcAsync("anvil_dropAllTransactions", "[]");
        await chain.Node.MineAsync();
        Assert.Equal(before - 15, await chain.Hub.GetTokenBalanceAsync(key.Address, default));

        await Outbox(chain, key, store).ResumeAsync(default);
        await chain.Node.MineAsync();
        Assert.Equal(before - 115, await chain.Hub.GetTokenBalanceAsync(key.Address, default));
        var receipt = await MineUntilAsync(chain, Outbox(chain, key, store).ExecuteAsync("late", chain.Calls.TransferToken(TestHub.AppOwner.Address, 100), default));
        Assert.True(receipt.Succeeded);
        Assert.Equal(before - 115, await chain.Hub.GetTokenBalanceAsync(key.Address, default));
    }

    private static TransactionOutbox Outbox(TestHub chain, PrivateKey key, IOutboxStore store) => new(
        chain.Eth, chain.Hub.Configuration.ChainId, key, store, TimeProvider.System, new OutboxOptions(PollInterval: TimeSpan.FromMilliseconds(20)));

    private static async Task<T> MineUntilAsync<T>(TestHub chain, Task<T> work)
    {
        while (!work.IsCompleted)
        {
            await chain.Node.MineAsync();
        }

        return await work;
    }

    private sealed class DealList : IChainProjection
    {
        private readonly List<BlockRef> _positions = [];

        public List<HubEvent> Events { get; } = [];

        public Task<IReadOnlyList<BlockRef>> LoadPositionsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<BlockRef>>([.. Enumerable.Reverse(_positions)]);

        public Task ApplyAsync(ChainRange range, CancellationToken cancellationToken)
        {
            Events.AddRange(range.Events);
            _positions.Add(range.End);
            return Task.CompletedTask;
        }

        public Task RollBackAsync(BlockRef ancestor, CancellationToken cancellationToken)
        {
            Events.RemoveAll(item => item.Position.Block.Number > ancestor.Number);
            _positions.RemoveAll(position => position.Number >= ancestor.Number);
            _positions.Add(ancestor);
            return Task.CompletedTask;
        }
    }
}
