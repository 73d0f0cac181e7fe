using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wallets;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>Signs an order and puts it into the book in one step, without a file of the project.</summary>
internal sealed class OrderOffer(ChainConnection chain, MarketClient market, CancellationToken cancellationToken)
{
    /// <summary>Refuses an order that the wallet may not sign.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError; BusinessError: somebody else's asset.</exception>
    public Task RequireSignerAsync(Order order, Address wallet) => OrderSigner.RequireAsync(chain, order, wallet, cancellationToken);

    /// <summary>Signs with a new salt and publishes.</summary>
    public async Task<OrderHash> PublishAsync<TOrder>(OrderSchema<TOrder> schema, TOrder order, ISigner signer, IEntropySource entropy)
        where TOrder : Order
    {
        var signed = await signer.SignOrderAsync(schema, order, chain.Hub.Configuration.Domain, entropy, cancellationToken).ConfigureAwait(false);
        var authorization = await market.AuthorizeAsync(chain.ChainId, signer, cancellationToken).ConfigureAwait(false);
        return await market.PublishAsync(chain.ChainId, schema, signed, authorization, cancellationToken).ConfigureAwait(false);
    }
}
