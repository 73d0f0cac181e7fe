using System.Data.Common;
using System.Text.Json;
using Dapper;
using Iexec.Poco;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Scheduler.Store;

/// <summary>A task as stored; the version grows with every change.</summary>
internal sealed record StoredTask(ScheduledTask Task, long Version);

/// <summary>Tasks and the messages that follow from their changes, in one transaction.</summary>
internal sealed class TaskStore(Database database, PoolScope scope)
{
    private const string Columns = "version AS Version, body AS Body";

    public Task<IReadOnlyList<StoredTask>> ListOpenAsync(CancellationToken cancellationToken) =>
        ListAsync("settled = 0", new { scope.ChainId, scope.Pool }, cancellationToken);

    /// <summary>Settled tasks that were read from blocks which a reorganisation took back.</summary>
    public Task<IReadOnlyList<StoredTask>> ListSettledAfterAsync(ulong block, CancellationToken cancellationToken) =>
        ListAsync("settled = 1 AND observed_block > @Block", new { scope.ChainId, scope.Pool, Block = (long)block }, cancellationToken);

    public async Task<StoredTask?> FindAsync(TaskId id, CancellationToken cancellationToken) =>
        (await ListAsync("task_id = @Id", new { scope.ChainId, scope.Pool, Id = id.Value }, cancellationToken)).SingleOrDefault();

    /// <summary>Adds tasks that are new; false for those that were known.</summary>
    public async Task<bool> AddAsync(DbTransaction transaction, ScheduledTask task) =>
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO tasks (chain_id, workerpool, task_id, deal_id, status, settled, observed_block, deal_block, version, body)
            VALUES (@ChainId, @Pool, @Id, @Deal, @Status, @Settled, @ObservedBlock, @DealBlock, 1, @Body)
            ON CONFLICT (chain_id, workerpool, task_id) DO NOTHING
            """,
            Parameters(task, 1),
            transaction) == 1;

    /// <summary>Compare and set: false, and nothing stored, when somebody else has changed the task since.</summary>
    public Task<bool> SaveAsync(StoredTask stored, IReadOnlyList<TaskNotification> messages, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                var changed = await transaction.Connection!.ExecuteAsync(
                    """
                    UPDATE tasks SET status = @Status, settled = @Settled, observed_block = @ObservedBlock, deal_block = @DealBlock, version = @Version + 1, body = @Body
                    WHERE chain_id = @ChainId AND workerpool = @Pool AND task_id = @Id AND version = @Version
                    """,
                    Parameters(stored.Task, stored.Version),
                    transaction) == 1;
                if (changed)
                {
                    foreach (var message in messages)
                    {
                        await NotificationStore.AddAsync(transaction, scope, message);
                    }
                }

                return changed;
            },
            cancellationToken);

    /// <summary>Forgets the tasks of a deal that the chain no longer has.</summary>
    public Task RemoveDealAsync(DealId deal, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "DELETE FROM tasks WHERE chain_id = @ChainId AND workerpool = @Pool AND deal_id = @Deal", new { scope.ChainId, scope.Pool, Deal = deal.Value }, transaction),
            cancellationToken);

    /// <summary>Number of tasks in each status.</summary>
    public Task<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, int>>(
            async connection => (await connection.QueryAsync<CountRow>(
                "SELECT status AS Status, COUNT(*) AS Count FROM tasks WHERE chain_id = @ChainId AND workerpool = @Pool GROUP BY status", new { scope.ChainId, scope.Pool }))
                .ToDictionary(static row => row.Status, static row => (int)row.Count),
            cancellationToken);

    /// <summary>Number of deals, and the block of the latest.</summary>
    public Task<(long Deals, ulong LatestBlock)> CountDealsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleAsync<DealRow>(
                    "SELECT COUNT(DISTINCT deal_id) AS Deals, COALESCE(MAX(deal_block), 0) AS Latest FROM tasks WHERE chain_id = @ChainId AND workerpool = @Pool", new { scope.ChainId, scope.Pool });
                return (row.Deals, (ulong)row.Latest);
            },
            cancellationToken);

    private Task<IReadOnlyList<StoredTask>> ListAsync(string condition, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredTask>>(
            async connection => [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM tasks WHERE chain_id = @ChainId AND workerpool = @Pool AND {condition}", parameters))
                .Select(static row => new StoredTask(JsonSerializer.Deserialize(row.Body, StateJson.Default.ScheduledTask)!, row.Version))],
            cancellationToken);

    private object Parameters(ScheduledTask task, long version) => new
    {
        scope.ChainId,
        scope.Pool,
        Id = task.Id.Value,
        task.Terms.Deal,
        Status = JsonSerializer.SerializeToElement(task.Status, StateJson.Default.ScheduledTaskStatus).GetString(),
        Settled = task.IsSettled ? 1L : 0L,
        ObservedBlock = (long)task.ObservedBlock,
        DealBlock = (long)task.Terms.DealBlock,
        Version = version,
        Body = JsonSerializer.Serialize(task, StateJson.Default.ScheduledTask),
    };

    private sealed class Row
    {
        public long Version { get; init; }

        public string Body { get; init; } = "";
    }

    private sealed class CountRow
    {
        public string Status { get; init; } = "";

        public long Count { get; init; }
    }

    private sealed class DealRow
    {
        public long Deals { get; init; }

        public long Latest { get; init; }
    }
}
