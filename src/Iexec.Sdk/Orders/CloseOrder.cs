using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Orders;

/// <summary>Closes the order of <c>orders.json</c> on the chain: nobody can fill it any more, wherever a copy is.</summary>
public sealed class CloseOrder(ProjectFolder project, ChainConnection chain, TransactionSender sender, CancellationToken cancellationToken) : IOrderAction<Bytes32>
{
    /// <summary>The transaction.</summary>
    public async Task<Bytes32> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order
    {
        var order = SignedOrders.Require(project, schema, kind, chain.ChainId).Order;
        var consumed = await chain.ReadAsync(hub => hub.GetConsumedAsync([schema.Hash(order, chain.Hub.Configuration.Domain)], cancellationToken));
        if (consumed[0] >= order.Volume)
        {
            throw new IexecException(ErrorCode.BusinessError, $"{kind.JsonName()} is already cancelled or fully consumed");
        }

        return (await sender.SendAsync(chain.Calls.CloseOrder(order), cancellationToken)).TransactionHash;
    }
}
