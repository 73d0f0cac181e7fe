using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>Closes an order on the chain: nobody can fill it any more, wherever a copy is.</summary>
/// <param name="hashOf">The published order of a kind; null for the one of <c>orders.json</c>.</param>
/// <param name="market">Asked for an order that is named and not in <c>orders.json</c>.</param>
internal sealed class CloseOrder(
    ProjectFolder project, ChainConnection chain, Func<OrderKind, OrderHash?> hashOf, Func<MarketClient> market, CancellationToken cancellationToken) : IOrderAction<PlannedTransaction>
{
    /// <summary>The transaction, checked.</summary>
    /// <exception cref="IexecException">ConfigurationError: none was signed; ObjectNotFoundError: none is published; BusinessError: nothing of it is left.</exception>
    public async Task<PlannedTransaction> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order => await PlanAsync(chain, await FindAsync(schema, kind).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task<TOrder> FindAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order
    {
        if (hashOf(kind) is not { } hash)
        {
            return SignedOrders.Require(project, schema, kind, chain.ChainId).Order;
        }

        var domain = chain.Hub.Configuration.Domain;
        return project.Orders.Find(schema, kind, chain.ChainId) is { } own && schema.Hash(own.Order, domain) == hash
            ? own.Order
            : (await SignedOrders.FetchAsync(market(), chain.ChainId, schema, kind, hash, domain, cancellationToken).ConfigureAwait(false)).Order;
    }

    /// <summary>The transaction that closes an order, whoever keeps it.</summary>
    /// <exception cref="IexecException">BusinessError: nothing of it is left.</exception>
    public static async Task<PlannedTransaction> PlanAsync(ChainConnection chain, Order order, CancellationToken cancellationToken)
    {
        var kind = order.Kind;
        var consumed = await chain.ReadAsync(hub => hub.GetConsumedAsync([OrderSchemas.Hash(order, chain.Hub.Configuration.Domain)], cancellationToken))
            .ConfigureAwait(false);
        return consumed[0] >= order.Volume
            ? throw new IexecException(ErrorCode.BusinessError, $"{kind.JsonName()} is already cancelled or fully consumed")
            : new PlannedTransaction($"cancel the {kind.JsonName()}", chain.Calls.CloseOrder(order));
    }
}
