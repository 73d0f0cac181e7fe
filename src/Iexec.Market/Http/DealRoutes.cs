using Iexec.Market.Deals;
using Iexec.Poco;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>Deals, one or a page, and the prices of the last ones.</summary>
internal static class DealRoutes
{
    private static readonly (string Parameter, string Column)[] Addresses =
    [
        ("requester", "requester"), ("beneficiary", "beneficiary"), ("app", "app"), ("dataset", "dataset"), ("workerpool", "workerpool"),
        ("appOwner", "app_owner"), ("datasetOwner", "dataset_owner"), ("workerpoolOwner", "workerpool_owner"),
    ];

    private static readonly (string Parameter, string Column)[] Hashes =
    [
        ("apporderHash", "app_hash"), ("datasetorderHash", "dataset_hash"), ("workerpoolorderHash", "workerpool_hash"), ("requestorderHash", "request_hash"),
    ];

    public static void Map(IEndpointRouteBuilder routes, Markets markets)
    {
        routes.MapGet(MarketRoutes.Deals, (HttpContext context) => ListAsync(context, markets));
        routes.MapGet(MarketRoutes.Deals + "/{dealid}", (HttpContext context, string dealid) => GetAsync(context, markets, dealid));
        routes.MapGet(MarketRoutes.Ohlc, (HttpContext context) => PricesAsync(context, markets));
    }

    private static async Task ListAsync(HttpContext context, Markets markets)
    {
        var query = new QueryReader(context.Request.Query);
        var market = markets.Of(query);
        var filter = ReadFilter(query);
        var (paging, after) = (query.Paging(), query.After<DealCursor>(DealCursor.TryParse));
        var (deals, count) = await market.Deals.ListAsync(filter, paging, context.RequestAborted, after);
        await context.Response.WriteOkAsync(writer =>
        {
            MarketReplies.WritePage(writer, "deals", deals, count, paging, (inner, deal) => inner.WriteRawValue(deal.Json, skipInputValidation: true));
            MarketReplies.WriteNextAfter(writer, deals, paging, deal => deal.Place);
        });
    }

    private static DealFilter ReadFilter(QueryReader query)
    {
        var equal = new List<(string, object)>();
        if (query.Number("category") is { } category)
        {
            equal.Add(("category", category));
        }

        foreach (var (parameter, column) in Addresses)
        {
            if (query.Term(parameter).Value is { } address)
            {
                equal.Add((column, address));
            }
        }

        foreach (var (parameter, column) in Hashes)
        {
            if (query.Bytes32(parameter) is { } hash)
            {
                equal.Add((column, hash));
            }
        }

        return new DealFilter { Equal = equal };
    }

    private static async Task GetAsync(HttpContext context, Markets markets, string dealid)
    {
        var market = markets.Of(new QueryReader(context.Request.Query));
        var id = new DealId(YupText.ReadBytes32("dealid", dealid));
        var deal = await market.Deals.FindAsync(id, context.RequestAborted) ?? throw new IexecException(ErrorCode.ObjectNotFoundError, "deal not found");
        // The deal's members stand beside "ok".
        await context.Response.WriteJsonAsync(writer => writer.WriteRawValue("{\"ok\":true," + deal[1..], skipInputValidation: true));
    }

    private static async Task PricesAsync(HttpContext context, Markets markets)
    {
        var query = new QueryReader(context.Request.Query);
        var market = markets.Of(query);
        var category = YupNumber.Read("category", query.Required("category"));
        var prices = await market.Deals.PricesAsync(category, context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteStartArray("ohlc");
            foreach (var price in prices)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(IsoTimeConverter.Format(DateTimeOffset.FromUnixTimeMilliseconds(price.BlockTime)));
                writer.WriteRawValue(price.Price.ToString());
                writer.WriteRawValue(price.Volume.ToString());
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        });
    }
}
