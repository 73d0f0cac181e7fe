using Iexec.Market.Http.Docs;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>What the gateway says about itself: version, sizes of the book, a page for people.</summary>
internal static class AboutRoutes
{
    public static void Map(IEndpointRouteBuilder routes, Markets markets)
    {
        routes.MapGet(MarketRoutes.Version, (HttpContext context) => context.Response.WriteOkAsync(writer =>
        {
            writer.WriteString("version", ProductVersion.Text);
        }));
        routes.MapGet(MarketRoutes.Metrics, (HttpContext context) => MetricsAsync(context, markets));
        routes.MapGet(MarketRoutes.Docs, async (HttpContext context) =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(DocsPage.Html, context.RequestAborted);
        });
        routes.MapGet(MarketRoutes.OpenApi, (HttpContext context) => context.Response.WriteJsonAsync(OpenApiDocument.Write));
    }

    private static async Task MetricsAsync(HttpContext context, Markets markets)
    {
        var market = markets.Of(new QueryReader(context.Request.Query));
        var positions = await market.Projection.LoadPositionsAsync(context.RequestAborted);
        var counts = await market.Book.Database.ReadAsync(
            async connection =>
            {
                var result = new List<(OrderKind Kind, long Count)>();
                foreach (var kind in Enum.GetValues<OrderKind>())
                {
                    result.Add((kind, await market.Book.CountOpenAsync(connection, null, kind)));
                }

                return result;
            },
            context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteNumber("lastBlock", positions.FirstOrDefault().Number);
            // As far back as a reorganisation would still be taken back, everything is final here.
            writer.WriteNumber("checkpointBlock", positions.LastOrDefault().Number);
            foreach (var (kind, count) in counts)
            {
                writer.WriteNumber(MarketRoutes.Orders(kind)[1..], count);
            }

        });
    }
}
