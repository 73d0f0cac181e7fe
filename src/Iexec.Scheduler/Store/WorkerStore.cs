using System.Text.Json;
using Dapper;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Scheduler.Store;

/// <summary>A worker and when it was last heard of.</summary>
internal sealed record StoredWorker(WorkerModel Model, DateTimeOffset LastSeen);

/// <summary>Registered workers.</summary>
internal sealed class WorkerStore(Database database, PoolScope scope)
{

    public Task<IReadOnlyList<StoredWorker>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredWorker>>(
            async connection => [.. (await connection.QueryAsync<Row>(
                "SELECT model AS Model, last_seen AS LastSeen FROM workers WHERE chain_id = @ChainId AND workerpool = @Pool", new { scope.ChainId, scope.Pool }))
                .Select(static row => new StoredWorker(
                    JsonSerializer.Deserialize(row.Model, StateJson.Default.WorkerModel)!, DateTimeOffset.FromUnixTimeMilliseconds(row.LastSeen)))],
            cancellationToken);

    public Task SaveAsync(IReadOnlyCollection<StoredWorker> workers, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                foreach (var worker in workers)
                {
                    await transaction.Connection!.ExecuteAsync(
                        """
                        INSERT INTO workers (chain_id, workerpool, address, model, last_seen) VALUES (@ChainId, @Pool, @Address, @Model, @LastSeen)
                        ON CONFLICT (chain_id, workerpool, address) DO UPDATE SET model = excluded.model, last_seen = excluded.last_seen
                        """,
                        new
                        {
                            scope.ChainId,
                            scope.Pool,
                            Address = worker.Model.WalletAddress,
                            Model = JsonSerializer.Serialize(worker.Model, StateJson.Default.WorkerModel),
                            LastSeen = worker.LastSeen.ToUnixTimeMilliseconds(),
                        },
                        transaction);
                }
            },
            cancellationToken);

    private sealed class Row
    {
        public string Model { get; init; } = "";

        public long LastSeen { get; init; }
    }
}
