using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iexec.Scheduler.Compass;

/// <summary>The compass's two doors.</summary>
public static class CompassExtensions
{
    private const string Route = "/{chainId}/workerpools/{address}";

    /// <summary>The compass and its store.</summary>
    public static IServiceCollection AddCompass(this IServiceCollection services, CompassOptions options)
    {
        services.AddServiceDefaults();
        services.AddSingleton(options);
        services.AddSingleton<CompassService>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<CompassService>());
        return services;
    }

    /// <summary><c>GET</c> and <c>PUT /{chainId}/workerpools/{address}</c>.</summary>
    public static IEndpointRouteBuilder MapCompass(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var routes = endpoints.MapGroup("").WithErrorShape(ErrorShape.OkFalse)
            .WithRateLimit(services.GetRequiredService<CompassOptions>().RateLimit, services.GetRequiredService<TimeProvider>());
        routes.RequireCors(ServiceDefaultsExtensions.AnyOrigin);
        routes.MapGet(Route, FindAsync);
        routes.MapPut(Route, RegisterAsync);
        return endpoints;
    }

    private static async Task<IResult> FindAsync(CompassService compass, HttpContext context, string chainId, string address)
    {
        var (chain, workerpool) = Read(chainId, address);
        var location = await compass.FindAsync(chain, workerpool, context.RequestAborted)
            ?? throw new IexecException(ErrorCode.ObjectNotFoundError, $"The URL of workerpool {workerpool} is not known here");
        return Results.Json(location, CompassJson.Default.WorkerpoolLocation);
    }

    private static async Task<IResult> RegisterAsync(CompassService compass, HttpContext context, string chainId, string address)
    {
        var (chain, workerpool) = Read(chainId, address);
        var statement = await JsonSerializer.DeserializeAsync(context.Request.Body, CompassJson.Default.WorkerpoolStatement, context.RequestAborted);
        if (statement is not { ApiUrl: not null, Signature: not null })
        {
            throw new IexecException(ErrorCode.ValidationError, "The body must have apiUrl, issuedAt and signature");
        }

        await compass.RegisterAsync(chain, workerpool, statement, context.RequestAborted);
        return Results.Json(new WorkerpoolLocation(statement.ApiUrl), CompassJson.Default.WorkerpoolLocation);
    }

    private static (ulong ChainId, Address Workerpool) Read(string chainId, string address) =>
        ulong.TryParse(chainId, out var chain) && Address.TryParse(address, out var workerpool)
            ? (chain, workerpool)
            : throw new IexecException(ErrorCode.ValidationError, "The path is /{chainId}/workerpools/{address}");
}
