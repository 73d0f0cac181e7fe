using Iexec.Ethereum.Eip712;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>Where signed orders come from: the project's file, or the book.</summary>
internal static class SignedOrders
{
    /// <summary>The order of <c>orders.json</c>.</summary>
    /// <exception cref="IexecException">ConfigurationError: none was signed on this chain.</exception>
    public static Signed<TOrder> Require<TOrder>(ProjectFolder project, OrderSchema<TOrder> schema, OrderKind kind, ulong chainId)
        where TOrder : Order =>
        project.Orders.Find(schema, kind, chainId) ?? throw new IexecException(
            ErrorCode.ConfigurationError,
            $"Missing signed {kind.JsonName()} for chain {chainId} in \"orders.json\"",
            new Advice("Sign one, or name a published one by its hash.", Remedy.SignOrder, kind.OptionName()));

    /// <summary>A published order. What the gateway gives is hashed again: it cannot put another order in its place.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError; MarketCallError when the order is not the one asked for.</exception>
    public static async Task<Signed<TOrder>> FetchAsync<TOrder>(
        MarketClient market, ulong chainId, OrderSchema<TOrder> schema, OrderKind kind, OrderHash hash, Eip712Domain domain, CancellationToken cancellationToken)
        where TOrder : Order
    {
        var published = await market.FindOrderAsync(chainId, schema, hash, cancellationToken).ConfigureAwait(false)
            ?? throw IexecException.NotFound(kind.JsonName(), hash.ToString(), chainId, new Advice("See in the book what is published.", Remedy.ListOrders));
        return schema.Hash(published.Order.Order, domain) == hash
            ? published.Order
            : throw new IexecException(ErrorCode.MarketCallError, $"The gateway gave another order than {hash}", "Do not use this gateway, or check \"hub\" in chain.json.");
    }
}
