using Iexec.ServiceDefaults.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iexec.Scheduler.Http;

/// <summary>Ready when the loop's last run succeeded.</summary>
internal sealed class LoopHealth(ReconcileLoop loop) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(loop switch
    {
        { LastSuccess: null, LastError: null } => HealthCheckResult.Unhealthy("starting"),
        { Failures: > 0 } => HealthCheckResult.Unhealthy($"failed {loop.Failures} times"),
        _ => HealthCheckResult.Healthy(),
    });
}
