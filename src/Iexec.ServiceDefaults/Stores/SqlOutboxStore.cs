using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;

namespace Iexec.ServiceDefaults.Stores;

/// <summary>The transaction outbox in the role's own store.</summary>
public sealed class SqlOutboxStore(Database database) : IOutboxStore
{
    private const string Columns =
        "intent AS Intent, target AS Target, data AS Data, gas_limit AS GasLimit, nonce AS Nonce, raw AS Raw, hash AS Hash, earlier_hashes AS EarlierHashes, receipt AS Receipt";

    /// <inheritdoc/>
    public Task<OutboxEntry?> FindAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<Row>(
                $"SELECT {Columns} FROM outbox WHERE chain_id = @ChainId AND sender = @Sender AND intent = @Intent",
                new { ChainId = (long)chainId, Sender = sender, Intent = intent }))?.ToEntry(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxEntry>> ListPendingAsync(ulong chainId, Address sender, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<OutboxEntry>>(
            async connection => [.. (await connection.QueryAsync<Row>(
                $"SELECT {Columns} FROM outbox WHERE chain_id = @ChainId AND sender = @Sender AND receipt IS NULL ORDER BY CASE WHEN nonce IS NULL THEN 1 ELSE 0 END, nonce, intent",
                new { ChainId = (long)chainId, Sender = sender })).Select(row => row.ToEntry())],
            cancellationToken);

    /// <inheritdoc/>
    public Task SaveAsync(ulong chainId, Address sender, OutboxEntry entry, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO outbox (chain_id, sender, intent, target, data, gas_limit, nonce, raw, hash, earlier_hashes, receipt)
                VALUES (@ChainId, @Sender, @Intent, @Target, @Data, @GasLimit, @Nonce, @Raw, @Hash, @EarlierHashes, @Receipt)
                ON CONFLICT (chain_id, sender, intent) DO UPDATE SET target = excluded.target, data = excluded.data, gas_limit = excluded.gas_limit,
                    nonce = excluded.nonce, raw = excluded.raw, hash = excluded.hash,
                    earlier_hashes = excluded.earlier_hashes, receipt = excluded.receipt
                """,
                new
                {
                    ChainId = (long)chainId,
                    Sender = sender,
                    entry.Intent,
                    Target = entry.Call.To,
                    Data = Hex.Encode(entry.Call.Data),
                    GasLimit = (long?)entry.Call.GasLimit,
                    Nonce = (long?)entry.Nonce,
                    Raw = entry.Raw is null ? null : Hex.Encode(entry.Raw),
                    Hash = entry.Hash?.ToString(),
                    EarlierHashes = entry.EarlierHashes.Count == 0 ? null : string.Join(' ', entry.EarlierHashes),
                    Receipt = entry.Receipt is null ? null : JsonSerializer.Serialize(entry.Receipt, OutboxJson.Default.TransactionReceipt),
                },
                transaction),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "DELETE FROM outbox WHERE chain_id = @ChainId AND sender = @Sender AND intent = @Intent",
                new { ChainId = (long)chainId, Sender = sender, Intent = intent },
                transaction),
            cancellationToken);

    private sealed class Row
    {
        public string Intent { get; init; } = "";

        public Address Target { get; init; }

        public string Data { get; init; } = "";

        public long? GasLimit { get; init; }

        public long? Nonce { get; init; }

        public string? Raw { get; init; }

        public string? Hash { get; init; }

        public string? EarlierHashes { get; init; }

        public string? Receipt { get; init; }

        public OutboxEntry ToEntry() => new(
            Intent,
            new ContractCall(Target, Hex.Decode(Data), (ulong?)GasLimit),
            (ulong?)Nonce,
            Raw is null ? null : Hex.Decode(Raw),
            Hash is null ? null : Bytes32.Parse(Hash),
            Receipt is null ? null : JsonSerializer.Deserialize(Receipt, OutboxJson.Default.TransactionReceipt))
        {
            EarlierHashes = EarlierHashes is null ? [] : [.. EarlierHashes.Split(' ').Select(Bytes32.Parse)],
        };
    }
}

[JsonSerializable(typeof(TransactionReceipt))]
internal sealed partial class OutboxJson : JsonSerializerContext;
