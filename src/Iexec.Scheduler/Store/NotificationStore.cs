using System.Data.Common;
using System.Text.Json;
using Dapper;
using Iexec.Ethereum;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Scheduler.Store;

/// <summary>Each worker's numbered messages. Numbers have no gaps at the end: a worker that asks after its last one misses none.</summary>
internal sealed class NotificationStore(Database database, PoolScope scope)
{
    private const int MostInOneAnswer = 200;
    private const int MostKeptPerWorker = 5000;

    /// <summary>Appends, in the transaction of what causes the message.</summary>
    public static async Task AddAsync(DbTransaction transaction, PoolScope scope, TaskNotification message)
    {
        var connection = transaction.Connection!;
        foreach (var worker in message.WorkersAddress)
        {
            var number = await connection.ExecuteScalarAsync<long>(
                """
                INSERT INTO notification_counters (chain_id, workerpool, worker, last_number) VALUES (@ChainId, @Pool, @Worker, 1)
                ON CONFLICT (chain_id, workerpool, worker) DO UPDATE SET last_number = notification_counters.last_number + 1
                RETURNING last_number
                """,
                new { scope.ChainId, scope.Pool, Worker = worker },
                transaction);
            var body = JsonSerializer.Serialize(message with { Number = (ulong)number }, SchedulerJson.Default.TaskNotification);
            await connection.ExecuteAsync(
                "INSERT INTO notifications (chain_id, workerpool, worker, number, task_id, body) VALUES (@ChainId, @Pool, @Worker, @Number, @Task, @Body)",
                new { scope.ChainId, scope.Pool, Worker = worker, Number = number, Task = message.ChainTaskId, Body = body },
                transaction);
            await connection.ExecuteAsync(
                "DELETE FROM notifications WHERE chain_id = @ChainId AND workerpool = @Pool AND worker = @Worker AND number <= @Oldest",
                new { scope.ChainId, scope.Pool, Worker = worker, Oldest = number - MostKeptPerWorker },
                transaction);
        }
    }

    /// <summary>Messages after a number; all that are kept when the number was never given.</summary>
    public Task<NotificationBatch> ReadAsync(Address worker, ulong after, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var last = await connection.ExecuteScalarAsync<long?>(
                    "SELECT last_number FROM notification_counters WHERE chain_id = @ChainId AND workerpool = @Pool AND worker = @Worker", new { scope.ChainId, scope.Pool, Worker = worker }) ?? 0;
                var from = after > (ulong)last ? 0 : (long)after;
                var bodies = await connection.QueryAsync<string>(
                    "SELECT body FROM notifications WHERE chain_id = @ChainId AND workerpool = @Pool AND worker = @Worker AND number > @From ORDER BY number LIMIT @Most",
                    new { scope.ChainId, scope.Pool, Worker = worker, From = from, Most = MostInOneAnswer });
                TaskNotification[] messages = [.. bodies.Select(static body => JsonSerializer.Deserialize(body, SchedulerJson.Default.TaskNotification)!)];
                return new NotificationBatch(messages, messages.Length > 0 ? messages[^1].Number!.Value : (ulong)last);
            },
            cancellationToken);
}
