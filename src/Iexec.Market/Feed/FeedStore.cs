using System.Buffers;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using Iexec.Market.Book;
using Iexec.Market.Http;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Market.Feed;

/// <summary>Writes events in the transaction of what they tell, so that none is told that did not happen and none is forgotten; numbers without gaps.</summary>
internal sealed class FeedStore(Database database, ulong chainId)
{
    // Whoever was away for longer reads the book again.
    private const long Kept = 20_000;

    private readonly long _chainId = checked((long)chainId);

    public Task PublishedAsync(DbTransaction transaction, BookOrder order) => AppendOrderAsync(transaction, order, "published");

    public Task UpdatedAsync(DbTransaction transaction, BookOrder order) => AppendOrderAsync(transaction, order, "updated");

    /// <summary>The order left the open book, for whatever reason.</summary>
    public Task UnpublishedAsync(DbTransaction transaction, BookOrder order) =>
        AppendAsync(transaction, FeedEvent.Orders, $"{MarketRoutes.OrderName(order.Kind)}_unpublished", $"\"{order.Hash}\"");

    public Task DealCreatedAsync(DbTransaction transaction, string dealJson) => AppendAsync(transaction, FeedEvent.Deals, "deal_created", dealJson);

    /// <summary>What came after a number, oldest first.</summary>
    public Task<IReadOnlyList<FeedEvent>> SinceAsync(long seq, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<FeedEvent>>(
        async connection => [.. await connection.QueryAsync<FeedEvent>(
            "SELECT seq AS Seq, topic AS Topic, name AS Name, payload AS Payload FROM feed WHERE chain_id = @ChainId AND seq > @Seq ORDER BY seq LIMIT @Limit",
            new { ChainId = _chainId, Seq = seq, Limit = limit })],
        cancellationToken);

    /// <summary>The newest number; 0 when nothing happened yet.</summary>
    public Task<long> LastAsync(CancellationToken cancellationToken) => database.ReadAsync(connection => LastAsync(connection, null), cancellationToken);

    /// <summary>Forgets what is old. The newest stays, since it carries the number.</summary>
    public Task PruneAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async transaction => await transaction.Connection!.ExecuteAsync(
            "DELETE FROM feed WHERE chain_id = @ChainId AND seq <= @Seq",
            new { ChainId = _chainId, Seq = await LastAsync(transaction.Connection!, transaction) - Kept },
            transaction),
        cancellationToken);

    private Task AppendOrderAsync(DbTransaction transaction, BookOrder order, string what)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Options))
        {
            MarketReplies.WriteOrder(writer, order, chainId: null);
        }

        return AppendAsync(transaction, FeedEvent.Orders, $"{MarketRoutes.OrderName(order.Kind)}_{what}", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    // The writer holds the book's lock: no two transactions read the same last number, and numbers appear in their order.
    private async Task AppendAsync(DbTransaction transaction, string topic, string name, string payload) => await transaction.Connection!.ExecuteAsync(
        "INSERT INTO feed (chain_id, seq, topic, name, payload) VALUES (@ChainId, @Seq, @Topic, @Name, @Payload)",
        new { ChainId = _chainId, Seq = await LastAsync(transaction.Connection!, transaction) + 1, Topic = topic, Name = name, Payload = payload },
        transaction);

    private Task<long> LastAsync(DbConnection connection, DbTransaction? transaction) =>
        connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(seq), 0) FROM feed WHERE chain_id = @ChainId", new { ChainId = _chainId }, transaction);
}
