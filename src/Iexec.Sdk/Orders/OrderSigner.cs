using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Orders;

/// <summary>Who may sign an order: the owner of its asset, or its requester.</summary>
internal static class OrderSigner
{
    /// <summary>Refuses an order that the wallet may not sign.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError: no such asset; BusinessError: somebody else's.</exception>
    public static async Task RequireAsync(ChainConnection chain, Order order, Address wallet, CancellationToken cancellationToken)
    {
        if (order.Kind.Asset() is not { } asset)
        {
            Require(order.Resource(), wallet, "requester", new Advice("Set \"requester\" to your address, or use the requester's wallet.", Remedy.BeRequester));
            return;
        }

        var owner = await chain.ReadAsync(hub => hub.GetOwnerAsync(asset, order.Resource(), cancellationToken)).ConfigureAwait(false)
            ?? throw AssetActions.NotDeployed(chain, asset, order.Resource());
        Require(owner, wallet, "resource owner", new Advice($"The owner is {owner}: use its wallet.", Remedy.UseWalletOfOwner, owner.ToString()));
    }

    private static void Require(Address signer, Address wallet, string role, Advice hint)
    {
        if (signer != wallet)
        {
            throw new IexecException(ErrorCode.BusinessError, $"Invalid order signer, must be the {role}: {signer}, not {wallet}", hint);
        }
    }
}
