using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.ServiceDefaults.Hosting;

namespace Iexec.Scheduler;

/// <summary>How the scheduler of one worker pool on one chain runs.</summary>
public sealed record SchedulerOptions
{
    /// <summary>The contracts.</summary>
    public required IHub Hub { get; init; }

    /// <summary>The pool.</summary>
    public required Address Workerpool { get; init; }

    /// <summary>Key of the pool's owner: it signs the permissions to contribute. Checked against the chain at start.</summary>
    public required PrivateKey PoolOwner { get; init; }

    /// <summary>
    /// Makes the sender of the owner's transactions over the scheduler's own outbox, e.g.
    /// <c>store =&gt; new TransactionOutbox(eth, chainId, key, store, time, new())</c>.
    /// </summary>
    public required Func<IOutboxStore, ITransactor> Transactor { get; init; }

    /// <summary>
    /// True while the owner's wallet can pay for the transactions of one more task: without that no task is given to a worker, since its result could
    /// not be paid for. Null is not asked.
    /// </summary>
    public Func<CancellationToken, Task<bool>>? HasGas { get; init; }

    /// <summary>The store: <c>Data Source=file</c> (SQLite) or <c>Host=…</c> (PostgreSQL).</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Where workers upload results; told to them in <c>/workers/config</c>.</summary>
    public required Uri ResultStorage { get; init; }

    /// <summary>
    /// Where an uploaded result is looked up before the task is finalized: <c>HEAD /ipfs/…</c>. Null believes the worker, whose
    /// upload the storage has checked.
    /// </summary>
    public Uri? IpfsGateway { get; init; }

    /// <summary>Wallets that may work for the pool; null admits every wallet.</summary>
    public IReadOnlyCollection<Address>? AllowedWorkers { get; init; }

    /// <summary>Where the search for deals starts.</summary>
    public ulong StartBlock { get; init; }

    /// <summary>Blocks to stay behind the head when looking for deals.</summary>
    public ulong Confirmations { get; init; }

    /// <summary>
    /// A head older than this means that the node is behind: nothing is given out until it catches up. Null for a chain that makes blocks only on demand.
    /// </summary>
    public TimeSpan? MaximumHeadAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Claim failed tasks after their final deadline, so that nobody's money stays locked. Costs the owner gas.</summary>
    public bool ClaimsAutomatically { get; init; } = true;

    /// <summary>How long a given replicate waits for its worker's first word.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A worker that is silent for longer is lost.</summary>
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After which another worker is asked to upload.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Failed executions after which a task is given up early.</summary>
    public int MaximumFailures { get; init; } = 5;

    /// <summary>Tasks opened or claimed in one transaction.</summary>
    public int BatchSize { get; init; } = 40;

    /// <summary>How long the output of apps is kept after the final deadline.</summary>
    public TimeSpan LogRetention { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How often the chain is looked at.</summary>
    public ReconcilePace Pace { get; init; } = ReconcilePace.Default;

    /// <summary>How often every open task is compared with the chain, events or not.</summary>
    public TimeSpan SweepPeriod { get; init; } = TimeSpan.FromSeconds(30);
}
