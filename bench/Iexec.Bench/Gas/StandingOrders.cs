using Iexec.Poco.Orders;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>
/// Orders of a busy market: requester and scheduler have another deal in flight, the workers are known and funded with nothing locked, and the orders
/// of app, dataset and pool were matched before. A request is always new.
/// </summary>
internal sealed class StandingOrders(GasMarket market)
{
    private readonly Signed<AppOrder> _app = market.SignApp();
    private readonly Signed<DatasetOrder> _dataset = market.SignDataset();
    private readonly Signed<WorkerpoolOrder> _pool = market.SignPool();
    private readonly Signed<AppOrder> _teeApp = market.SignApp(
        new AppOrder { App = market.App, AppPrice = GasMarket.AppPrice, Volume = 1_000, Tag = GasMarket.Tee });
    private readonly Signed<WorkerpoolOrder> _teePool = market.SignPool(
        new WorkerpoolOrder { Workerpool = market.Pool, WorkerpoolPrice = GasMarket.PoolPrice, Volume = 1_000, Trust = 10, Tag = GasMarket.Tee });

    private readonly Signed<AppOrder> _freeApp = market.SignApp(new AppOrder { App = market.App, Volume = 1_000 });
    private readonly Signed<WorkerpoolOrder> _freePool = market.SignPool(new WorkerpoolOrder { Workerpool = market.Pool, Volume = 1_000, Trust = 10 });

    public static async Task<StandingOrders> PrepareAsync(GasMarket market)
    {
        var orders = new StandingOrders(market);
        await IntroduceWorkersAsync(market, orders);
        await new DealRun(market, orders.WithDataset()).MatchAsync();
        await new DealRun(market, orders.Tee()).MatchAsync();
        await new DealRun(market, orders.Free()).MatchAsync();
        return orders;
    }

    public SignedOrders WithDataset(Func<RequestOrder, RequestOrder>? change = null) => new(_app, _dataset, _pool, market.SignRequest(change));

    public SignedOrders WithoutDataset(Func<RequestOrder, RequestOrder>? change = null) =>
        new(_app, SignedOrders.NoDataset, _pool, market.SignRequest(request => (change?.Invoke(request) ?? request) with { Dataset = default, DatasetMaxPrice = default }));

    /// <summary>With dataset, and an enclave asked for.</summary>
    public SignedOrders Tee(Func<RequestOrder, RequestOrder>? change = null) =>
        new(_teeApp, _dataset, _teePool, market.SignRequest(request => (change?.Invoke(request) ?? request) with { Tag = GasMarket.Tee }));

    /// <summary>Without dataset, everything at a price of zero.</summary>
    public SignedOrders Free() => new(
        _freeApp,
        SignedOrders.NoDataset,
        _freePool,
        market.SignRequest(request => request with { Dataset = default, AppMaxPrice = default, DatasetMaxPrice = default, WorkerpoolMaxPrice = default }));

    /// <summary>Four orders that nobody has seen.</summary>
    public static SignedOrders Fresh(GasMarket market) => new(market.SignApp(), market.SignDataset(), market.SignPool(), market.SignRequest());

    /// <summary>A task of all workers, after which each has a score.</summary>
    private static async Task IntroduceWorkersAsync(GasMarket market, StandingOrders orders)
    {
        // Twenty needs five opinions of weight two: 2⁵ > 19 > 2⁴.
        var pool = market.SignPool(new WorkerpoolOrder { Workerpool = market.Pool, WorkerpoolPrice = GasMarket.PoolPrice, Volume = 1, Trust = 20 });
        var run = new DealRun(market, orders.WithDataset(request => request with { Trust = 20 }) with { Workerpool = pool });
        await run.MatchAsync();
        await run.InitializeAsync();
        for (var worker = 0; worker < GasMarket.Workers.Count; worker++)
        {
            await run.ContributeAsync(worker);
        }

        for (var worker = 0; worker < GasMarket.Workers.Count; worker++)
        {
            await run.RevealAsync(worker);
        }

        await run.FinalizeAsync();
    }
}
