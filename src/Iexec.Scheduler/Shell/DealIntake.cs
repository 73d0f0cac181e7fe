using System.Collections.Concurrent;
using System.Text;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Scheduler.Store;
using Iexec.Scheduler.Tasks;
using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Logging;

namespace Iexec.Scheduler.Shell;

/// <summary>
/// Follows the chain for deals of the pool, and for hints which tasks have changed. A deal that cannot be read stops the cursor, so that it is
/// tried again and never lost.
/// </summary>
internal sealed class DealIntake(IHub hub, Address workerpool, Database database, TaskStore store, TaskBook book, TimeProvider time, ILogger logger) : IChainProjection
{
    private readonly CursorPositions _positions = new(hub.Configuration.ChainId, $"deals of {workerpool}");
    private readonly ConcurrentDictionary<TaskId, byte> _touched = new();
    private readonly ConcurrentDictionary<DealId, byte> _suspects = new();

    public Task<IReadOnlyList<BlockRef>> LoadPositionsAsync(CancellationToken cancellationToken) => _positions.LoadAsync(database, cancellationToken);

    /// <summary>Tasks that events have named since the last call.</summary>
    public IReadOnlyList<TaskId> TakeTouched()
    {
        TaskId[] touched = [.. _touched.Keys];
        foreach (var id in touched)
        {
            _touched.TryRemove(id, out _);
        }

        return touched;
    }

    public async Task ApplyAsync(ChainRange range, CancellationToken cancellationToken)
    {
        var tasks = new List<ScheduledTask>();
        foreach (var notice in range.Events.OfType<HubEvent.SchedulerNotice>().Where(notice => notice.Workerpool == workerpool))
        {
            try
            {
                tasks.AddRange(await ReadAsync(notice, cancellationToken));
            }
            catch (OverflowException exception)
            {
                // The contracts count in 256 bits. Whoever buys at such an index must not hold up all other deals of the pool.
                logger.LogWarning("Deal {Deal} is skipped, its numbers are larger than this scheduler counts: {Message}", notice.DealId, exception.Message);
            }
        }

        await database.WriteAsync(
            async transaction =>
            {
                foreach (var task in tasks)
                {
                    await store.AddAsync(transaction, task);
                }

                await _positions.SaveAsync(transaction, range.End);
            },
            cancellationToken);

        foreach (var task in tasks)
        {
            // Known tasks keep what is known of them; FindAsync gives the stored one.
            if (await store.FindAsync(task.Id, cancellationToken) is { Task.IsSettled: false } stored)
            {
                book.Keep(stored);
            }
        }

        foreach (var item in range.Events)
        {
            Touch(item);
        }
    }

    public async Task RollBackAsync(BlockRef ancestor, CancellationToken cancellationToken)
    {
        await database.WriteAsync(transaction => _positions.RollBackAsync(transaction, ancestor), cancellationToken);
        logger.LogWarning("The chain was reorganised after block {Block}; every task is compared again", ancestor.Number);
        foreach (var stored in await store.ListSettledAfterAsync(ancestor.Number, cancellationToken))
        {
            await MistrustAsync(stored.Task, ancestor.Number, cancellationToken);
        }

        foreach (var task in book.Open.ToList())
        {
            await MistrustAsync(task, ancestor.Number, cancellationToken);
        }
    }

    /// <summary>Forgets deals that the chain no longer has.</summary>
    public async Task ForgetLostDealsAsync(IEnumerable<DealId> suspects, CancellationToken cancellationToken)
    {
        foreach (var deal in suspects.Concat(_suspects.Keys).Distinct().ToList())
        {
            if (await hub.GetDealAsync(deal, cancellationToken) is null)
            {
                logger.LogWarning("Deal {Deal} is no longer on the chain: its tasks are forgotten", deal);
                await store.RemoveDealAsync(deal, cancellationToken);
                book.Forget(deal);
            }

            _suspects.TryRemove(deal, out _);
        }
    }

    private async Task MistrustAsync(ScheduledTask task, ulong ancestor, CancellationToken cancellationToken)
    {
        if (task.ObservedBlock <= ancestor && task.Terms.DealBlock <= ancestor)
        {
            return;
        }

        await book.ApplyAsync(task.Id, new TaskEvent.ChainRolledBack(ancestor), cancellationToken);
        _touched.TryAdd(task.Id, 0);
        if (task.Terms.DealBlock > ancestor)
        {
            _suspects.TryAdd(task.Terms.DealId(), 0);
        }
    }

    /// <exception cref="OverflowException">Indices beyond 64 bits, or more tasks than fit into memory.</exception>
    private async Task<IEnumerable<ScheduledTask>> ReadAsync(HubEvent.SchedulerNotice notice, CancellationToken cancellationToken)
    {
        var deal = await hub.GetDealAsync(notice.DealId, cancellationToken)
            ?? throw new InvalidOperationException($"Deal {notice.DealId} was announced but cannot be read yet.");
        var category = await hub.GetCategoryAsync(deal.Category, cancellationToken)
            ?? throw new InvalidOperationException($"Category {deal.Category} of deal {notice.DealId} cannot be read yet.");
        var app = await hub.GetAppAsync(deal.App.Pointer, cancellationToken);
        var image = app is null ? deal.App.Pointer.ToString() : Encoding.UTF8.GetString(app.Multiaddr);
        var count = checked((int)deal.BotSize);
        _ = checked(deal.BotFirst + deal.BotSize);
        var now = time.GetUtcNow();
        logger.LogInformation("Deal {Deal}: {Count} tasks, trust {Trust}", deal.Id, deal.BotSize, deal.Trust);
        return Enumerable.Range(0, count)
            .Select(i => ScheduledTask.Receive(TaskTerms.Of(deal, category, image, deal.BotFirst + (ulong)i, notice.Position.Block.Number), now));
    }

    private void Touch(HubEvent item)
    {
        TaskId? id = item switch
        {
            HubEvent.TaskInitialized initialized => initialized.TaskId,
            HubEvent.TaskContributed contributed => contributed.TaskId,
            HubEvent.TaskConsensus consensus => consensus.TaskId,
            HubEvent.TaskRevealed revealed => revealed.TaskId,
            HubEvent.TaskFinalized finalized => finalized.TaskId,
            HubEvent.TaskClaimed claimed => claimed.TaskId,
            HubEvent.TaskReopened reopened => reopened.TaskId,
            _ => null,
        };
        if (id is { } touched)
        {
            // Other pools' tasks are dropped when the book does not know them.
            _touched.TryAdd(touched, 0);
        }
    }
}
