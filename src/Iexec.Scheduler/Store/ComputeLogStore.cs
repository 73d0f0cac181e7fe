using Dapper;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Scheduler.Store;

/// <summary>Output of apps, the end of each stream, until some days after the task's final deadline.</summary>
internal sealed class ComputeLogStore(Database database, PoolScope scope)
{
    private const int MostCharacters = 100_000;

    public Task SaveAsync(TaskId task, Address worker, ComputeLogs logs, ulong keepUntil, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO compute_logs (chain_id, workerpool, task_id, worker, stdout, stderr, keep_until) VALUES (@ChainId, @Pool, @Task, @Worker, @Stdout, @Stderr, @KeepUntil)
                ON CONFLICT (chain_id, workerpool, task_id, worker) DO UPDATE SET stdout = excluded.stdout, stderr = excluded.stderr, keep_until = excluded.keep_until
                """,
                new
                {
                    scope.ChainId,
                    scope.Pool,
                    Task = task.Value,
                    Worker = worker,
                    Stdout = End(logs.Stdout),
                    Stderr = End(logs.Stderr),
                    KeepUntil = (long)keepUntil,
                },
                transaction),
            cancellationToken);

    public Task<IReadOnlyList<ComputeLogs>> ListAsync(TaskId task, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ComputeLogs>>(
            async connection => [.. (await connection.QueryAsync<Row>(
                "SELECT worker AS Worker, stdout AS Stdout, stderr AS Stderr FROM compute_logs WHERE chain_id = @ChainId AND workerpool = @Pool AND task_id = @Task ORDER BY worker",
                new { scope.ChainId, scope.Pool, Task = task.Value }))
                .Select(static row => new ComputeLogs(row.Worker, row.Stdout, row.Stderr))],
            cancellationToken);

    public Task PurgeAsync(ulong nowSeconds, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "DELETE FROM compute_logs WHERE chain_id = @ChainId AND workerpool = @Pool AND keep_until < @Now", new { scope.ChainId, scope.Pool, Now = (long)nowSeconds }, transaction),
            cancellationToken);

    // PostgreSQL's text holds no NUL.
    private static string? End(string? text) =>
        text is null ? null : (text.Length > MostCharacters ? text[^MostCharacters..] : text).Replace('\0', '\uFFFD');

    private sealed class Row
    {
        public Address Worker { get; init; }

        public string? Stdout { get; init; }

        public string? Stderr { get; init; }
    }
}
