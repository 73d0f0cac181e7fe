using Iexec.Sdk.Wire.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Market.Http;

/// <summary>GET /challenge.</summary>
internal static class ChallengeRoute
{
    public static void Map(IEndpointRouteBuilder routes, Markets markets) => routes.MapGet(MarketRoutes.Challenge, async (HttpContext context) =>
    {
        var query = new QueryReader(context.Request.Query);
        var market = markets.Of(query);
        var address = YupText.ReadAddress("address", query.Required("address"));
        var challenge = await markets.Authentication.IssueAsync(market.ChainId, address, context.RequestAborted);
        await context.Response.WriteOkAsync(writer =>
        {
            writer.WritePropertyName("data");
            challenge.WriteJson(writer, chainIdAsText: true);
        });
    });
}
