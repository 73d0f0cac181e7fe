using Iexec.Ethereum;
using Iexec.Poco.Rules;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Workerpools;

namespace Iexec.Sdk.Orders;

/// <summary>
/// Compares a trust with what the live workers of a pool can reach. A deal with more would hold everybody's money until its final deadline.
/// </summary>
/// <param name="warn">Told when the pool cannot be asked.</param>
internal sealed class TrustCheck(WorkerpoolDirectory pools, Action<string> warn)
{
    /// <summary>Refuses a trust above 1 that needs more workers than are alive.</summary>
    /// <exception cref="IexecException">BusinessError with the number of workers needed.</exception>
    public async Task RequireAsync(Address workerpool, UInt256 trust, CancellationToken cancellationToken)
    {
        if (trust <= UInt256.One)
        {
            return;
        }

        if (!pools.HasCompass)
        {
            warn($"Trust {trust} needs {Replication.FreshWorkersNeeded(trust)} workers; whether pool {workerpool} has them is not known (no \"compass\" in chain.json)");
            return;
        }

        PoolStrength? workers;
        try
        {
            workers = await pools.GetStrengthAsync(workerpool, cancellationToken).ConfigureAwait(false);
        }
        catch (IexecException unreachable) when (unreachable.Code is ErrorCode.WorkerpoolCallError)
        {
            throw Refused(workerpool, trust, 0, $"its scheduler does not answer: {unreachable.Message}");
        }

        if (workers is null)
        {
            throw Refused(workerpool, trust, 0, "no scheduler serves it");
        }

        if (trust > workers.ReachableTrust)
        {
            throw Refused(workerpool, trust, workers.LiveWorkers, $"its {workers.LiveWorkers} live workers reach at most {workers.ReachableTrust}");
        }
    }

    private static IexecException Refused(Address workerpool, UInt256 trust, int live, string why) => new(
        ErrorCode.BusinessError,
        $"Trust {trust} cannot be reached by pool {workerpool}: it needs {Replication.FreshWorkersNeeded(trust)} workers, {live} live; {why}",
        new Advice("Lower \"trust\", wait for more workers, or skip the check if you know better.", Remedy.LowerTrust));
}
