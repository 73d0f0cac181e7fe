using Iexec.Ethereum.Eip712;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Orders;

/// <summary>The hash of the order in <c>orders.json</c>.</summary>
internal sealed class HashOfSigned(ProjectFolder project, ulong chainId, Func<Task<Eip712Domain>> domain) : IOrderAction<OrderHash>
{
    /// <summary>The EIP-712 digest under the hub's domain.</summary>
    public async Task<OrderHash> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order =>
        schema.Hash(SignedOrders.Require(project, schema, kind, chainId).Order, await domain().ConfigureAwait(false));
}
