using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iexec.Market;

/// <summary>Ready when the last look at every chain succeeded.</summary>
internal sealed class MarketHealth(Markets markets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var behind = markets.All.Where(market => market.ChainLoop.LastSuccess is null || market.ChainLoop.Failures > 0).Select(market => market.ChainId).ToList();
        return Task.FromResult(behind.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"chain {string.Join(", ", behind)} cannot be followed"));
    }
}
