using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wallets;

namespace Iexec.Sdk.Orders;

/// <summary>Signs a draft of <c>iexec.json</c> and puts it into <c>orders.json</c>.</summary>
/// <param name="preflight">Null to skip the checks.</param>
internal sealed class SignOrder(
    ProjectFolder project, ChainConnection chain, ISigner signer, IEntropySource entropy, OrderPreflight? preflight, CancellationToken cancellationToken)
    : IOrderAction<JsonObject>
{
    /// <summary>The signed order as JSON.</summary>
    /// <exception cref="IexecException">ValidationError, BusinessError (not the owner, a trust that cannot be reached), ObjectNotFoundError.</exception>
    public async Task<JsonObject> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order
    {
        var order = OrderDrafts.Read(project.Iexec, schema, kind, signer.Address);
        await OrderSigner.RequireAsync(chain, order, signer.Address, cancellationToken).ConfigureAwait(false);
        if (preflight is not null)
        {
            await preflight.CheckAsync(order, cancellationToken).ConfigureAwait(false);
        }

        var signed = await signer.SignOrderAsync(schema, order, chain.Hub.Configuration.Domain, entropy, cancellationToken).ConfigureAwait(false);
        var json = JsonText.ObjectFrom(writer => schema.WriteJson(writer, signed));
        project.Orders.Save(kind, chain.ChainId, json.DeepClone().AsObject());
        return json;
    }
}
