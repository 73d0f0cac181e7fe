using System.Collections.Concurrent;
using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Scheduler.Store;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Workers;

/// <summary>
/// Who works for the pool and when they were last heard of. A sign of life costs no write; the times are stored now and then, so that a
/// worker that dies while the scheduler is down is noticed all the same.
/// </summary>
internal sealed class WorkerRegistry(WorkerStore store, Address workerpool, TimeProvider time, TimeSpan timeout)
{
    private readonly ConcurrentDictionary<Address, Entry> _workers = new();

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in await store.ListAsync(cancellationToken))
        {
            _workers[worker.Model.WalletAddress] = new Entry(worker.Model, worker.LastSeen, worker.LastSeen, UInt256.Zero);
        }
    }

    public WorkerModel? Find(Address worker) => _workers.TryGetValue(worker, out var entry) ? entry.Model : null;

    public IReadOnlyList<Address> All => [.. _workers.Keys];

    public bool IsLive(Address worker) => _workers.TryGetValue(worker, out var entry) && IsLive(entry);

    public IReadOnlyList<WorkerModel> LiveModels => [.. _workers.Values.Where(IsLive).Select(static entry => entry.Model)];

    public IReadOnlyList<LiveWorker> Live => [.. _workers.Values.Where(IsLive).Select(static entry => ToLive(entry))];

    /// <summary>As a worker that is there: who asks is alive.</summary>
    public LiveWorker? Describe(Address worker) => _workers.TryGetValue(worker, out var entry) ? ToLive(entry) : null;

    public async Task RegisterAsync(WorkerModel model, UInt256 score, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        _workers[model.WalletAddress] = new Entry(model, now, now, score);
        await store.SaveAsync([new StoredWorker(model, now)], cancellationToken);
    }

    /// <summary>A sign of life. True if the worker is registered.</summary>
    public bool Touch(Address worker)
    {
        var now = time.GetUtcNow();
        while (_workers.TryGetValue(worker, out var entry))
        {
            if (_workers.TryUpdate(worker, entry with { LastSeen = now }, entry))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Stores times that are older than half a time-out.</summary>
    public async Task PersistAsync(CancellationToken cancellationToken)
    {
        Entry[] due = [.. _workers.Values.Where(entry => entry.LastSeen - entry.StoredSeen >= timeout / 2)];
        if (due.Length == 0)
        {
            return;
        }

        await store.SaveAsync([.. due.Select(static entry => new StoredWorker(entry.Model, entry.LastSeen))], cancellationToken);
        foreach (var entry in due)
        {
            // A worker that was heard of meanwhile keeps its newer time and is stored next time.
            _workers.TryUpdate(entry.Model.WalletAddress, entry with { StoredSeen = entry.LastSeen }, entry);
        }
    }

    /// <summary>Asks the chain for the scores and free stakes of all that are there.</summary>
    public async Task RefreshAsync(IHub hub, CancellationToken cancellationToken)
    {
        foreach (var (worker, entry) in _workers.Where(pair => IsLive(pair.Value)))
        {
            var score = await hub.GetVotingScoreAsync(worker, workerpool, cancellationToken);
            var stake = (await hub.GetAccountAsync(worker, cancellationToken)).Stake;
            if (score != entry.Score || stake != entry.FreeStakeNrlc)
            {
                _workers.AddOrUpdate(
                    worker, _ => entry with { Score = score, FreeStakeNrlc = stake }, (_, current) => current with { Score = score, FreeStakeNrlc = stake });
            }
        }
    }

    private bool IsLive(Entry entry) => time.GetUtcNow() - entry.LastSeen < timeout;

    private static LiveWorker ToLive(Entry entry) =>
        new(entry.Model.WalletAddress, entry.Score, entry.Model.TeeEnabled, entry.Model.TdxEnabled, entry.Model.GpuEnabled) { FreeStakeNrlc = entry.FreeStakeNrlc };

    private sealed record Entry(WorkerModel Model, DateTimeOffset LastSeen, DateTimeOffset StoredSeen, UInt256 Score)
    {
        /// <summary>Null until the chain was asked.</summary>
        public UInt256? FreeStakeNrlc { get; init; }
    }
}
