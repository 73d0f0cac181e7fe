using Iexec.Poco;
using Iexec.Scheduler.Shell;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Stores;
using Iexec.Testing;
using Xunit;

namespace Tests.Network.Scheduler;

/// <summary>Two pools of one chain whose schedulers share a store.</summary>
public sealed class TwoPoolsTests
{
    [Fact]
    public async Task Two_pools_share_a_file_and_know_nothing_of_each_other()
    {
        await using var one = await PoolHost.StartAsync();
        await ShareAsync(one);
    }

    [PostgresFact]
    public async Task Two_pools_share_a_server_and_know_nothing_of_each_other()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var one = await PoolHost.StartAsync(options => options with { ConnectionString = postgres.ConnectionString });
        await ShareAsync(one);
    }

    [Fact]
    public async Task A_store_from_before_pools_were_told_apart_is_read_from_the_chain_again()
    {
        await using var pool = await PoolHost.StartAsync();
        var task = await pool.OpenAsync();
        await using (var database = Database.Open(pool.Store, "scheduler"))
        {
            await database.WriteAsync(
                async transaction =>
                {
                    // As it was: tables without a pool, a cursor without a pool, the last migration not yet applied.
                    await using var command = transaction.Connection!.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = """
                        DROP TABLE tasks;
                        CREATE TABLE tasks (chain_id BIGINT NOT NULL, task_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (chain_id, task_id));
                        INSERT INTO tasks VALUES (65535, '0x00', 'of somebody');
                        DELETE FROM migrations WHERE owner = 'scheduler' AND number = 3;
                        UPDATE cursor_positions SET cursor_name = 'deals';
                        """;
                    await command.ExecuteNonQueryAsync();
                },
                default);
        }

        await pool.RestartAsync();
        await pool.TickAsync();
        Assert.Equal(ScheduledTaskStatus.Initialized, (await pool.User().FindTaskAsync(task, default))!.CurrentStatus);
        Assert.Equal([$"initialize:{task}"], pool.Chain.Intents);
    }

    private static async Task ShareAsync(PoolHost one)
    {
        await using var other = await one.StartNeighbourAsync();
        using var worker = await one.RegisteredAsync(0);
        using var sameWorker = await other.RegisteredAsync(0);
        var (task, otherTask) = (TaskId.Of(one.Chain.Buy(pool: one.Workerpool), 0), TaskId.Of(one.Chain.Buy(pool: other.Workerpool), 0));
        await one.TickAsync();
        await other.TickAsync();
        Assert.Equal([$"initialize:{task}", $"initialize:{otherTask}"], one.Chain.Intents);

        // Both start again on what both have stored.
        await one.RestartAsync();
        await other.RestartAsync();
        await one.TickAsync();
        await other.TickAsync();
        Assert.Equal(2, one.Chain.Intents.Count);
        Assert.Equal([task], Open(one.Scheduler));
        Assert.Equal([otherTask], Open(other.Scheduler));

        Assert.Equal(task, (await worker.AskForWorkAsync(1, 0, default))!.WorkerpoolAuthorization.TaskId);
        Assert.Equal(otherTask, (await sameWorker.AskForWorkAsync(1, 0, default))!.WorkerpoolAuthorization.TaskId);
        one.Chain.Contribute(task, PoolHost.Wallet(0));
        await one.TickAsync();
        await other.TickAsync();
        var message = Assert.Single((await worker.GetNotificationsAsync(0, 0, default)).Notifications);
        Assert.Equal((task, 1UL), (message.TaskId, message.Number!.Value));
        Assert.Empty((await sameWorker.GetNotificationsAsync(0, 0, default)).Notifications);

        // A session of one pool opens nothing at the other.
        var sessions = (one.Scheduler.Sessions, other.Scheduler.Sessions);
        Assert.NotEqual(sessions.Item1.Challenge(PoolHost.Wallet(0)), sessions.Item2.Challenge(PoolHost.Wallet(0)));
    }

    private static IEnumerable<TaskId> Open(SchedulerService scheduler) => scheduler.Book.Open.Select(static task => task.Id);
}
