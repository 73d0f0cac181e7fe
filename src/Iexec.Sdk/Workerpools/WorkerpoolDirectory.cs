using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Sdk.Workerpools;

/// <summary>What a pool's live workers can do.</summary>
/// <param name="LiveWorkers">Workers that answer.</param>
/// <param name="ReachableTrust">Highest trust that they reach together.</param>
public sealed record PoolStrength(int LiveWorkers, UInt256 ReachableTrust);

/// <summary>Finds the schedulers of worker pools through the compass.</summary>
internal sealed class WorkerpoolDirectory(ChainSettings chain, ServiceHttp http)
{
    // The official scheduler has no summary: as many fresh workers as it counts, each of weight 2.
    private const int HighestPower = 200;

    /// <summary>True if <c>chain.json</c> names a compass.</summary>
    public bool HasCompass => chain.Compass is not null;

    /// <summary>Where the pool's scheduler answers; null when the compass does not know, or there is no compass.</summary>
    public async Task<Uri?> FindUrlAsync(Address workerpool, CancellationToken cancellationToken) => chain.Compass is null
        ? null
        : await new CompassClient(http.At(chain.Compass)).FindWorkerpoolAsync(chain.Id, workerpool, cancellationToken).ConfigureAwait(false);

    /// <summary>The pool's scheduler; null as above.</summary>
    public async Task<SchedulerClient?> FindAsync(Address workerpool, CancellationToken cancellationToken) =>
        await FindUrlAsync(workerpool, cancellationToken).ConfigureAwait(false) is { } url ? new SchedulerClient(http.At(url)) : null;

    /// <summary>Live workers and the trust they reach; null when no scheduler is known.</summary>
    public async Task<PoolStrength?> GetStrengthAsync(Address workerpool, CancellationToken cancellationToken)
    {
        if (await FindAsync(workerpool, cancellationToken).ConfigureAwait(false) is not { } scheduler)
        {
            return null;
        }

        try
        {
            var summary = await scheduler.GetWorkersSummaryAsync(cancellationToken).ConfigureAwait(false);
            return new PoolStrength(summary.LiveWorkers, summary.ReachableTrust);
        }
        catch (IexecException withoutSummary) when (withoutSummary.Code is ErrorCode.WorkerpoolCallError or ErrorCode.ObjectNotFoundError)
        {
            var alive = (await scheduler.GetMetricsAsync(cancellationToken).ConfigureAwait(false)).AliveWorkers;
            return new PoolStrength(alive, alive <= 0 ? UInt256.Zero : UInt256.FromBigInteger(System.Numerics.BigInteger.Pow(2, Math.Min(alive, HighestPower))));
        }
    }
}
