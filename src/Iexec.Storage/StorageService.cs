using Iexec.Ethereum;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Sdk.Wire.Storage;
using Iexec.ServiceDefaults.Http;
using Iexec.Storage.Content;
using Iexec.Storage.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Iexec.Storage;

/// <summary>The doors of the storage: a content-addressed store with an IPFS gateway, and the proxy through which workers add results.</summary>
public static class StorageService
{
    /// <summary>Registers the store of one folder.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options) => services
        .AddSingleton(options)
        .AddSingleton(_ => new BlobStore(options.Folder, options.MaxObjectBytes, options.MaxTotalBytes))
        .AddSingleton(_ => new ResultIndex(options.Folder, options.Hub.Configuration.ChainId))
        .AddSingleton(provider => WalletToken.Open(
            Path.Combine(options.Folder, "token.key"), "iexec result proxy", SystemEntropy.Instance, provider.GetService<TimeProvider>() ?? TimeProvider.System))
        .AddSingleton<ResultProxy>()
        .AddSingleton<IpfsGateway>()
        .AddSingleton(provider => new ResultLogin(
            options.Hub, provider.GetRequiredService<WalletToken>(), provider.GetService<TimeProvider>() ?? TimeProvider.System, SystemEntropy.Instance))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<OlderResultRoutes>(provider, options.Hub));

    /// <summary>Lets a second server use the store of a first one in the same process: gateway and proxy on two ports, one folder.</summary>
    public static IServiceCollection ShareStorage(this IServiceCollection services, IServiceProvider first) => services
        .AddSingleton(first.GetRequiredService<StorageOptions>())
        .AddSingleton(first.GetRequiredService<ResultProxy>())
        .AddSingleton(first.GetRequiredService<OlderResultRoutes>())
        .AddSingleton(first.GetRequiredService<IpfsGateway>());

    /// <summary><c>/ipfs/{cid}</c> and, when uploads are open, <c>/api/v0/add</c>.</summary>
    public static void MapIpfsGateway(this IEndpointRouteBuilder endpoints)
    {
        var gateway = endpoints.ServiceProvider.GetRequiredService<IpfsGateway>();
        // Web pages download results, and whoever may add files may do it from a page.
        var routes = endpoints.MapGroup("");
        routes.RequireCors(ServiceDefaultsExtensions.AnyOrigin);
        routes.MapMethods(StorageWire.Content, [HttpMethods.Get, HttpMethods.Head], (HttpContext context, string cid) => gateway.Get(context, cid));
        routes.MapPost(StorageWire.Add, (RequestDelegate)gateway.AddAsync);
    }

    /// <summary>The routes of <see cref="StorageWire"/> under <c>/v1/results</c>, and the ones before them.</summary>
    public static void MapResultProxy(this IEndpointRouteBuilder endpoints)
    {
        var proxy = endpoints.ServiceProvider.GetRequiredService<ResultProxy>();
        endpoints.MapPost(StorageWire.ResultToken, async (HttpContext context) => await ReadAsync(context) is { } authorization
            ? await proxy.IssueTokenAsync(context, authorization)
            : throw new HttpErrorException(StatusCodes.Status400BadRequest, "Expected an authorization as JSON."));
        endpoints.MapPost(StorageWire.Results, (Delegate)proxy.PostAsync);
        endpoints.MapPut(StorageWire.Result, (HttpContext context, string taskId) => proxy.PutAsync(context, taskId));
        endpoints.MapMethods(StorageWire.Result, [HttpMethods.Head], (string taskId) => proxy.Head(taskId));
        endpoints.MapGet(StorageWire.ResultLink, (string taskId) => proxy.GetLink(taskId));
        endpoints.MapGet(StorageWire.Version, static () => Results.Text(ProductVersion.Text));
        // Web pages that use the older library log in too.
        var services = endpoints.ServiceProvider;
        var older = endpoints.MapGroup("").WithErrorShape(ErrorShape.OkFalse)
            .WithRateLimit(services.GetRequiredService<StorageOptions>().LoginRate, services.GetRequiredService<TimeProvider>());
        older.RequireCors(ServiceDefaultsExtensions.AnyOrigin);
        services.GetRequiredService<OlderResultRoutes>().Map(older);
    }

    private static async Task<WorkerpoolAuthorization?> ReadAsync(HttpContext context)
    {
        try
        {
            return await System.Text.Json.JsonSerializer.DeserializeAsync(context.Request.Body, SchedulerJson.Default.WorkerpoolAuthorization, context.RequestAborted);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
