using Iexec.Ethereum;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Iexec.Host.Chain;

/// <summary>
/// The faucet at the node's origin: <c>GET /getETH?address=</c> and <c>GET /getRLC?address=</c>, the routes that the older clients know. One gift is
/// 1 ether or 200 RLC.
/// </summary>
internal static class FaucetRoutes
{
    private const ulong GiftRlc = 200_000_000_000;

    public static void MapFaucet(this IEndpointRouteBuilder endpoints, Faucet faucet, NodeBoundary boundary)
    {
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        endpoints.MapGet("/getETH", (HttpContext context, string? address) => GiveAsync(context, address, boundary, async account =>
        {
            await faucet.GiveEtherAsync(account, LocalChain.Ether(1), context.RequestAborted);
            return "1 ether";
        }));
        endpoints.MapGet("/getRLC", (HttpContext context, string? address) => GiveAsync(context, address, boundary, async account =>
        {
            // Whoever is told that he has it wants to spend it.
            await faucet.WaitAsync(await faucet.GiveRlcAsync(account, GiftRlc, context.RequestAborted), time, context.RequestAborted);
            return "200 RLC";
        }));
    }

    private static async Task<IResult> GiveAsync(HttpContext context, string? address, NodeBoundary boundary, Func<Address, Task<string>> give)
    {
        if (boundary.Refuse(context.Request) is { } reason)
        {
            return Answer(false, reason, StatusCodes.Status403Forbidden);
        }

        return Address.TryParse(address, out var account)
            ? Answer(true, $"{await give(account)} for {account}", StatusCodes.Status200OK)
            : Answer(false, $"{address} is not a valid ethereum address", StatusCodes.Status400BadRequest);
    }

    private static IResult Answer(bool ok, string message, int status) =>
        Results.Json(new FaucetAnswer(ok, message), FaucetJson.Default.FaucetAnswer, statusCode: status);
}

internal sealed record FaucetAnswer(bool Ok, string Message);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(FaucetAnswer))]
internal sealed partial class FaucetJson : System.Text.Json.Serialization.JsonSerializerContext;
