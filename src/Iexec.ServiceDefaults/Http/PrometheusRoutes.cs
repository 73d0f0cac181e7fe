using System.Net;
using Iexec.ServiceDefaults.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Iexec.ServiceDefaults.Http;

/// <summary>Metrics for Prometheus.</summary>
public static class PrometheusRoutes
{
    /// <summary>
    /// Maps the metrics, for callers on loopback only: how busy a service is, is its operator's business. The order gateway has an official <c>/metrics</c> of its
    /// own; there, give another path.
    /// </summary>
    public static void MapPrometheus(this IEndpointRouteBuilder routes, string path = "/metrics")
    {
        var exporter = routes.ServiceProvider.GetRequiredService<PrometheusExporter>();
        routes.MapGet(path, async (HttpContext context) =>
        {
            if (context.Connection.RemoteIpAddress is { } client && !IPAddress.IsLoopback(client))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await context.Response.WriteAsync(exporter.Write(), context.RequestAborted);
        });
    }
}
