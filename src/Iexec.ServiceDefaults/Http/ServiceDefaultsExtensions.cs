using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Iexec.Ethereum;
using Iexec.ServiceDefaults.Metrics;

namespace Iexec.ServiceDefaults.Http;

/// <summary>What every role's HTTP server has, in the one order that is right.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Name of the CORS policy that lets any web page call, without credentials. Ask for it with <c>RequireCors</c>.</summary>
    public const string AnyOrigin = "iexec-any-origin";

    /// <summary>
    /// Listens as the endpoint says; see <see cref="KestrelEndpoint.Listen"/>. Call it on the builder, then <see cref="AddServiceDefaults"/>, and on the built
    /// application <see cref="UseServiceDefaults"/> before the routes.
    /// </summary>
    public static WebApplicationBuilder UseServiceEndpoint(this WebApplicationBuilder builder, ServiceEndpoint endpoint, long maxBodyBytes = 1024 * 1024)
    {
        // Checked here, so that the refusal comes before anything is started.
        KestrelEndpoint.Check(endpoint);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(endpoint, maxBodyBytes));
        return builder;
    }

    /// <summary>Services behind <see cref="UseServiceDefaults"/>: clock, entropy, CORS, routing, health checks, graceful stop.</summary>
    public static IServiceCollection AddServiceDefaults(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEntropySource>(SystemEntropy.Instance);
        services.TryAddSingleton<PrometheusExporter>();
        services.AddRouting();
        services.AddHealthChecks();
        services.AddCors(cors => cors.AddPolicy(AnyOrigin, policy => policy
            .SetIsOriginAllowed(static _ => true)
            .WithMethods("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH")
            .AllowAnyHeader()
            .WithExposedHeaders("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After")));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return services;
    }

    /// <summary>
    /// Errors, trust in the peer, forwarded headers of named proxies, routing, CORS, rate limits. Map routes after it.
    /// </summary>
    public static WebApplication UseServiceDefaults(this WebApplication app, ServiceEndpoint endpoint)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<TrustMiddleware>(endpoint);
        if (endpoint.BehindProxy.Count > 0)
        {
            app.UseForwardedHeaders(ForwardedHeadersOf(endpoint));
        }

        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<RateLimitMiddleware>();
        return app;
    }

    private static ForwardedHeadersOptions ForwardedHeadersOf(ServiceEndpoint endpoint)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // The chain is followed back as long as the sender is one of ours.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in endpoint.BehindProxy)
        {
            options.KnownProxies.Add(proxy);
        }

        return options;
    }
}
