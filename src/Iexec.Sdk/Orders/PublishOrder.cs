using Iexec.Ethereum.Signing;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>Publishes the signed order of <c>orders.json</c>.</summary>
/// <param name="project">Has the order.</param>
/// <param name="chain">The network.</param>
/// <param name="market">Its gateway.</param>
/// <param name="signer">Authorizes.</param>
/// <param name="preflight">Null to skip the checks.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class PublishOrder(ProjectFolder project, ChainSettings chain, MarketClient market, ISigner signer, OrderPreflight? preflight, CancellationToken cancellationToken)
    : IOrderAction<OrderHash>
{
    /// <summary>The hash under which the book has it.</summary>
    public Task<OrderHash> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order =>
        RunAsync(schema, SignedOrders.Require(project, schema, kind, chain.Id), chain.Id, market, signer, preflight, cancellationToken);

    /// <summary>Checks and publishes a signed order, whoever keeps it.</summary>
    internal static async Task<OrderHash> RunAsync<TOrder>(
        OrderSchema<TOrder> schema, Signed<TOrder> order, ulong chainId, MarketClient market, ISigner signer, OrderPreflight? preflight, CancellationToken cancellationToken)
        where TOrder : Order
    {
        if (preflight is not null)
        {
            await preflight.CheckAsync(order.Order, cancellationToken).ConfigureAwait(false);
        }

        var authorization = await market.AuthorizeAsync(chainId, signer, cancellationToken).ConfigureAwait(false);
        return await market.PublishAsync(chainId, schema, order, authorization, cancellationToken).ConfigureAwait(false);
    }
}
