using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>The four books as the clients of V3 to V5.0 read them: <c>/orderbook/…</c>, a number of orders to pass over, twenty at a time.</summary>
internal static class OlderBookRoutes
{
    private const int PageSize = 20;

    /// <summary>Each book's name, its orders, and the member that holds them. The earlier clients name the last one after the party, the later ones after the order.</summary>
    public static IReadOnlyList<(string Name, OrderKind Kind, string Member)> Books { get; } =
    [
        ("app", OrderKind.App, "appOrderbook"),
        ("dataset", OrderKind.Dataset, "datasetOrderbook"),
        ("workerpool", OrderKind.Workerpool, "workerpoolOrderbook"),
        ("requester", OrderKind.Request, "requestOrderbook"),
        ("request", OrderKind.Request, "requestOrderbook"),
    ];

    public static string PathOf(string book) => "/orderbook/" + book;

    public static void Map(IEndpointRouteBuilder routes, Markets markets)
    {
        foreach (var (name, kind, member) in Books)
        {
            routes.MapGet(PathOf(name), (HttpContext context) => ListAsync(context, markets, kind, member));
        }
    }

    private static async Task ListAsync(HttpContext context, Markets markets, OrderKind kind, string member)
    {
        var query = new QueryReader(context.Request.Query);
        var market = markets.Of(query);
        var filter = await market.Groups.AdmitAsync(OrderFilterReader.Read(kind, query) with { Signer = query.Address("signer") }, market.Book, context.RequestAborted);
        var paging = new Paging((long)(query.Number("skip") ?? UInt256.Zero), PageSize);
        var (orders, count) = await market.Book.ListAsync(filter, paging, context.RequestAborted);
        var volume = kind == OrderKind.Workerpool ? await market.Book.OpenVolumeAsync(filter, context.RequestAborted) : (UInt256?)null;
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteNumber("count", count);
            if (volume is { } open)
            {
                writer.WritePropertyName("openVolume");
                writer.WriteRawValue(open.ToString());
            }

            writer.WriteStartArray(member);
            foreach (var order in orders)
            {
                MarketReplies.WriteOrder(writer, order, market.ChainId);
            }

            writer.WriteEndArray();
        });
    }
}
