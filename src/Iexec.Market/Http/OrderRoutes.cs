using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>The four order collections: list, get, publish, unpublish.</summary>
internal static class OrderRoutes
{
    private static readonly string[] Targets = ["unpublish_orderHash", "unpublish_last", "unpublish_all"];

    public static void Map(IEndpointRouteBuilder routes, Markets markets)
    {
        MapKind(routes, markets, OrderKind.App, OrderSchemas.App);
        MapKind(routes, markets, OrderKind.Dataset, OrderSchemas.Dataset);
        MapKind(routes, markets, OrderKind.Workerpool, OrderSchemas.Workerpool);
        MapKind(routes, markets, OrderKind.Request, OrderSchemas.Request);
    }

    private static void MapKind<TOrder>(IEndpointRouteBuilder routes, Markets markets, OrderKind kind, OrderSchema<TOrder> schema)
        where TOrder : Order
    {
        var path = MarketRoutes.Orders(kind);
        routes.MapGet(path, (HttpContext context) => ListAsync(context, markets, kind));
        routes.MapGet(path + "/{orderHash}", (HttpContext context, string orderHash) => GetAsync(context, markets, kind, orderHash));
        routes.MapPost(path, (HttpContext context) => PublishAsync(context, markets, kind, schema));
        routes.MapPut(path, (HttpContext context) => UnpublishAsync(context, markets, kind));
        OlderOrderRoutes.MapKind(routes, markets, kind, schema);
    }

    private static async Task ListAsync(HttpContext context, Markets markets, OrderKind kind)
    {
        var query = new QueryReader(context.Request.Query);
        var market = markets.Of(query);
        var filter = await market.Groups.AdmitAsync(OrderFilterReader.Read(kind, query), market.Book, context.RequestAborted);
        var (paging, after) = (query.Paging(), query.After<BookCursor>(BookCursor.TryParse));
        var (orders, count) = await market.Book.ListAsync(filter, paging, context.RequestAborted, after);
        await context.Response.WriteOkAsync(writer =>
        {
            MarketReplies.WritePage(writer, "orders", orders, count, paging, (inner, order) => MarketReplies.WriteOrder(inner, order, market.ChainId));
            MarketReplies.WriteNextAfter(writer, orders, paging, BookCursor.Of);
        });
    }

    private static async Task GetAsync(HttpContext context, Markets markets, OrderKind kind, string orderHash)
    {
        var market = markets.Of(new QueryReader(context.Request.Query));
        var hash = new OrderHash(YupText.ReadBytes32("orderHash", orderHash));
        var order = await market.Book.FindAsync(hash, context.RequestAborted);
        if (order is null || order.Kind != kind)
        {
            throw new IexecException(ErrorCode.ObjectNotFoundError, $"{MarketRoutes.OrderName(kind)} not found");
        }

        await context.Response.WriteOkAsync(writer => MarketReplies.WriteSingleOrder(writer, order, market.ChainId));
    }

    private static async Task PublishAsync<TOrder>(HttpContext context, Markets markets, OrderKind kind, OrderSchema<TOrder> schema)
        where TOrder : Order
    {
        using var body = await context.Request.ReadJsonObjectAsync(context.RequestAborted);
        if (body.RootElement.TryGetProperty("find", out _) && !body.RootElement.TryGetProperty("order", out _))
        {
            await OlderOrderRoutes.FindAsync(context, markets, kind, body.RootElement);
            return;
        }

        var market = markets.Of(new QueryReader(context.Request.Query));
        var published = await PublishAsync(context, markets, market, schema, body.RootElement);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WritePropertyName("published");
            MarketReplies.WriteOrder(writer, published, market.ChainId);
        });
    }

    /// <summary>Publishes the order of a body for the visitor whom the header proves.</summary>
    public static async Task<BookOrder> PublishAsync<TOrder>(
        HttpContext context, Markets markets, ChainMarket market, OrderSchema<TOrder> schema, JsonElement body)
        where TOrder : Order
    {
        // A mistake in the order does not use up the challenge.
        var signed = SignedOrderReader.Read(schema, body);
        var visitor = await AuthenticateAsync(context, markets, market);
        var published = await market.Publisher.PublishAsync(schema, signed, visitor, context.RequestAborted);
        market.FeedLoop.Wake();
        return published;
    }

    private static async Task UnpublishAsync(HttpContext context, Markets markets, OrderKind kind)
    {
        var market = markets.Of(new QueryReader(context.Request.Query));
        using var body = await context.Request.ReadJsonObjectAsync(context.RequestAborted);
        var target = BodyText(body.RootElement, "target") ?? throw YupText.Required("target");
        if (!Targets.Contains(target))
        {
            throw YupText.Invalid($"target must be one of the following values: {string.Join(", ", Targets)}");
        }

        IReadOnlyList<BookOrder> removed;
        if (target == Targets[0])
        {
            var hash = YupText.ReadBytes32("orderHash", BodyText(body.RootElement, "orderHash") ?? throw YupText.Required("orderHash"));
            var visitor = await AuthenticateAsync(context, markets, market);
            removed = await market.Remover.RemoveAsync(kind, new OrderHash(hash), visitor, context.RequestAborted);
        }
        else
        {
            var name = MarketRoutes.ResourceName(kind);
            var resource = YupText.ReadAddress(name, BodyText(body.RootElement, name) ?? throw YupText.Required(name));
            var visitor = await AuthenticateAsync(context, markets, market);
            removed = await market.Remover.RemoveAsync(kind, resource, target == Targets[1], visitor, context.RequestAborted);
        }

        await AfterRemovalAsync(market, kind, removed, context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteStartArray("unpublished");
            foreach (var order in removed)
            {
                writer.WriteStringValue(order.Hash.ToString());
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>Requests may depend on what is gone, and listeners want to know.</summary>
    public static async Task AfterRemovalAsync(ChainMarket market, OrderKind kind, IReadOnlyList<BookOrder> removed, CancellationToken cancellationToken)
    {
        if (kind is OrderKind.App or OrderKind.Dataset)
        {
            var position = (await market.Projection.LoadPositionsAsync(cancellationToken)).FirstOrDefault();
            await market.Review.ReviewAsync(removed.Select(order => order.Asset).Distinct(), position.Number, cancellationToken);
        }

        market.FeedLoop.Wake();
    }

    /// <summary>The visitor whom the header proves.</summary>
    public static async Task<Address> AuthenticateAsync(HttpContext context, Markets markets, ChainMarket market) =>
        await markets.Authentication.AuthenticateAsync(market.ChainId, context.Request.Headers.Authorization.ToString(), market.Hub, context.RequestAborted)
        ?? throw new IexecException(ErrorCode.BusinessError, "invalid authorization");

    private static string? BodyText(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
