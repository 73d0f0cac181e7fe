using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>Signs an order and puts it into the book in one step, without a file of the project.</summary>
public sealed class OrderOffer(ChainConnection chain, MarketClient market, CancellationToken cancellationToken)
{
    /// <summary>Refuses an order that the wallet may not sign.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError; BusinessError: somebody else's asset.</exception>
    public async Task RequireSignerAsync(Order order, Address wallet)
    {
        if (order.Kind.Asset() is not { } asset)
        {
            return;
        }

        var owner = await chain.ReadAsync(hub => hub.GetOwnerAsync(asset, order.Resource(), cancellationToken))
            ?? throw AssetActions.NotDeployed(chain, asset, order.Resource());
        if (owner != wallet)
        {
            throw new IexecException(
                ErrorCode.BusinessError, $"Invalid order signer, must be the resource owner: {owner}, not {wallet}", $"The owner is {owner}: choose its wallet with --wallet-address.");
        }
    }

    /// <summary>Signs with a new salt and publishes.</summary>
    public async Task<OrderHash> PublishAsync<TOrder>(OrderSchema<TOrder> schema, TOrder order, PrivateKey key, IEntropySource entropy)
        where TOrder : Order
    {
        var signed = schema.Sign(order, key, chain.Hub.Configuration.Domain, entropy);
        var authorization = await market.AuthorizeAsync(chain.ChainId, key, cancellationToken);
        return await market.PublishAsync(chain.ChainId, schema, signed, authorization, cancellationToken);
    }
}
