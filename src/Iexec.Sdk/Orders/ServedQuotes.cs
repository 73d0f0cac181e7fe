using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>
/// As <see cref="ExecutionQuotes"/>, for somebody who waits for the result: the offer of a pool that nobody serves is passed over, however
/// cheap it is, because the money would be locked until the final deadline and nothing be computed.
/// </summary>
/// <param name="warn">Told of each pool that is passed over, or that was asked for by name and is not served.</param>
internal sealed class ServedQuotes(ChainConnection chain, Func<MarketClient> market, Address requester, Action<string> warn)
{
    /// <inheritdoc cref="ExecutionQuotes.FindAsync"/>
    /// <exception cref="IexecException">As there; and BusinessError: of all pools with an offer none is served.</exception>
    public async Task<ExecutionQuote> FindAsync(ExecutionRequest wanted, IReadOnlySet<OrderHash> without, CancellationToken cancellationToken)
    {
        var quotes = new ExecutionQuotes(chain, market, requester);
        var passedOver = new HashSet<OrderHash>(without);
        // A pool has many offers, and is asked once.
        var reasons = new Dictionary<Address, string?>();
        while (true)
        {
            var quote = await QuoteAsync().ConfigureAwait(false);
            var pool = quote.Workerpool.Order.Workerpool;
            if (!reasons.TryGetValue(pool, out var reason))
            {
                reasons[pool] = reason = await WhyNotServedAsync(pool, cancellationToken).ConfigureAwait(false);
                if (reason is not null)
                {
                    warn($"Workerpool {pool} {(wanted.Workerpool == pool ? "may not begin the task" : "is passed over")}: {reason}");
                }
            }

            // Who names a pool gets it: it may be about to start.
            if (reason is null || wanted.Workerpool == pool)
            {
                return quote;
            }

            passedOver.Add(OrderSchemas.Hash(quote.Workerpool.Order, chain.Hub.Configuration.Domain));
        }

        async Task<ExecutionQuote> QuoteAsync()
        {
            try
            {
                return await quotes.FindAsync(wanted, cancellationToken, without: passedOver).ConfigureAwait(false);
            }
            catch (IexecException nothing) when (nothing.Code is ErrorCode.BusinessError && reasons.Count > 0)
            {
                throw new IexecException(
                    ErrorCode.BusinessError,
                    $"No workerpool that offers category {wanted.Category} is served by a scheduler ({string.Join(", ", reasons.Keys)})",
                    "Try again when one is up, or name one of them as the workerpool of the execution: the deal waits for it then, until its final deadline.",
                    nothing);
            }
        }
    }

    private async Task<string?> WhyNotServedAsync(Address pool, CancellationToken cancellationToken)
    {
        if (!chain.Workerpools.HasCompass)
        {
            return null;
        }

        try
        {
            return await chain.Workerpools.GetStrengthAsync(pool, cancellationToken).ConfigureAwait(false) is { } strength
                ? strength.LiveWorkers > 0 ? null : "it has no live worker"
                : "no scheduler serves it";
        }
        catch (IexecException unreachable) when (unreachable.Code is ErrorCode.WorkerpoolCallError)
        {
            return $"its scheduler does not answer ({unreachable.Message})";
        }
        catch (IexecException silent) when (silent.Code is ErrorCode.CompassCallError)
        {
            // Then nothing is known of any pool.
            return null;
        }
    }
}
