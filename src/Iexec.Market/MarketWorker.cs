using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Hosting;

namespace Iexec.Market;

/// <summary>Brings the store up to date before anything is answered, then runs the loops of every chain until the host stops.</summary>
internal sealed class MarketWorker(Markets markets) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await markets.Database.MigrateAsync(typeof(MarketWorker).Assembly, cancellationToken);
        foreach (var market in markets.All)
        {
            await market.ChainLoop.StartAsync(cancellationToken);
            await market.SweepLoop.StartAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(markets.All.SelectMany(market => (Task[])[market.ChainLoop.StopAsync(cancellationToken), market.SweepLoop.StopAsync(cancellationToken)]));
}
