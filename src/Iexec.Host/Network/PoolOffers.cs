using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Host.Network;

/// <summary>
/// Keeps the local pool on offer: one order per category, signed and published again when it is used up. Trust is the highest that the
/// pool's workers reach together.
/// </summary>
internal sealed class PoolOffers(IHub hub, Address workerpool, PrivateKey owner, MarketClient market, int workers, IEntropySource entropy)
{
    private const ulong Volume = 100;

    // nRLC per task for XS, S, M, L, XL: about in proportion to their times.
    private static readonly ulong[] Prices = [100_000_000, 400_000_000, 1_200_000_000, 3_600_000_000, 12_000_000_000];

    /// <summary>nRLC that the owner must have staked for all orders.</summary>
    public static UInt256 StakeNeeded => Prices.Aggregate(UInt256.Zero, (sum, price) => sum + (Stakes.Scheduler(price, Volume)));

    public async Task PublishMissingAsync(CancellationToken cancellationToken)
    {
        var chainId = hub.Configuration.ChainId;
        var open = await market.ListAsync(chainId, new WorkerpoolOrderQuery { Workerpool = workerpool }, cancellationToken);
        for (var category = 0; category < Prices.Length; category++)
        {
            if (open.Items.Any(published => published.Order.Order.Category == category))
            {
                continue;
            }

            var order = new WorkerpoolOrder
            {
                Workerpool = workerpool,
                WorkerpoolPrice = Prices[category],
                Volume = Volume,
                Category = category,
                Trust = Replication.HighestTrust([.. Enumerable.Repeat(UInt256.Zero, workers)]),
            };
            var signed = OrderSchemas.Workerpool.Sign(order, owner, hub.Configuration.Domain, entropy);
            await market.PublishAsync(chainId, OrderSchemas.Workerpool, signed, await market.AuthorizeAsync(chainId, owner, cancellationToken), cancellationToken);
        }
    }
}
