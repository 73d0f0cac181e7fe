using System.Data.Common;
using Dapper;
using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Market.Categories;
using Iexec.Market.Deals;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Market.Chain;

/// <summary>
/// Keeps deals, categories and the state of orders in step with the chain. Events say what to look at; amounts and owners are read from
/// the views. What a reorganisation removes is deleted, and every order it touched is asked for again.
/// </summary>
internal sealed class BookProjection(IHub hub, BookStore book, DealStore deals, CategoryStore categories, RequestReview review, BroadcastIntake broadcasts) : IChainProjection
{
    public const string CursorName = "book";

    private readonly long _chainId = checked((long)hub.Configuration.ChainId);
    private readonly CursorPositions _positions = new(hub.Configuration.ChainId, CursorName);
    private readonly BookSettler _settler = new(book);

    public Task<IReadOnlyList<BlockRef>> LoadPositionsAsync(CancellationToken cancellationToken) => _positions.LoadAsync(book.Database, cancellationToken);

    public async Task ApplyAsync(ChainRange range, CancellationToken cancellationToken)
    {
        await broadcasts.TakeAsync(range.Events, cancellationToken);
        var matches = range.Events.OfType<HubEvent.OrdersMatched>().ToList();
        var closures = range.Events.OfType<HubEvent.OrderClosed>().ToList();
        var details = new EventDetails(hub);
        var times = await details.ReadTimesAsync(range.Events, cancellationToken);
        var newDeals = await details.ReadDealsAsync(matches, times, cancellationToken);
        var newCategories = await details.ReadCategoriesAsync(range.Events.OfType<HubEvent.CategoryCreated>(), times, cancellationToken);
        var touched = await TouchedAsync(range.Events, matches, closures, cancellationToken);
        var facts = await ChainFacts.ReadAsync(hub, touched, cancellationToken);
        var left = await book.Database.WriteAsync(
            async transaction =>
            {
                await book.LockAsync(transaction);
                foreach (var match in matches)
                {
                    await InsertMatchAsync(transaction, match);
                }

                foreach (var closure in closures)
                {
                    await InsertClosureAsync(transaction, closure);
                }

                foreach (var deal in newDeals)
                {
                    await deals.InsertAsync(transaction, deal);
                }

                foreach (var category in newCategories)
                {
                    await categories.InsertAsync(transaction, category);
                }

                var assets = await _settler.SettleAsync(transaction, touched, facts, range.End.Number, canRevive: false);
                await _positions.SaveAsync(transaction, range.End);
                return assets;
            },
            cancellationToken);
        await review.ReviewAsync(left, range.End.Number, cancellationToken);
    }

    public async Task RollBackAsync(BlockRef ancestor, CancellationToken cancellationToken)
    {
        var touched = await book.ChangedAfterAsync(ancestor.Number, cancellationToken);
        var facts = await ChainFacts.ReadAsync(hub, touched, cancellationToken);
        await book.Database.WriteAsync(
            async transaction =>
            {
                await book.LockAsync(transaction);
                foreach (var table in (string[])["deals", "order_matches", "order_closures", "categories"])
                {
                    await transaction.Connection!.ExecuteAsync(
                        $"DELETE FROM {table} WHERE chain_id = @ChainId AND block_number > @Block", new { ChainId = _chainId, Block = (long)ancestor.Number }, transaction);
                }

                await _settler.SettleAsync(transaction, touched, facts, ancestor.Number, canRevive: true);
                await _positions.RollBackAsync(transaction, ancestor);
            },
            cancellationToken);
        var assets = touched.SelectMany(order => (Address[])[order.App, order.Dataset]).Where(asset => !asset.IsZero).Distinct();
        await review.ReviewAsync(assets, ancestor.Number, cancellationToken);
    }

    /// <summary>Compares every open order, and those that recent blocks ended, with the chain.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if ((await LoadPositionsAsync(cancellationToken)) is not [var position, ..] positions)
        {
            return;
        }

        var oldest = positions[^1].Number;
        var recent = (await book.ChangedAfterAsync(oldest, cancellationToken)).Where(order => order.Status is OrderStatus.Filled or OrderStatus.Canceled);
        var orders = (await book.OpenAsync(cancellationToken)).Concat(recent).ToList();
        var facts = await ChainFacts.ReadAsync(hub, orders, cancellationToken);
        await book.Database.WriteAsync(
            async transaction =>
            {
                await book.LockAsync(transaction);
                return await _settler.SettleAsync(transaction, orders, facts, position.Number, canRevive: false);
            },
            cancellationToken);
        await review.ReviewAsync(
            orders.Where(order => order.Kind == OrderKind.Request).SelectMany(order => (Address[])[order.App, order.Dataset]).Where(asset => !asset.IsZero).Distinct(),
            position.Number,
            cancellationToken);
    }

    private async Task<List<BookOrder>> TouchedAsync(
        IReadOnlyList<HubEvent> events, List<HubEvent.OrdersMatched> matches, List<HubEvent.OrderClosed> closures, CancellationToken cancellationToken)
    {
        var hashes = matches.SelectMany(HashesOf).Concat(closures.Select(closure => closure.Hash)).ToList();
        var payers = events.OfType<HubEvent.StakeTransferred>().Where(transfer => !transfer.From.IsZero && !transfer.Amount.IsZero).Select(transfer => transfer.From);
        var sellers = events.OfType<HubEvent.AssetTransferred>().Where(transfer => !transfer.From.IsZero).Select(transfer => transfer.From);
        var touched = new List<BookOrder>(await book.FindManyAsync(hashes, cancellationToken));
        touched.AddRange((await book.OpenOfSignersAsync([.. payers], cancellationToken)).Where(order => !order.LockPerTask.IsZero));
        touched.AddRange(await book.OpenOfSignersAsync([.. sellers], cancellationToken));
        return touched;
    }

    private static IEnumerable<OrderHash> HashesOf(HubEvent.OrdersMatched match) =>
        ((OrderHash[])[match.App, match.Dataset, match.Workerpool, match.Request]).Where(hash => !hash.Value.IsZero);

    private async Task InsertMatchAsync(DbTransaction transaction, HubEvent.OrdersMatched match)
    {
        foreach (var hash in HashesOf(match))
        {
            await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO order_matches (chain_id, order_hash, deal_id, block_number, volume) VALUES (@ChainId, @Hash, @DealId, @Block, @Volume)
                ON CONFLICT (chain_id, order_hash, deal_id) DO UPDATE SET block_number = excluded.block_number, volume = excluded.volume
                """,
                new { ChainId = _chainId, Hash = hash.Value, DealId = match.DealId.Value, Block = (long)match.Position.Block.Number, match.Volume },
                transaction);
        }
    }

    private Task InsertClosureAsync(DbTransaction transaction, HubEvent.OrderClosed closure) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO order_closures (chain_id, order_hash, block_number) VALUES (@ChainId, @Hash, @Block)
        ON CONFLICT (chain_id, order_hash) DO UPDATE SET block_number = excluded.block_number
        """,
        new { ChainId = _chainId, Hash = closure.Hash.Value, Block = (long)closure.Position.Block.Number },
        transaction);
}
