using Iexec.Ethereum;
using Iexec.ServiceDefaults.Http;
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

    // The clients show message, whatever went wrong.
    private static readonly ErrorShape Shape = new("application/json; charset=utf-8", static (writer, reply) =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", false);
        writer.WriteString("message", reply.Hint is null ? reply.Message : $"{reply.Message}. {reply.Hint}");
        writer.WriteEndObject();
    });

    public static void MapFaucet(this IEndpointRouteBuilder endpoints, Faucet faucet, NodeBoundary boundary)
    {
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var routes = endpoints.MapGroup("").WithErrorShape(Shape);
        routes.MapGet("/getETH", (HttpContext context, string? address) => GiveAsync(context, address, boundary, async account =>
            await faucet.GiveEtherAsync(account, LocalChain.Ether(1), context.RequestAborted) ? $"1 ether for {account}" : $"{account} has 1 ether already"));
        // Whoever is told that he has it wants to spend it.
        routes.MapGet("/getRLC", (HttpContext context, string? address) => GiveAsync(context, address, boundary, async account =>
            await faucet.GiveRlcAndWaitAsync(account, GiftRlc, time, context.RequestAborted) ? $"200 RLC for {account}" : $"200 RLC for {account} come with the chain's next block"));
    }

    private static async Task<IResult> GiveAsync(HttpContext context, string? address, NodeBoundary boundary, Func<Address, Task<string>> give)
    {
        if (boundary.Refuse(context.Request) is { } reason)
        {
            throw new HttpErrorException(StatusCodes.Status403Forbidden, reason);
        }

        if (string.IsNullOrEmpty(address))
        {
            throw new HttpErrorException(StatusCodes.Status400BadRequest, "address is a required field");
        }

        if (!Address.TryParse(address, out var account))
        {
            throw new HttpErrorException(StatusCodes.Status400BadRequest, $"{address} is not a valid ethereum address");
        }

        if (account.IsZero)
        {
            throw new HttpErrorException(StatusCodes.Status400BadRequest, $"Nobody owns {account}");
        }

        return Results.Json(new FaucetAnswer(true, await give(account)), FaucetJson.Default.FaucetAnswer);
    }
}

internal sealed record FaucetAnswer(bool Ok, string Message);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(FaucetAnswer))]
internal sealed partial class FaucetJson : System.Text.Json.Serialization.JsonSerializerContext;
