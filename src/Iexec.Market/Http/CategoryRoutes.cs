using System.Globalization;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Market.Categories;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>Categories, one or a page.</summary>
internal static class CategoryRoutes
{
    public static void Map(IEndpointRouteBuilder routes, Markets markets)
    {
        routes.MapGet(MarketRoutes.Categories, (HttpContext context) => ListAsync(context, markets));
        routes.MapGet(MarketRoutes.Categories + "/{catid}", (HttpContext context, string catid) => GetAsync(context, markets, catid));
    }

    private static async Task ListAsync(HttpContext context, Markets markets)
    {
        var query = new QueryReader(context.Request.Query);
        var market = markets.Of(query);
        var shortest = (long)(query.Number("minWorkClockTimeRef") ?? UInt256.Zero);
        var longest = (long)(query.Number("maxWorkClockTimeRef") ?? (UInt256)(ulong)long.MaxValue);
        var paging = query.Paging();
        var (categories, count) = await market.Categories.ListAsync(shortest, longest, paging, context.RequestAborted);
        await context.Response.WriteOkAsync(writer => MarketReplies.WritePage(writer, "categories", categories, count, paging, (inner, category) =>
        {
            inner.WriteStartObject();
            WriteMembers(inner, category, () => inner.WriteNumber("chainId", market.ChainId));
            inner.WriteEndObject();
        }));
    }

    private static async Task GetAsync(HttpContext context, Markets markets, string catid)
    {
        var market = markets.Of(new QueryReader(context.Request.Query));
        var id = YupNumber.Read("catid", catid);
        var category = await market.Categories.FindAsync(id, context.RequestAborted) ?? throw new IexecException(ErrorCode.ObjectNotFoundError, "category not found");
        await context.Response.WriteOkAsync(writer =>
        {
            WriteMembers(writer, category, () => writer.WriteString("chainId", market.ChainId.ToString(CultureInfo.InvariantCulture)));
        });
    }

    private static void WriteMembers(Utf8JsonWriter writer, CategoryRow category, Action writeChainId)
    {
        writer.WritePropertyName("catid");
        writer.WriteRawValue(category.Id.ToString());
        writeChainId();
        writer.WriteString("name", category.Name);
        writer.WriteString("description", category.Description);
        writer.WriteNumber("workClockTimeRef", category.WorkClockTimeRef);
        writer.WriteString("transactionHash", category.TransactionHash.ToString());
        writer.WriteNumber("blockNumber", category.BlockNumber);
        writer.WriteString("blockTimestamp", IsoTimeConverter.Format(DateTimeOffset.FromUnixTimeMilliseconds(category.BlockTime)));
    }
}
