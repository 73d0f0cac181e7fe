using Iexec.Ethereum;

namespace Iexec.Scheduler.Tasks;

/// <summary>
/// Now, twice: the chain's time (Unix seconds) rules the deadlines of the protocol, since only the contracts' clock is shared by all;
/// the service's clock rules leases and retries.
/// </summary>
internal readonly record struct Moment(ulong ChainSeconds, DateTimeOffset Clock);

/// <summary>What the pool is and wants, as far as decisions depend on it.</summary>
/// <param name="LiveWorkers">Workers heard of lately, with what they can serve.</param>
/// <param name="ClaimsAutomatically">Claim what has failed after its final deadline.</param>
/// <param name="Lease">How long a given replicate waits for its worker's first word.</param>
/// <param name="UploadTimeout">After which another worker is asked.</param>
/// <param name="MaximumFailures">Failed executions after which a task is given up early.</param>
internal sealed record PoolView(
    IReadOnlyList<LiveWorker> LiveWorkers,
    bool ClaimsAutomatically,
    TimeSpan Lease,
    TimeSpan UploadTimeout,
    int MaximumFailures)
{
    /// <summary>The owner's wallet can pay for what a task still needs: without it the result would never be paid for.</summary>
    public bool HasGas { get; init; } = true;
}

/// <summary>A worker that is there, its reputation, and what its machine has.</summary>
internal sealed record LiveWorker(Address Address, UInt256 Score, bool Tee, bool Tdx, bool Gpu)
{
    /// <summary>What its account can still lock, nRLC; null when the chain was not asked.</summary>
    public UInt256? FreeStakeNrlc { get; init; }
}
