using System.Collections.Concurrent;
using Iexec.Poco;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Store;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Shell;

/// <summary>
/// The tasks: one change at a time for each, decided by the pure core, stored with the messages it causes, and only then seen by anybody.
/// Open tasks are kept in memory too, since every tick looks at all of them.
/// </summary>
internal sealed class TaskBook(TaskStore store, Func<PoolView> pool, ChainClock clock, Func<Replicate, TaskTerms, WorkerpoolAuthorization> authorize, Pulse changed)
{
    private readonly ConcurrentDictionary<TaskId, Entry> _entries = new();

    /// <summary>Tasks that the chain has not closed.</summary>
    public IEnumerable<ScheduledTask> Open => _entries.Values.Select(static entry => entry.Stored.Task).Where(static task => !task.IsSettled);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await store.ListOpenAsync(cancellationToken))
        {
            Keep(stored);
        }
    }

    /// <summary>Tasks just stored by the intake of deals, or read again after a reorganisation.</summary>
    public void Keep(StoredTask stored)
    {
        if (_entries.TryAdd(stored.Task.Id, new Entry(stored)))
        {
            changed.Beat();
        }
    }

    public void Forget(DealId deal)
    {
        foreach (var (id, entry) in _entries)
        {
            if (entry.Stored.Task.Terms.DealId() == deal)
            {
                _entries.TryRemove(id, out _);
            }
        }
    }

    public async Task<ScheduledTask?> FindAsync(TaskId id, CancellationToken cancellationToken) =>
        _entries.TryGetValue(id, out var entry) ? entry.Stored.Task : (await store.FindAsync(id, cancellationToken))?.Task;

    /// <summary>Applies an event; the transactions that the task wants now. Empty when there is no such task.</summary>
    public async Task<IReadOnlyList<TaskEffect>> ApplyAsync(TaskId id, TaskEvent happened, CancellationToken cancellationToken) =>
        await ChangeAsync<IReadOnlyList<TaskEffect>>(
            id,
            (task, view, now) =>
            {
                var decision = TaskMachine.Decide(task, happened, view, now);
                return (decision, decision.Effects);
            },
            cancellationToken) ?? [];

    /// <summary>Decides and stores; null when there is no such task. The function may run twice.</summary>
    public async Task<T?> ChangeAsync<T>(
        TaskId id, Func<ScheduledTask, PoolView, Moment, (Decision? Decision, T? Result)> decide, CancellationToken cancellationToken)
        where T : class
    {
        if (await EnterAsync(id, cancellationToken) is not { } entry)
        {
            return null;
        }

        try
        {
            while (true)
            {
                var (decision, result) = decide(entry.Stored.Task, pool(), clock.Now);
                if (decision is null || (decision.Task == entry.Stored.Task && !decision.Effects.OfType<TaskEffect.Notify>().Any()))
                {
                    return result;
                }

                var next = entry.Stored with { Task = decision.Task };
                // A change that is decided is stored even if the one who asked has gone.
                if (await store.SaveAsync(next, Messages(decision), CancellationToken.None))
                {
                    entry.Stored = next with { Version = next.Version + 1 };
                    changed.Beat();
                    return result;
                }

                if (await store.FindAsync(id, cancellationToken) is not { } current)
                {
                    return null;
                }

                entry.Stored = current;
            }
        }
        finally
        {
            entry.Gate.Release();
            Evict(id, entry);
        }
    }

    private async Task<Entry?> EnterAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(id, out var entry))
        {
            if (await store.FindAsync(id, cancellationToken) is not { } stored)
            {
                return null;
            }

            entry = _entries.GetOrAdd(id, new Entry(stored));
        }

        await entry.Gate.WaitAsync(cancellationToken);
        return entry;
    }

    // An entry that somebody still holds is only stale: its next save fails the comparison of versions and reads again.
    private void Evict(TaskId id, Entry entry)
    {
        if (entry.Stored.Task.IsSettled)
        {
            _entries.TryRemove(new KeyValuePair<TaskId, Entry>(id, entry));
        }
    }

    private List<TaskNotification> Messages(Decision decision) =>
    [
        .. decision.Effects.OfType<TaskEffect.Notify>().Select(notify => Message(decision.Task, notify.Worker, notify.Order)),
    ];

    /// <summary>An order as it goes over the wire.</summary>
    public TaskNotification Message(ScheduledTask task, Iexec.Ethereum.Address worker, Order order) => new(
        task.Id.Value,
        [worker],
        order.Type,
        new TaskNotificationExtra(
            order.Type == TaskNotificationType.PleaseAbort ? null : authorize(task.Find(worker)!, task.Terms), null, order.BlockNumber, order.AbortCause));

    private sealed class Entry(StoredTask stored)
    {
        private StoredTask _stored = stored;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public StoredTask Stored
        {
            get => Volatile.Read(ref _stored);
            set => Volatile.Write(ref _stored, value);
        }
    }
}
