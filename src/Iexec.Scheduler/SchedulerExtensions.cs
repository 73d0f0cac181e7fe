using Iexec.Scheduler.Http;
using Iexec.Scheduler.Shell;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iexec.Scheduler;

/// <summary>The scheduler's two doors.</summary>
public static class SchedulerExtensions
{
    internal const string HttpClientName = "iexec-scheduler";

    /// <summary>
    /// The scheduler and its reconcile loop. Needs the service defaults (clock, entropy). The store is migrated and loaded before the server listens.
    /// </summary>
    public static IServiceCollection AddScheduler(this IServiceCollection services, SchedulerOptions options)
    {
        services.AddServiceDefaults();
        services.AddHttpClient(HttpClientName, static http => http.Timeout = TimeSpan.FromSeconds(20));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SchedulerService>(
            provider, options, provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<SchedulerService>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<SchedulerService>().Loop);
        services.AddHealthChecks().Add(new(
            "scheduler", static provider => new LoopHealth(provider.GetRequiredService<SchedulerService>().Loop), null, null));
        return services;
    }

    /// <summary>Every route of <see cref="Sdk.Wire.Scheduler.SchedulerRoutes"/>.</summary>
    public static IEndpointRouteBuilder MapScheduler(this IEndpointRouteBuilder endpoints)
    {
        var routes = endpoints.MapGroup("").WithErrorShape(ErrorShape.StatusMessage);
        routes.RequireCors(ServiceDefaultsExtensions.AnyOrigin);
        PlatformRoutes.Map(routes);
        WorkerRoutes.Map(routes);
        ReplicateRoutes.Map(routes);
        TaskRoutes.Map(routes);
        return endpoints;
    }
}
