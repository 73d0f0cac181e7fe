using Iexec.ServiceDefaults.Hosting;
using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Hosting;

namespace Iexec.Market;

/// <summary>Brings the store up to date before anything is answered, then runs the loops of every chain until the host stops.</summary>
internal sealed class MarketWorker(Markets markets, IHostApplicationLifetime lifetime) : IHostedService
{
    private IEnumerable<ReconcileLoop> Loops => markets.All.SelectMany(market => market.Loops).Append(markets.SocketLoop);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await markets.Database.MigrateAsync(typeof(MarketWorker).Assembly, cancellationToken);
        foreach (var loop in Loops)
        {
            await loop.StartAsync(cancellationToken);
        }

        // Listeners wait in requests of their own, which the server would wait for in turn.
        lifetime.ApplicationStopping.Register(markets.Sessions.CloseAll);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(Loops.Select(loop => loop.StopAsync(cancellationToken)));
}
