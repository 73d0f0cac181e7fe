using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>
/// Finds the cheapest orders for an execution and signs the request for exactly their prices. What the wallet owns itself needs no
/// published order: its owner signs one on the spot, for this requester and one task.
/// </summary>
internal sealed class BuyExecution(ChainConnection chain, Func<MarketClient> market, ISigner signer, IEntropySource entropy)
{
    /// <summary>The four orders.</summary>
    /// <exception cref="IexecException">BusinessError: nothing on offer; ObjectNotFoundError: no such asset.</exception>
    public async Task<OrderSet> CollectAsync(ExecutionRequest wanted, CancellationToken cancellationToken) =>
        await (await new ExecutionQuotes(chain, market, signer.Address).FindAsync(wanted, cancellationToken).ConfigureAwait(false))
            .SignAsync(signer, chain.Hub.Configuration.Domain, entropy, cancellationToken).ConfigureAwait(false);
}
