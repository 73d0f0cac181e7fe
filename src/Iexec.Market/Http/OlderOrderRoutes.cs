using System.Text.Json;
using Iexec.Market.Book;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>
/// Orders as the clients of V3 to V5.0 publish and search them: a path per verb, the chain in the body. The rules are those of the newer routes.
/// </summary>
internal static class OlderOrderRoutes
{
    /// <summary>
    /// A search at the path where newer clients publish: <c>{chainId, find: {orderHash}}</c> → <c>{ok, orders}</c>. What else may be searched for in the listings
    /// is not taken here.
    /// </summary>
    public static async Task FindAsync(HttpContext context, Markets markets, OrderKind kind, JsonElement body)
    {
        var market = markets.Of(OlderBody.ChainId(body));
        var find = body.GetProperty("find");
        OlderBody.RequireKnown(find, "find", ["orderHash"]);
        var hash = new OrderHash(YupText.ReadBytes32("find.orderHash", OlderBody.Text(find, "orderHash") ?? throw YupText.Required("find.orderHash")));
        var order = await market.Book.FindAsync(hash, context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteStartArray("orders");
            if (order?.Kind == kind)
            {
                MarketReplies.WriteOrder(writer, order, market.ChainId);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>The routes of one kind.</summary>
    public static void MapKind<TOrder>(IEndpointRouteBuilder routes, Markets markets, OrderKind kind, OrderSchema<TOrder> schema)
        where TOrder : Order
    {
        var path = MarketRoutes.Orders(kind);
        routes.MapPost(path + "/publish", (HttpContext context) => PublishAsync(context, markets, schema));
        routes.MapPost(path + "/unpublish", (HttpContext context) => UnpublishAsync(context, markets, kind));
    }

    private static async Task PublishAsync<TOrder>(HttpContext context, Markets markets, OrderSchema<TOrder> schema)
        where TOrder : Order
    {
        using var body = await context.Request.ReadJsonObjectAsync(context.RequestAborted);
        var market = markets.Of(OlderBody.ChainId(body.RootElement));
        var published = await OrderRoutes.PublishAsync(context, markets, market, schema, body.RootElement);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WritePropertyName("saved");
            MarketReplies.WriteOrder(writer, published, market.ChainId);
        });
    }

    private static async Task UnpublishAsync(HttpContext context, Markets markets, OrderKind kind)
    {
        using var body = await context.Request.ReadJsonObjectAsync(context.RequestAborted);
        var market = markets.Of(OlderBody.ChainId(body.RootElement));
        var hash = new OrderHash(YupText.ReadBytes32("orderHash", OlderBody.Text(body.RootElement, "orderHash") ?? throw YupText.Required("orderHash")));
        var visitor = await OrderRoutes.AuthenticateAsync(context, markets, market);
        IReadOnlyList<BookOrder> removed = await market.Remover.RemoveAsync(kind, hash, visitor, context.RequestAborted);
        await OrderRoutes.AfterRemovalAsync(market, kind, removed, context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteString("unpublished", hash.ToString());
        });
    }
}
