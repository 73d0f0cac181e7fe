using Iexec.Market.Http;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iexec.Market;

/// <summary>The two doors of the order gateway.</summary>
public static class MarketService
{
    /// <summary>Registers the gateway's services and the loops that follow its chains.</summary>
    /// <exception cref="IexecException">No chain, or a chain twice.</exception>
    public static IServiceCollection AddMarket(this IServiceCollection services, MarketOptions options)
    {
        if (options.Chains.Count == 0 || options.Chains.DistinctBy(chain => chain.Hub.Configuration.ChainId).Count() != options.Chains.Count)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The gateway needs at least one chain, and each chain once");
        }

        services.AddServiceDefaults();
        services.AddSingleton(options);
        services.AddSingleton<Markets>();
        services.AddHostedService<MarketWorker>();
        services.AddHealthChecks().Add(new HealthCheckRegistration("market", provider => new MarketHealth(provider.GetRequiredService<Markets>()), null, null));
        return services;
    }

    /// <summary>Maps the gateway's routes at the root.</summary>
    public static IEndpointRouteBuilder MapMarket(this IEndpointRouteBuilder routes)
    {
        var markets = routes.ServiceProvider.GetRequiredService<Markets>();
        var group = routes.MapGroup("")
            .WithErrorShape(ErrorShape.OkFalse)
            .WithRateLimit(markets.Options.RateLimit, routes.ServiceProvider.GetRequiredService<TimeProvider>())
            .RequireCors(ServiceDefaultsExtensions.AnyOrigin);
        AnswerHead(group);
        ChallengeRoute.Map(group, markets);
        OrderRoutes.Map(group, markets);
        DealRoutes.Map(group, markets);
        CategoryRoutes.Map(group, markets);
        OlderBookRoutes.Map(group, markets);
        OlderDealRoutes.Map(group, markets);
        FeedRoutes.MapEvents(group, markets);
        AboutRoutes.Map(group, markets);
        // One request of a listener may last for minutes, or bring one event: only its handshakes are counted.
        FeedRoutes.MapSocket(routes, markets, new RateLimit(markets.Options.RateLimit, routes.ServiceProvider.GetRequiredService<TimeProvider>()));
        return routes;
    }

    /// <summary>HEAD is GET without the body, which the server leaves out by itself.</summary>
    private static void AnswerHead(IEndpointConventionBuilder group) => group.Add(static endpoint =>
    {
        for (var i = 0; i < endpoint.Metadata.Count; i++)
        {
            if (endpoint.Metadata[i] is HttpMethodMetadata methods && methods.HttpMethods.Contains(HttpMethods.Get))
            {
                endpoint.Metadata[i] = new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head], methods.AcceptCorsPreflight);
            }
        }
    });
}
