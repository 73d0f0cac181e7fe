using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum.Eip712;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>An order as the book has it, by its hash or else the one of <c>orders.json</c>.</summary>
internal sealed class ShowOrder(
    ProjectFolder project, ChainSettings chain, MarketClient market, OrderHash? hash, Func<Task<Eip712Domain>> domain, bool withDeals, CancellationToken cancellationToken)
    : IOrderAction<JsonObject>
{
    /// <summary>Members under the official names.</summary>
    public async Task<JsonObject> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order
    {
        var wanted = hash ?? schema.Hash(SignedOrders.Require(project, schema, kind, chain.Id).Order, await domain().ConfigureAwait(false));
        var published = await market.FindOrderAsync(chain.Id, schema, wanted, cancellationToken).ConfigureAwait(false)
            ?? throw IexecException.NotFound(kind.JsonName(), wanted.ToString(), chain.Id, new Advice("Publish it first.", Remedy.PublishOrder, kind.OptionName()));
        var shown = new JsonObject
        {
            ["orderHash"] = published.Hash.ToString(),
            ["order"] = JsonText.ObjectFrom(writer => PublishedOrderJson.WriteSigned(writer, schema, published.Order)),
            ["chainId"] = published.ChainId.ToString(CultureInfo.InvariantCulture),
            ["remaining"] = PublishedOrderJson.Number(published.Remaining),
            ["status"] = published.Status.ToText(),
            ["publicationTimestamp"] = published.PublishedAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["signer"] = published.Signer.ToString(),
        };
        if (withDeals)
        {
            shown["deals"] = await DealsAsync(kind, wanted).ConfigureAwait(false);
        }

        return shown;
    }

    private async Task<JsonObject> DealsAsync(OrderKind kind, OrderHash order)
    {
        var query = kind switch
        {
            OrderKind.App => new DealQuery { AppOrder = order },
            OrderKind.Dataset => new DealQuery { DatasetOrder = order },
            OrderKind.Workerpool => new DealQuery { WorkerpoolOrder = order },
            _ => new DealQuery { RequestOrder = order },
        };
        var page = await market.ListDealsAsync(chain.Id, query, cancellationToken).ConfigureAwait(false);
        return new JsonObject
        {
            ["count"] = page.Count,
            ["lastDeals"] = new JsonArray([.. page.Items.Select(deal => JsonSerializer.SerializeToNode(deal, MarketJson.Default.MarketDeal))]),
        };
    }
}
