using System.Data.Common;
using Dapper;
using Iexec.Ethereum;
using Iexec.Market.Feed;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Market.Book;

/// <summary>The order book of one chain in the store.</summary>
internal sealed class BookStore(Database database, ulong chainId)
{
    private readonly long _chainId = checked((long)chainId);

    public Database Database => database;

    /// <summary>What listeners are told; every change below writes into it in the same transaction.</summary>
    public FeedStore Feed { get; } = new(database, chainId);

    /// <summary>
    /// One writer at a time, also among several copies of the gateway: a publication and the blocks that concern it could otherwise each miss what the
    /// other had not committed yet.
    /// </summary>
    public Task LockAsync(DbTransaction transaction) => database.LockAsync(transaction, $"book {_chainId}");

    public Task<BookOrder?> FindAsync(OrderHash hash, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindAsync(connection, null, hash), cancellationToken);

    public async Task<BookOrder?> FindAsync(DbConnection connection, DbTransaction? transaction, OrderHash hash) =>
        (await connection.QuerySingleOrDefaultAsync<OrderRow>(
            $"SELECT {OrderRow.Columns} FROM orders WHERE chain_id = @ChainId AND order_hash = @Hash",
            new { ChainId = _chainId, Hash = hash.Value },
            transaction))?.ToOrder();

    /// <summary>A page of open orders, from a place in the listing if one is given, and the number of all matches.</summary>
    public Task<(IReadOnlyList<BookOrder> Orders, long Count)> ListAsync(OrderFilter filter, Paging paging, CancellationToken cancellationToken, BookCursor? after = null)
    {
        var parameters = new DynamicParameters(new { ChainId = _chainId, paging.Skip, paging.Limit });
        var where = filter.Where(parameters);
        var from = after is { } place ? $"{where} AND {place.Where(filter.Kind, parameters)}" : where;
        return database.ReadAsync<(IReadOnlyList<BookOrder>, long)>(
            async connection =>
            {
                var count = await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM orders WHERE {where}", parameters);
                var rows = count <= paging.Skip
                    ? []
                    : await connection.QueryAsync<OrderRow>(
                        $"SELECT {OrderRow.Columns} FROM orders WHERE {from} ORDER BY {filter.OrderBy} LIMIT @Limit OFFSET @Skip", parameters);
                return ([.. rows.Select(row => row.ToOrder())], count);
            },
            cancellationToken);
    }

    /// <summary>The addresses that orders of a listing are restricted to, besides one and nobody.</summary>
    public Task<IReadOnlyList<Address>> RestrictionsAsync(OrderFilter filter, string column, Address besides, int most, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(new { ChainId = _chainId, Besides = besides, Most = most });
        var where = filter.With(column, _ => AddressTerm.Any).Where(parameters);
        return database.ReadAsync<IReadOnlyList<Address>>(
            async connection => [.. await connection.QueryAsync<Address>(
                $"SELECT DISTINCT {column} FROM orders WHERE {where} AND {column} <> @Zero AND {column} <> @Besides ORDER BY {column} LIMIT @Most", parameters)],
            cancellationToken);
    }

    /// <summary>Tasks that all orders of a listing together have left.</summary>
    public Task<UInt256> OpenVolumeAsync(OrderFilter filter, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(new { ChainId = _chainId });
        var where = filter.Where(parameters);
        return database.ReadAsync(
            async connection =>
            {
                // Row by row: a stranger's filter decides how many there are.
                var sum = UInt256.Zero;
                await foreach (var remaining in connection.QueryUnbufferedAsync<UInt256>($"SELECT remaining FROM orders WHERE {where}", parameters))
                {
                    sum += remaining;
                }

                return sum;
            },
            cancellationToken);
    }

    /// <summary>Open orders that sell an app or a dataset.</summary>
    public Task<IReadOnlyList<BookOrder>> OpenOffersAsync(OrderKind kind, Address asset, CancellationToken cancellationToken) =>
        QueryAsync(
            kind == OrderKind.App ? "kind = 'apporder' AND app = @Asset AND status = 'open'" : "kind = 'datasetorder' AND dataset = @Asset AND status = 'open'",
            new { ChainId = _chainId, Asset = asset },
            cancellationToken);

    /// <summary>Open requests for an app or dataset.</summary>
    public Task<IReadOnlyList<BookOrder>> OpenRequestsAsync(Address asset, CancellationToken cancellationToken) =>
        QueryAsync("kind = 'requestorder' AND (app = @Asset OR dataset = @Asset) AND status = 'open'", new { ChainId = _chainId, Asset = asset }, cancellationToken);

    public Task<IReadOnlyList<BookOrder>> OpenAsync(CancellationToken cancellationToken) =>
        QueryAsync("status = 'open'", new { ChainId = _chainId }, cancellationToken);

    /// <summary>Orders that blocks after this one changed.</summary>
    public Task<IReadOnlyList<BookOrder>> ChangedAfterAsync(ulong block, CancellationToken cancellationToken) =>
        QueryAsync(
            """
            (changed_block > @Block
                OR order_hash IN (SELECT order_hash FROM order_matches WHERE chain_id = @ChainId AND block_number > @Block)
                OR order_hash IN (SELECT order_hash FROM order_closures WHERE chain_id = @ChainId AND block_number > @Block))
            """,
            new { ChainId = _chainId, Block = (long)block },
            cancellationToken);

    /// <summary>Those of the hashes that the book has.</summary>
    public async Task<IReadOnlyList<BookOrder>> FindManyAsync(IReadOnlyCollection<OrderHash> hashes, CancellationToken cancellationToken)
    {
        var found = new List<BookOrder>();
        foreach (var chunk in hashes.Distinct().Chunk(500))
        {
            found.AddRange(await QueryAsync(database.In("order_hash", "Hashes"), new { ChainId = _chainId, Hashes = chunk.Select(hash => hash.ToString()).ToArray() }, cancellationToken));
        }

        return found;
    }

    /// <summary>Open orders of these signers.</summary>
    public async Task<IReadOnlyList<BookOrder>> OpenOfSignersAsync(IReadOnlyCollection<Address> signers, CancellationToken cancellationToken)
    {
        var found = new List<BookOrder>();
        foreach (var chunk in signers.Distinct().Chunk(500))
        {
            found.AddRange(await QueryAsync("status = 'open' AND " + database.In("signer", "Signers"), new { ChainId = _chainId, Signers = chunk.Select(signer => signer.ToHex()).ToArray() }, cancellationToken));
        }

        return found;
    }

    /// <summary>Open orders of a signer that need stake, as the transaction sees them.</summary>
    public async Task<IReadOnlyList<BookOrder>> StakedAsync(DbTransaction transaction, Address signer) =>
        [.. (await transaction.Connection!.QueryAsync<OrderRow>(
            $"SELECT {OrderRow.Columns} FROM orders WHERE chain_id = @ChainId AND signer = @Signer AND status = 'open' AND kind IN ('workerpoolorder', 'requestorder')",
            new { ChainId = _chainId, Signer = signer },
            transaction)).Select(row => row.ToOrder()).Where(order => !order.LockPerTask.IsZero)];

    /// <summary>Open orders of a signer about an asset (requests: of the requester), oldest first.</summary>
    public async Task<IReadOnlyList<BookOrder>> OpenAboutAsync(DbTransaction transaction, OrderKind kind, Address resource, Address signer)
    {
        var column = MarketRoutes.ResourceName(kind);
        return [.. (await transaction.Connection!.QueryAsync<OrderRow>(
            $"""
            SELECT {OrderRow.Columns} FROM orders
            WHERE chain_id = @ChainId AND kind = @Kind AND {column} = @Resource AND signer = @Signer AND status = 'open' ORDER BY published_at, order_hash
            """,
            new { ChainId = _chainId, Kind = OrderRow.KindText(kind), Resource = resource, Signer = signer },
            transaction)).Select(row => row.ToOrder())];
    }

    public Task<long> CountOpenAsync(DbConnection connection, DbTransaction? transaction, OrderKind kind, Address? signer = null) =>
        connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM orders WHERE chain_id = @ChainId AND kind = @Kind AND status = 'open' AND (@AnySigner = 1 OR signer = @Signer)",
            new { ChainId = _chainId, Kind = OrderRow.KindText(kind), AnySigner = signer is null ? 1L : 0L, Signer = signer ?? Address.Zero },
            transaction);

    /// <summary>Volume that the matches known here took from an order.</summary>
    public async Task<UInt256> MatchedVolumeAsync(DbTransaction transaction, OrderHash hash)
    {
        var volumes = await transaction.Connection!.QueryAsync<string>(
            "SELECT volume FROM order_matches WHERE chain_id = @ChainId AND order_hash = @Hash", new { ChainId = _chainId, Hash = hash.Value }, transaction);
        return volumes.Aggregate(UInt256.Zero, (sum, volume) => sum + UInt256.Parse("0x" + volume));
    }

    public async Task<bool> IsClosedAsync(DbTransaction transaction, OrderHash hash) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM order_closures WHERE chain_id = @ChainId AND order_hash = @Hash", new { ChainId = _chainId, Hash = hash.Value }, transaction) > 0;

    /// <summary>Inserts, or revives an order that was dead, which keeps its first time of publication.</summary>
    public async Task InsertAsync(DbTransaction transaction, BookOrder order, ulong block)
    {
        var tag = TagWords.Of(order.Tag);
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO orders (chain_id, order_hash, kind, signer, status, volume, remaining, price, lock_per_task, tag, tag0, tag1, tag2, tag3, category, trust,
                app, dataset, workerpool, requester, beneficiary, app_max_price, dataset_max_price, bulk, published_at, changed_block, order_json)
            VALUES (@ChainId, @Hash, @Kind, @Signer, @Status, @Volume, @Remaining, @Price, @LockPerTask, @Tag, @Word0, @Word1, @Word2, @Word3, @Category, @Trust,
                @App, @Dataset, @Workerpool, @Requester, @Beneficiary, @AppMaxPrice, @DatasetMaxPrice, @Bulk, @PublishedAt, @Block, @OrderJson)
            ON CONFLICT (chain_id, order_hash) DO UPDATE SET status = excluded.status, remaining = excluded.remaining, signer = excluded.signer,
                order_json = excluded.order_json, changed_block = excluded.changed_block
            """,
            new
            {
                ChainId = _chainId,
                Hash = order.Hash.Value,
                Kind = OrderRow.KindText(order.Kind),
                order.Signer,
                Status = order.Status.ToText(),
                order.Volume,
                order.Remaining,
                order.Price,
                order.LockPerTask,
                Tag = order.Tag.Value,
                tag.Word0,
                tag.Word1,
                tag.Word2,
                tag.Word3,
                order.Category,
                order.Trust,
                order.App,
                order.Dataset,
                order.Workerpool,
                order.Requester,
                order.Beneficiary,
                order.AppMaxPrice,
                order.DatasetMaxPrice,
                Bulk = order.IsBulk ? 1L : 0L,
                PublishedAt = order.PublishedAt.ToUnixTimeMilliseconds(),
                Block = (long)block,
                order.OrderJson,
            },
            transaction);
        if (order.Status == OrderStatus.Open)
        {
            await Feed.PublishedAsync(transaction, order);
        }
    }

    /// <param name="order">As the transaction read it.</param>
    public async Task SetFateAsync(DbTransaction transaction, BookOrder order, OrderFate fate, ulong block)
    {
        await transaction.Connection!.ExecuteAsync(
            "UPDATE orders SET status = @Status, remaining = @Remaining, changed_block = @Block WHERE chain_id = @ChainId AND order_hash = @Hash",
            new { ChainId = _chainId, Hash = order.Hash.Value, Status = fate.Status.ToText(), fate.Remaining, Block = (long)block },
            transaction);
        var now = order with { Status = fate.Status, Remaining = fate.Remaining };
        await ((order.Status == OrderStatus.Open, fate.Status == OrderStatus.Open) switch
        {
            (true, true) => Feed.UpdatedAsync(transaction, now),
            (true, false) => Feed.UnpublishedAsync(transaction, now),
            (false, true) => Feed.PublishedAsync(transaction, now),
            _ => Task.CompletedTask,
        });
    }

    /// <summary>An open order dies; another stays.</summary>
    public async Task KillAsync(DbTransaction transaction, BookOrder order, ulong block)
    {
        var killed = await transaction.Connection!.ExecuteAsync(
            "UPDATE orders SET status = 'dead', changed_block = @Block WHERE chain_id = @ChainId AND order_hash = @Hash AND status = 'open'",
            new { ChainId = _chainId, Hash = order.Hash.Value, Block = (long)block },
            transaction);
        if (killed > 0)
        {
            await Feed.UnpublishedAsync(transaction, order);
        }
    }

    public async Task RemoveAsync(DbTransaction transaction, BookOrder order)
    {
        await transaction.Connection!.ExecuteAsync(
            "DELETE FROM orders WHERE chain_id = @ChainId AND order_hash = @Hash", new { ChainId = _chainId, Hash = order.Hash.Value }, transaction);
        await Feed.UnpublishedAsync(transaction, order);
    }

    // Strangers decide how many these are, and how long their texts: those stay where they are.
    private Task<IReadOnlyList<BookOrder>> QueryAsync(string condition, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<BookOrder>>(
            async connection => [.. (await connection.QueryAsync<OrderRow>(
                $"SELECT {OrderRow.LightColumns} FROM orders WHERE chain_id = @ChainId AND {condition}", parameters)).Select(row => row.ToOrder())],
            cancellationToken);
}
