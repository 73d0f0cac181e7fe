using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Orders;

/// <summary>Closes the order of <c>orders.json</c> on the chain: nobody can fill it any more, wherever a copy is.</summary>
internal sealed class CloseOrder(ProjectFolder project, ChainConnection chain, CancellationToken cancellationToken) : IOrderAction<PlannedTransaction>
{
    /// <summary>The transaction, checked.</summary>
    /// <exception cref="IexecException">ConfigurationError: none was signed; BusinessError: nothing of it is left.</exception>
    public Task<PlannedTransaction> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order => PlanAsync(chain, SignedOrders.Require(project, schema, kind, chain.ChainId).Order, cancellationToken);

    /// <summary>The transaction that closes an order, whoever keeps it.</summary>
    /// <exception cref="IexecException">BusinessError: nothing of it is left.</exception>
    public static async Task<PlannedTransaction> PlanAsync(ChainConnection chain, Order order, CancellationToken cancellationToken)
    {
        var kind = order.Kind;
        var consumed = await chain.ReadAsync(hub => hub.GetConsumedAsync([OrderSchemas.Hash(order, chain.Hub.Configuration.Domain)], cancellationToken));
        return consumed[0] >= order.Volume
            ? throw new IexecException(ErrorCode.BusinessError, $"{kind.JsonName()} is already cancelled or fully consumed")
            : new PlannedTransaction($"cancel the {kind.JsonName()}", chain.Calls.CloseOrder(order));
    }
}
