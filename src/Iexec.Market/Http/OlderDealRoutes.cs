using System.Globalization;
using System.Text.Json;
using Iexec.Market.Deals;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>Deals as the clients of V3 to V5.0 search them: <c>POST /deals {chainId, find, limit}</c> → <c>{ok, count, deals}</c>, newest first.</summary>
internal static class OlderDealRoutes
{
    private const string Time = "blockTimestamp";
    private const int MostDeals = 1000;

    private static readonly Dictionary<string, (string Column, bool IsAddress)> Terms = new()
    {
        ["requester"] = ("requester", true),
        ["beneficiary"] = ("beneficiary", true),
        ["app.pointer"] = ("app", true),
        ["app.owner"] = ("app_owner", true),
        ["dataset.pointer"] = ("dataset", true),
        ["dataset.owner"] = ("dataset_owner", true),
        ["workerpool.pointer"] = ("workerpool", true),
        ["workerpool.owner"] = ("workerpool_owner", true),
        ["appHash"] = ("app_hash", false),
        ["datasetHash"] = ("dataset_hash", false),
        ["workerpoolHash"] = ("workerpool_hash", false),
        ["requestHash"] = ("request_hash", false),
        ["dealid"] = ("deal_id", false),
    };

    public static void Map(IEndpointRouteBuilder routes, Markets markets) => routes.MapPost(MarketRoutes.Deals, async (HttpContext context) =>
    {
        using var body = await context.Request.ReadJsonObjectAsync(context.RequestAborted);
        var market = markets.Of(OlderBody.ChainId(body.RootElement));
        var find = OlderBody.Object(body.RootElement, "find");
        OlderBody.RequireKnown(find, "find", [.. Terms.Keys, "category", Time]);
        var limit = OlderBody.Text(body.RootElement, "limit") is { } text ? YupNumber.Read("limit", text, 1, MostDeals) : 20;
        var (deals, count) = await market.Deals.ListAsync(ReadFilter(find), new Paging(0, (int)limit), context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WriteNumber("count", count);
            writer.WriteStartArray("deals");
            foreach (var deal in deals)
            {
                writer.WriteRawValue(deal.Json, skipInputValidation: true);
            }

            writer.WriteEndArray();
        });
    });

    private static DealFilter ReadFilter(JsonElement find)
    {
        var equal = new List<(string, object)>();
        long? before = null;
        foreach (var term in find.EnumerateObject())
        {
            var path = $"find.{term.Name}";
            if (term.Name == Time)
            {
                before = ReadBefore(term.Value);
                continue;
            }

            var text = OlderBody.Text(find, term.Name) ?? throw YupText.Invalid($"{path} must be a value");
            if (term.Name == "category")
            {
                equal.Add(("category", YupNumber.Read(path, text)));
            }
            else
            {
                var (column, isAddress) = Terms[term.Name];
                equal.Add((column, isAddress ? YupText.ReadAddress(path, text) : YupText.ReadBytes32(path, text)));
            }
        }

        return new DealFilter { Equal = equal, BeforeMilliseconds = before };
    }

    // The clients page with it: {"$lt": time of the last deal they saw}.
    private static long ReadBefore(JsonElement value)
    {
        OlderBody.RequireKnown(value, $"find.{Time}", ["$lt"]);
        var text = OlderBody.Text(value, "$lt");
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw YupText.Invalid($"find.{Time}.$lt must be a time such as 2020-01-31T12:00:00.000Z");
    }
}
