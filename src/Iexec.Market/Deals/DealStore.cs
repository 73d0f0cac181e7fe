using System.Buffers;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using Iexec.Ethereum;
using Iexec.Market.Feed;
using Iexec.Poco;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Market.Deals;

/// <summary>Which deals are listed.</summary>
internal sealed record DealFilter
{
    /// <summary>Columns that a value must equal; the names come from the code.</summary>
    public IReadOnlyList<(string Column, object Value)> Equal { get; init; } = [];

    /// <summary>Only deals of blocks before this time, in Unix milliseconds.</summary>
    public long? BeforeMilliseconds { get; init; }

    public string Where(DynamicParameters parameters)
    {
        var where = "chain_id = @ChainId";
        foreach (var (column, value) in Equal)
        {
            where += $" AND {column} = @{column}";
            parameters.Add(column, value);
        }

        if (BeforeMilliseconds is { } before)
        {
            where += " AND block_time < @Before";
            parameters.Add("Before", before);
        }

        return where;
    }
}

/// <summary>The deals of one chain.</summary>
internal sealed class DealStore(Database database, ulong chainId)
{
    private readonly long _chainId = checked((long)chainId);
    private readonly FeedStore _feed = new(database, chainId);

    /// <summary>JSON of a deal; null when unknown.</summary>
    public Task<string?> FindAsync(DealId id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<string?>(
            "SELECT deal_json FROM deals WHERE chain_id = @ChainId AND deal_id = @Id", new { ChainId = _chainId, Id = id.Value }),
        cancellationToken);

    /// <summary>A page, newest first, from a place in the listing if one is given, and the number of all matches.</summary>
    public Task<(IReadOnlyList<DealRow> Deals, long Count)> ListAsync(DealFilter filter, Paging paging, CancellationToken cancellationToken, DealCursor? after = null)
    {
        var parameters = new DynamicParameters(new { ChainId = _chainId, paging.Skip, paging.Limit });
        var where = filter.Where(parameters);
        var from = after is { } place ? $"{where} AND {place.Where(parameters)}" : where;
        return database.ReadAsync<(IReadOnlyList<DealRow>, long)>(
            async connection =>
            {
                var count = await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM deals WHERE {where}", parameters);
                var deals = count <= paging.Skip
                    ? []
                    : await connection.QueryAsync<DealRow>(
                        $"""
                        SELECT deal_json AS Json, block_number AS BlockNumber, deal_id AS Id FROM deals
                        WHERE {from} ORDER BY block_number DESC, deal_id ASC LIMIT @Limit OFFSET @Skip
                        """,
                        parameters);
                return ([.. deals], count);
            },
            cancellationToken);
    }

    /// <summary>Time, nRLC per task of the pool, and volume of the last 100 deals of a category.</summary>
    public Task<IReadOnlyList<PriceRow>> PricesAsync(UInt256 category, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<PriceRow>>(
        async connection => [.. await connection.QueryAsync<PriceRow>(
            """
            SELECT block_time AS BlockTime, workerpool_price AS Price, volume AS Volume FROM deals
            WHERE chain_id = @ChainId AND category = @Category ORDER BY block_number DESC, workerpool_price ASC, deal_id ASC LIMIT 100
            """,
            new { ChainId = _chainId, Category = category })],
        cancellationToken);

    /// <summary>Listeners are told when it is new.</summary>
    public async Task InsertAsync(DbTransaction transaction, MarketDeal deal)
    {
        var json = Json(deal);
        var known = await transaction.Connection!.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM deals WHERE chain_id = @ChainId AND deal_id = @DealId", new { ChainId = _chainId, deal.DealId }, transaction);
        await UpsertAsync(transaction, deal, json);
        if (known == 0)
        {
            await _feed.DealCreatedAsync(transaction, json);
        }
    }

    private static string Json(MarketDeal deal)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Options))
        {
            JsonSerializer.Serialize(writer, deal, MarketJson.Default.MarketDeal);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private Task UpsertAsync(DbTransaction transaction, MarketDeal deal, string json) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO deals (chain_id, deal_id, block_number, block_time, category, requester, beneficiary, app, app_owner, dataset, dataset_owner, workerpool,
            workerpool_owner, workerpool_price, volume, app_hash, dataset_hash, workerpool_hash, request_hash, deal_json)
        VALUES (@ChainId, @DealId, @BlockNumber, @BlockTime, @Category, @Requester, @Beneficiary, @App, @AppOwner, @Dataset, @DatasetOwner, @Workerpool,
            @WorkerpoolOwner, @WorkerpoolPrice, @Volume, @AppHash, @DatasetHash, @WorkerpoolHash, @RequestHash, @Json)
        ON CONFLICT (chain_id, deal_id) DO UPDATE SET block_number = excluded.block_number, block_time = excluded.block_time, deal_json = excluded.deal_json
        """,
        new
        {
            ChainId = _chainId,
            deal.DealId,
            BlockNumber = (long)deal.BlockNumber,
            BlockTime = deal.BlockTimestamp.ToUnixTimeMilliseconds(),
            deal.Category,
            deal.Requester,
            deal.Beneficiary,
            App = deal.App.Pointer,
            AppOwner = deal.App.Owner,
            Dataset = deal.Dataset.Pointer,
            DatasetOwner = deal.Dataset.Owner,
            Workerpool = deal.Workerpool.Pointer,
            WorkerpoolOwner = deal.Workerpool.Owner,
            WorkerpoolPrice = deal.Workerpool.Price,
            deal.Volume,
            deal.AppHash,
            deal.DatasetHash,
            deal.WorkerpoolHash,
            deal.RequestHash,
            Json = json,
        },
        transaction);

    internal sealed class DealRow
    {
        public string Json { get; init; } = "";

        public long BlockNumber { get; init; }

        public Bytes32 Id { get; init; }

        public DealCursor Place => new(BlockNumber, new DealId(Id));
    }

    internal sealed class PriceRow
    {
        public long BlockTime { get; init; }

        public UInt256 Price { get; init; }

        public UInt256 Volume { get; init; }
    }
}
