using System.Globalization;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Store;
using Iexec.Scheduler.Tasks;
using Iexec.Scheduler.Workers;
using Iexec.Sdk.Wire.Scheduler;
using Microsoft.Extensions.Logging;

namespace Iexec.Scheduler.Shell;

/// <summary>
/// One run of the level-triggered loop: look at the chain, at the clock and at the workers, let every open task draw its conclusions, start the
/// transactions that are wanted. A task that fails does not keep the others from their turn.
/// </summary>
internal sealed class Reconciliation(
    IHub hub,
    LogCursor cursor,
    DealIntake intake,
    TaskBook book,
    ChainReader reader,
    ChainClock clock,
    WorkerRegistry workers,
    ComputeLogStore logs,
    TransactionSender sender,
    OwnerGas gas,
    TimeSpan sweepPeriod,
    ILogger logger)
{
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        clock.Observe(await hub.GetHeadAsync(cancellationToken));
        await cursor.AdvanceAsync(cancellationToken);
        await ObserveAsync(cancellationToken);
        await NoticeWorkersAsync(cancellationToken);
        await TickAsync(cancellationToken);
        await workers.PersistAsync(cancellationToken);
    }

    private async Task ObserveAsync(CancellationToken cancellationToken)
    {
        var touched = intake.TakeTouched().ToHashSet();
        var isFirst = _nextSweep == DateTimeOffset.MinValue;
        if (clock.Now.Clock >= _nextSweep)
        {
            touched.UnionWith(book.Open.Select(static task => task.Id));
            await workers.RefreshAsync(hub, cancellationToken);
            await gas.RefreshAsync(cancellationToken);
            await logs.PurgeAsync(clock.Now.ChainSeconds, cancellationToken);
            _nextSweep = clock.Now.Clock + sweepPeriod;
        }

        // A reorganisation may have been noticed and not acted upon before a crash.
        var suspects = isFirst ? book.Open.Where(static task => task.ChainStatus == ChainTaskStatus.Unset).Select(static task => task.Terms.DealId()) : [];
        await intake.ForgetLostDealsAsync(suspects, cancellationToken);
        foreach (var id in touched)
        {
            await IsolateAsync(id, () => reader.ObserveAsync(id, cancellationToken));
        }
    }

    private async Task NoticeWorkersAsync(CancellationToken cancellationToken)
    {
        foreach (var task in book.Open.ToList())
        {
            foreach (var replicate in task.Replicates)
            {
                var isLive = workers.IsLive(replicate.Worker);
                if (!isLive && !replicate.HasFailed && replicate.Status != ReplicateStatus.WorkerLost)
                {
                    await IsolateAsync(task.Id, () => book.ApplyAsync(task.Id, new TaskEvent.WorkerSilent(replicate.Worker), cancellationToken));
                }
                else if (isLive && replicate is { Status: ReplicateStatus.WorkerLost, BeforeLost: not ReplicateStatus.Created })
                {
                    await IsolateAsync(task.Id, () => book.ApplyAsync(task.Id, new TaskEvent.WorkerBack(replicate.Worker), cancellationToken));
                }
            }
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        var wishes = new List<(ScheduledTask, TaskEffect)>();
        foreach (var task in book.Open.OrderBy(static task => task.ContributionDeadline).ThenBy(static task => task.Terms.Index).ToList())
        {
            await IsolateAsync(task.Id, async () =>
            {
                var effects = await book.ApplyAsync(task.Id, new TaskEvent.Ticked(), cancellationToken);
                wishes.AddRange(effects.Where(static effect => effect is not TaskEffect.Notify).Select(effect => (task, effect)));
            });
        }

        // Nothing is sent on the word of a node that is behind.
        if (clock.IsHealthy)
        {
            sender.Dispatch(wishes);
        }
    }

    private async Task IsolateAsync(TaskId id, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception exception)
        {
            logger.LogWarning("Task {Task}: {Message}", id.ToString(), string.Create(CultureInfo.InvariantCulture, $"{exception.GetType().Name}: {exception.Message}"));
        }
    }
}
