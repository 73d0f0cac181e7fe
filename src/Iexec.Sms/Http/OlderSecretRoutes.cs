using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Http;
using Iexec.Sms.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Sms.Http;

/// <summary>
/// <c>POST /secret/{address}</c> with <c>{secret, sign}</c> and <c>GET /secret/{address}</c>, both → <c>{ok, data: {address, hash}}</c>, as the clients of V3.0 and V3.1
/// know them; data is empty where nothing is set.
/// </summary>
internal static class OlderSecretRoutes
{
    private const string Secret = "/secret/{address}";

    // The client shows errorMessage; tools look for error, as everywhere.
    private static readonly ErrorShape Shape = new("application/json; charset=utf-8", static (writer, reply) =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", false);
        var message = reply.Hint is null ? reply.Message : $"{reply.Message}. {reply.Hint}";
        writer.WriteString("error", message);
        writer.WriteString("errorMessage", message);
        writer.WriteEndObject();
    });

    public static void Map(IEndpointRouteBuilder endpoints, OlderSecretGate gate)
    {
        var routes = endpoints.MapGroup("").WithErrorShape(Shape);
        routes.MapGet(Secret, async (HttpContext context, string address) =>
        {
            var owner = ReadAddress(address);
            await WriteAsync(context, owner, await gate.FindAsync(owner, context.RequestAborted));
        });
        routes.MapPost(Secret, async (HttpContext context, string address) =>
        {
            var owner = ReadAddress(address);
            using var body = await context.Request.ReadJsonObjectAsync(context.RequestAborted);
            await WriteAsync(context, owner, await gate.PushAsync(owner, Text(body, "secret"), Text(body, "sign"), context.RequestAborted));
        });
        foreach (var path in (string[])["/attestation/{**route}", "/secure"])
        {
            routes.Map(path, static Task (HttpContext _) => throw SmsService.NoEnclave());
        }
    }

    private static Task WriteAsync(HttpContext context, Address address, string? hash) => context.Response.WriteJsonAsync(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        writer.WriteStartObject("data");
        if (hash is not null)
        {
            writer.WriteString("address", address.ToString());
            writer.WriteString("hash", hash);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static string Text(JsonDocument body, string name) => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new IexecException(ErrorCode.ValidationError, $"{name} is a required field");

    private static Address ReadAddress(string text) => Address.TryParse(text, out var address)
        ? address
        : throw new IexecException(ErrorCode.ValidationError, "The address is not a valid ethereum address");
}
