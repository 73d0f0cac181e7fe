using System.Net;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Testing.Chain;
using Xunit;
using static Iexec.Sdk.Wire.Scheduler.ReplicateStatus;

namespace Tests.Network.Scheduler;

public sealed class SchedulerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_task_completes_also_when_the_scheduler_restarts_after_every_step(bool restarts)
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        async Task StepAsync()
        {
            if (restarts)
            {
                await pool.RestartAsync();
            }

            await pool.TickAsync();
        }

        var task = TaskId.Of(pool.Chain.Buy(), 0);
        await StepAsync();
        var given = await worker.AskForWorkAsync(1, 0, default);
        Assert.True(given!.WorkerpoolAuthorization.IsSignedBy(pool.Chain.Owner.Address));
        Assert.Equal((task, PoolHost.Wallet(0)), (given.WorkerpoolAuthorization.TaskId, given.WorkerpoolAuthorization.WorkerWallet));
        foreach (var status in new[] { Starting, Started, AppDownloading, AppDownloaded, DataDownloading, DataDownloaded, Computing })
        {
            await StepAsync();
            Assert.Equal(StatusUpdateOutcome.Accepted, (await worker.UpdateStatusAsync(task, new(status), default)).Outcome);
        }

        var logs = new ReplicateStatusDetails { ComputeLogs = new ComputeLogs(PoolHost.Wallet(0), "out", "err"), ExitCode = 0 };
        Assert.Equal(TaskNotificationType.PleaseContribute, (await worker.UpdateStatusAsync(task, new(Computed, logs), default)).NextAction);
        await worker.UpdateStatusAsync(task, new(Contributing), default);
        await StepAsync();
        pool.Chain.Contribute(task, PoolHost.Wallet(0));
        Assert.Equal(TaskNotificationType.PleaseReveal, (await worker.UpdateStatusAsync(task, new(Contributed), default)).NextAction);
        await StepAsync();
        await worker.UpdateStatusAsync(task, new(Revealing), default);
        pool.Chain.Reveal(task, PoolHost.Wallet(0));
        await StepAsync();
        Assert.Equal(TaskNotificationType.PleaseUpload, (await worker.UpdateStatusAsync(task, new(Revealed), default)).NextAction);
        await StepAsync();
        await worker.UpdateStatusAsync(task, new(ResultUploading), default);
        await StepAsync();
        Assert.Equal(StatusUpdateOutcome.Accepted, (await worker.UpdateStatusAsync(task, new(ResultUploaded, new() { ResultLink = PoolHost.Link }), default)).Outcome);
        await StepAsync();
        Assert.Equal(StatusUpdateOutcome.Accepted, (await worker.UpdateStatusAsync(task, new(Completing), default)).Outcome);
        Assert.Equal(StatusUpdateOutcome.Accepted, (await worker.UpdateStatusAsync(task, new(Completed), default)).Outcome);
        await StepAsync();

        var model = await pool.User().FindTaskAsync(task, default);
        Assert.Equal(ScheduledTaskStatus.Completed, model!.CurrentStatus);
        Assert.Null(model.Wait);
        Assert.Equal(Completed, Assert.Single(model.Replicates).CurrentStatus);
        Assert.Equal([$"initialize:{task}", $"finalize:{task}"], pool.Chain.Intents);
        var messages = await worker.GetNotificationsAsync(0, 0, default);
        Assert.Equal(
            [TaskNotificationType.PleaseReveal, TaskNotificationType.PleaseUpload, TaskNotificationType.PleaseComplete],
            messages.Notifications.Select(static message => message.TaskNotificationType));
        Assert.Equal([1UL, 2, 3], messages.Notifications.Select(static message => message.Number!.Value));
        Assert.Empty((await worker.GetNotificationsAsync(messages.Last, 0, default)).Notifications);
        // The session survived every restart.
        Assert.Single(pool.Requests, SchedulerRoutes.WorkerLogin);
    }

    [Fact]
    public async Task Work_is_given_the_moment_it_is_there()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        await pool.TickAsync();
        var asked = worker.AskForWorkAsync(1, 30, default);
        var task = await pool.OpenAsync();
        Assert.Equal(task, (await asked)!.WorkerpoolAuthorization.TaskId);
    }

    [Fact]
    public async Task A_question_without_an_answer_ends_after_its_wait()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        await pool.TickAsync();
        Assert.Null(await worker.AskForWorkAsync(1, 0, default));
    }

    [Fact]
    public async Task Of_many_that_ask_at_once_as_many_get_the_task_as_it_needs()
    {
        await using var pool = await PoolHost.StartAsync();
        var workers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => pool.RegisteredAsync(i)));
        await pool.OpenAsync(trust: 3);
        var given = await Task.WhenAll(workers.SelectMany(worker => new[] { worker.AskForWorkAsync(1, 0, default), worker.AskForWorkAsync(1, 0, default) }));
        Assert.Equal(2, given.Count(static task => task is not null));
        Assert.Equal(2, given.Where(static task => task is not null).Select(static task => task!.WorkerpoolAuthorization.WorkerWallet).Distinct().Count());
    }

    [Fact]
    public async Task A_worker_gets_no_more_tasks_than_it_has_slots()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0, slots: 2);
        pool.Chain.Buy(tasks: 5);
        await pool.TickAsync();
        var given = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => worker.AskForWorkAsync(1, 0, default)));
        Assert.Equal(2, given.Count(static task => task is not null));
        Assert.Equal(2, (await worker.GetComputingAsync(default)).Count);
        Assert.Equal((2, 0), await SlotsAsync(pool));

        var first = given.First(static task => task is not null)!.WorkerpoolAuthorization.TaskId;
        await worker.UpdateStatusAsync(first, new(ComputeFailed), default);
        Assert.NotNull(await worker.AskForWorkAsync(1, 0, default));
    }

    [Fact]
    public async Task Duplicate_late_and_foreign_reports_do_no_harm()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        using var stranger = await pool.RegisteredAsync(1);
        var task = await pool.OpenAsync();
        await worker.AskForWorkAsync(1, 0, default);
        await worker.UpdateStatusAsync(task, new(Starting), default);
        await worker.UpdateStatusAsync(task, new(Computing), default);
        Assert.Equal(StatusUpdateOutcome.AlreadyReported, (await worker.UpdateStatusAsync(task, new(Computing), default)).Outcome);
        Assert.Equal(StatusUpdateOutcome.AlreadyReported, (await worker.UpdateStatusAsync(task, new(Starting), default)).Outcome);
        Assert.Equal(new(StatusUpdateOutcome.Refused, TaskNotificationType.PleaseAbort), await stranger.UpdateStatusAsync(task, new(Computing), default));
        Assert.Equal(new(StatusUpdateOutcome.Refused, TaskNotificationType.PleaseAbort), await worker.UpdateStatusAsync(new TaskId(Bytes32.Zero), new(Computing), default));
        Assert.Equal(Computing, (await pool.User().FindTaskAsync(task, default))!.Replicates[0].CurrentStatus);
    }

    [Fact]
    public async Task A_contribution_is_believed_when_the_chain_shows_it()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        var task = await pool.OpenAsync();
        await worker.AskForWorkAsync(1, 0, default);
        await worker.UpdateStatusAsync(task, new(Contributing), default);
        // The worker's node is ahead of ours: it is to ask again.
        var receipt = new ReplicateStatusDetails { ChainReceipt = new ChainReceipt(pool.Chain.Hub.BlockNumber + 1) };
        await Assert.ThrowsAsync<SchedulerBusyException>(() => worker.UpdateStatusAsync(task, new(Contributed, receipt), default));
        pool.Chain.Hub.Mine(5);
        Assert.Equal(new(StatusUpdateOutcome.Refused, TaskNotificationType.PleaseContribute), await worker.UpdateStatusAsync(task, new(Contributed, receipt), default));
    }

    [Fact]
    public async Task A_result_that_the_storage_does_not_have_is_uploaded_by_another()
    {
        await using var pool = await PoolHost.StartAsync();
        SchedulerWorkerClient[] workers = [await pool.RegisteredAsync(0), await pool.RegisteredAsync(1)];
        var task = await pool.OpenAsync(trust: 3);
        for (var i = 0; i < 2; i++)
        {
            await workers[i].AskForWorkAsync(1, 0, default);
            pool.Chain.Contribute(task, PoolHost.Wallet(i));
        }

        pool.Chain.Reveal(task, PoolHost.Wallet(0));
        pool.Chain.Reveal(task, PoolHost.Wallet(1));
        await pool.TickAsync();
        var first = (await pool.User().FindTaskAsync(task, default))!.UploadingWorkerWalletAddress == PoolHost.Wallet(0) ? 0 : 1;

        pool.Storage = HttpStatusCode.InternalServerError;
        var report = new ReplicateStatusUpdate(ResultUploaded, new() { ResultLink = PoolHost.Link });
        await Assert.ThrowsAsync<SchedulerBusyException>(() => workers[first].UpdateStatusAsync(task, report, default));
        pool.Storage = HttpStatusCode.NotFound;
        await workers[first].UpdateStatusAsync(task, report, default);
        pool.Storage = HttpStatusCode.OK;
        Assert.Equal(PoolHost.Wallet(1 - first), (await pool.User().FindTaskAsync(task, default))!.UploadingWorkerWalletAddress);
        Assert.Equal(StatusUpdateOutcome.Accepted, (await workers[1 - first].UpdateStatusAsync(task, report, default)).Outcome);
        await pool.TickAsync();
        Assert.Equal(ScheduledTaskStatus.Completed, (await pool.User().FindTaskAsync(task, default))!.CurrentStatus);
    }

    [Fact]
    public async Task A_worker_that_falls_silent_is_replaced_and_may_come_back()
    {
        await using var pool = await PoolHost.StartAsync();
        using var lost = await pool.RegisteredAsync(0);
        var task = await pool.OpenAsync();
        await lost.AskForWorkAsync(1, 0, default);
        await lost.UpdateStatusAsync(task, new(Computing), default);
        pool.Time.Advance(TimeSpan.FromSeconds(61));
        // Lost, also if it died while the scheduler was down.
        await pool.RestartAsync();
        await pool.TickAsync();
        Assert.Equal(WorkerLost, (await pool.User().FindTaskAsync(task, default))!.Replicates[0].CurrentStatus);

        using var other = await pool.RegisteredAsync(1);
        Assert.Equal(task, (await other.AskForWorkAsync(1, 0, default))!.WorkerpoolAuthorization.TaskId);
        await lost.PingAsync(default);
        await pool.TickAsync();
        Assert.Equal(Computing, (await pool.User().FindTaskAsync(task, default))!.Replicates[0].CurrentStatus);
    }

    [Fact]
    public async Task A_restarted_worker_is_told_what_to_do()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        var task = await pool.OpenAsync();
        await worker.AskForWorkAsync(1, 0, default);
        await worker.UpdateStatusAsync(task, new(Computed), default);
        var order = Assert.Single(await worker.GetInterruptedAsync(1, default));
        Assert.Equal((task, TaskNotificationType.PleaseContribute), (order.TaskId, order.TaskNotificationType));
        Assert.True(order.TaskNotificationExtra!.WorkerpoolAuthorization!.IsSignedBy(pool.Chain.Owner.Address));
    }

    [Fact]
    public async Task Many_tasks_are_opened_together_and_alone_after_a_refusal()
    {
        await using var pool = await PoolHost.StartAsync();
        pool.Chain.Refuses = static intent => intent.EndsWith(":1", StringComparison.Ordinal) && intent.Split(':').Length == 3;
        var deal = pool.Chain.Buy(tasks: 100);
        await pool.TickAsync();
        Assert.Equal([$"initialize:{deal}:0", $"initialize:{deal}:1", $"initialize:{deal}:2"], pool.Chain.Intents.Order(StringComparer.Ordinal));
        pool.Chain.Refuses = static _ => false;
        pool.Time.Advance(TimeSpan.FromSeconds(5));
        await pool.TickAsync();
        Assert.Equal(43, pool.Chain.Intents.Count);
        Assert.Equal(100, pool.Scheduler.Book.Open.Count(static task => task.Status == ScheduledTaskStatus.Initialized));
    }

    [Fact]
    public async Task What_was_never_opened_is_claimed_after_its_final_deadline()
    {
        await using var pool = await PoolHost.StartAsync();
        pool.Chain.Hub.BlockTimeSeconds = 11 * PoolChain.TimeRef;
        var task = TaskId.Of(pool.Chain.Buy(), 0);
        pool.Chain.Hub.Mine();
        await pool.TickAsync();
        Assert.Equal([$"initializeAndClaim:{task}"], pool.Chain.Intents);
        var model = await pool.User().FindTaskAsync(task, default);
        Assert.Equal(ScheduledTaskStatus.Failed, model!.CurrentStatus);
        Assert.Contains("before the task was opened", model.Reason, StringComparison.Ordinal);
        Assert.Null(model.Wait);
    }

    [Fact]
    public async Task A_deal_that_cannot_be_read_is_read_again()
    {
        await using var pool = await PoolHost.StartAsync();
        await pool.TickAsync();
        var deal = pool.Chain.Buy();
        var known = pool.Chain.Hub.State.Deals;
        // The log is there, the view is not yet, as behind a load balancer.
        pool.Chain.Hub.State = pool.Chain.Hub.State with { Deals = known.Clear() };
        Assert.False(await pool.Scheduler.Loop.RunOnceAsync(default));
        pool.Chain.Hub.State = pool.Chain.Hub.State with { Deals = known };
        await pool.TickAsync();
        Assert.NotNull(await pool.User().FindTaskAsync(TaskId.Of(deal, 0), default));
    }

    [Fact]
    public async Task A_deal_made_to_break_its_readers_is_skipped_and_the_next_is_served()
    {
        await using var pool = await PoolHost.StartAsync();
        await pool.TickAsync();
        pool.Chain.Hub.Oversized.Add(pool.Chain.Buy());
        var deal = pool.Chain.Buy();
        await pool.TickAsync();
        Assert.Equal([$"initialize:{TaskId.Of(deal, 0)}"], pool.Chain.Intents);
    }

    [Fact]
    public async Task A_worker_without_the_stake_gets_nothing_until_it_has_deposited()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0, slots: 2);
        TaskId[] tasks = [TaskId.Of(pool.Chain.Buy(stake: 10), 0), TaskId.Of(pool.Chain.Buy(stake: 10), 0)];
        await pool.TickAsync();
        Assert.Null(await worker.AskForWorkAsync(1, 0, default));
        Assert.Equal("deposit stake", (await pool.User().FindTaskAsync(tasks[0], default))!.Wait!.NextAction);

        // Enough for one of the two: what the first will lock is not there for the second.
        pool.Chain.Hub.Deposit(PoolHost.Wallet(0), 19);
        Assert.Equal(tasks[0], (await worker.AskForWorkAsync(1, 0, default))!.WorkerpoolAuthorization.TaskId);
        Assert.Null(await worker.AskForWorkAsync(1, 0, default));
        pool.Chain.Hub.Deposit(PoolHost.Wallet(0), 1);
        Assert.Equal(tasks[1], (await worker.AskForWorkAsync(1, 0, default))!.WorkerpoolAuthorization.TaskId);
    }

    [Fact]
    public async Task A_pool_whose_wallet_is_empty_gives_no_work_until_it_is_filled()
    {
        var hasGas = false;
        await using var pool = await PoolHost.StartAsync(options => options with { HasGas = _ => Task.FromResult(hasGas) });
        using var worker = await pool.RegisteredAsync(0);
        var task = await pool.OpenAsync();
        Assert.Null(await worker.AskForWorkAsync(1, 0, default));
        Assert.Contains("ether", (await pool.User().FindTaskAsync(task, default))!.Wait!.NextAction, StringComparison.Ordinal);
        hasGas = true;
        await pool.TickAsync();
        Assert.NotNull(await worker.AskForWorkAsync(1, 0, default));
    }

    [Fact]
    public async Task A_task_whose_winner_never_reveals_is_reopened_and_done_by_another()
    {
        await using var pool = await PoolHost.StartAsync();
        using var silent = await pool.RegisteredAsync(0);
        using var other = await pool.RegisteredAsync(1);
        var task = await pool.OpenAsync();
        await silent.AskForWorkAsync(1, 0, default);
        pool.Chain.Contribute(task, PoolHost.Wallet(0));
        await pool.TickAsync();
        pool.Chain.Hub.BlockTimeSeconds = 2 * PoolChain.TimeRef;
        pool.Chain.Hub.Mine();
        pool.Chain.Hub.BlockTimeSeconds = 1;
        await pool.TickAsync();

        Assert.Equal([$"initialize:{task}", $"reopen:{task}"], pool.Chain.Intents);
        Assert.Null(await silent.AskForWorkAsync(1, 0, default));
        Assert.Equal(task, (await other.AskForWorkAsync(1, 0, default))!.WorkerpoolAuthorization.TaskId);
        pool.Chain.Contribute(task, PoolHost.Wallet(1));
        pool.Chain.Reveal(task, PoolHost.Wallet(1));
        await pool.TickAsync();
        await other.UpdateStatusAsync(task, new(ResultUploaded, new() { ResultLink = PoolHost.Link }), default);
        await pool.TickAsync();
        Assert.Equal(ScheduledTaskStatus.Completed, (await pool.User().FindTaskAsync(task, default))!.CurrentStatus);
    }

    [Fact]
    public async Task Deals_of_other_pools_are_not_ours()
    {
        await using var pool = await PoolHost.StartAsync();
        var deal = pool.Chain.Buy(pool: TestAddress.Of(77));
        await pool.TickAsync();
        Assert.Null(await pool.User().FindTaskAsync(TaskId.Of(deal, 0), default));
        Assert.Empty(pool.Chain.Intents);
    }

    [Fact]
    public async Task A_deal_that_a_reorganisation_removed_is_forgotten()
    {
        await using var pool = await PoolHost.StartAsync();
        await pool.TickAsync();
        var task = await pool.OpenAsync();
        pool.Chain.Hub.Reorganise(2);
        pool.Chain.Hub.Mine(4);
        await pool.TickAsync();
        Assert.Null(await pool.User().FindTaskAsync(task, default));
    }

    [Fact]
    public async Task A_completion_that_a_reorganisation_removed_is_taken_back_and_done_again()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        var task = await pool.OpenAsync();
        await worker.AskForWorkAsync(1, 0, default);
        pool.Chain.Contribute(task, PoolHost.Wallet(0));
        pool.Chain.Reveal(task, PoolHost.Wallet(0));
        await pool.TickAsync();
        await worker.UpdateStatusAsync(task, new(ResultUploaded, new() { ResultLink = PoolHost.Link }), default);
        await pool.TickAsync();
        Assert.Equal(ChainTaskStatus.Completed, pool.Chain.Hub.State.Tasks[task].Status);

        pool.Chain.Hub.Reorganise(1);
        pool.Chain.Hub.Mine(3);
        await pool.TickAsync();
        Assert.Equal([$"initialize:{task}", $"finalize:{task}", $"finalize:{task}:1"], pool.Chain.Intents);
        Assert.Equal(ScheduledTaskStatus.Completed, (await pool.User().FindTaskAsync(task, default))!.CurrentStatus);
    }

    [Fact]
    public async Task Nothing_is_given_out_while_the_node_is_behind()
    {
        await using var pool = await PoolHost.StartAsync(static options => options with { MaximumHeadAge = TimeSpan.FromSeconds(60) });
        using var worker = await pool.RegisteredAsync(0);
        await pool.OpenAsync();
        await Assert.ThrowsAsync<SchedulerBusyException>(() => worker.AskForWorkAsync(1, 0, default));
        Assert.Empty(pool.Chain.Intents);
    }

    [Fact]
    public async Task The_pool_says_what_it_can_do()
    {
        await using var pool = await PoolHost.StartAsync();
        Assert.Equal(UInt256.Zero, (await pool.User().GetWorkersSummaryAsync(default)).ReachableTrust);
        using var one = await pool.RegisteredAsync(0);
        using var two = await pool.RegisteredAsync(1, slots: 3);
        await pool.OpenAsync();
        var summary = await pool.User().GetWorkersSummaryAsync(default);
        Assert.Equal(new WorkersSummary(2, 4, 4, 4, 1), summary);
        var metrics = await pool.User().GetMetricsAsync(default);
        Assert.Equal((2, 4, 1L), (metrics.AliveWorkers, metrics.AliveTotalCpu, metrics.DealsCount));
        Assert.Equal(1, metrics.CurrentTaskStatusesCount["INITIALIZED"]);
        Assert.NotEmpty(await pool.User().GetVersionAsync(default));
        Assert.Equal(pool.Chain.Workerpool, (await pool.User().GetConfigurationAsync(default)).WorkerPoolAddress);
    }

    [Fact]
    public async Task A_key_that_does_not_own_the_pool_is_refused_at_start()
    {
        var error = await Assert.ThrowsAsync<IexecException>(() => PoolHost.StartAsync(static options => options with { PoolOwner = TestAddress.Key(9) }));
        Assert.Equal(ErrorCode.ConfigurationError, error.Code);
    }

    private static async Task<(int Total, int Free)> SlotsAsync(PoolHost pool)
    {
        var summary = await pool.User().GetWorkersSummaryAsync(default);
        return (summary.TotalSlots, summary.FreeSlots);
    }
}
