using Iexec.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iexec.ServiceDefaults.Http;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: every registered check passes; 503 otherwise.</summary>
public static class HealthRoutes
{
    /// <summary>Maps both.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = WriteAsync });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    /// <summary>The role is ready when the loop's last run succeeded.</summary>
    public static IServiceCollection AddLoopCheck(this IServiceCollection services, ReconcileLoop loop)
    {
        services.AddHealthChecks().AddCheck(loop.Name, () => loop switch
        {
            { LastSuccess: null, LastError: null } => HealthCheckResult.Unhealthy("starting"),
            { Failures: > 0 } => HealthCheckResult.Unhealthy($"failed {loop.Failures} times"),
            _ => HealthCheckResult.Healthy(),
        });
        return services;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteJsonAsync(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", report.Status == HealthStatus.Healthy ? "UP" : "DOWN");
            writer.WriteStartObject("checks");
            foreach (var (name, entry) in report.Entries)
            {
                // The description is ours; an exception's text is not for strangers.
                writer.WriteString(name, entry.Status == HealthStatus.Healthy ? "UP" : entry.Description ?? "DOWN");
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        },
        context.Response.StatusCode);
}
