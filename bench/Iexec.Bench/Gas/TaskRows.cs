namespace Iexec.Bench.Gas;

/// <summary>Tasks with one and with several workers: the steps, and the sum over a whole deal.</summary>
internal static class TaskRows
{
    public static async Task MeasureAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        await SingleAsync(market, orders, sheet);
        await ReplicatedAsync(market, orders, sheet);
    }

    private static async Task SingleAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var plain = new DealRun(market, orders.WithoutDataset(request => request with { Trust = 0 }));
        sheet.Set("matchOrders, no dataset, app+wp orders reused", await plain.MatchAsync());
        await plain.InitializeAsync();
        await plain.ContributeAsync();
        await plain.RevealAsync();
        sheet.Set("finalize, 1 worker, no dataset", await plain.FinalizeAsync());
        sheet.Set("S1 single worker, trust 0, no dataset (5 txs)", plain.Total);

        var dataset = new DealRun(market, orders.WithDataset());
        sheet.Set("matchOrders, dataset, app+ds+wp reused", await dataset.MatchAsync());
        sheet.Set("initialize idx 0", await dataset.InitializeAsync());
        sheet.Set("contribute, single worker, reaches consensus", await dataset.ContributeAsync());
        sheet.Set("reveal first", await dataset.RevealAsync());
        sheet.Set("finalize, 1 worker, dataset", await dataset.FinalizeAsync());
        sheet.Set("S2 single worker, trust 1, dataset (5 txs)", dataset.Total);

        var free = new DealRun(market, orders.Free());
        sheet.Set("matchOrders, no dataset, all prices 0", await free.MatchAsync());
        await free.InitializeAsync();
        await free.ContributeAsync();
        await free.RevealAsync();
        sheet.Set("finalize, 1 worker, prices 0", await free.FinalizeAsync());
        sheet.Set("S2f single worker, no dataset, prices 0", free.Total);

        var callback = new DealRun(market, orders.WithDataset(request => request with { Callback = market.Callback }));
        sheet.Set("matchOrders, dataset, callback set", await callback.MatchAsync());
        await callback.InitializeAsync();
        await callback.ContributeAsync();
        await callback.RevealAsync();
        sheet.Set("finalize, 1 worker + callback", await callback.FinalizeAsync());
        sheet.Set("S3 as S2 + callback", callback.Total);
    }

    private static async Task ReplicatedAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var two = new DealRun(market, orders.WithoutDataset(request => request with { Trust = 3 }));
        await two.MatchAsync();
        await two.InitializeAsync();
        await two.ContributeAsync(0);
        await two.ContributeAsync(1);
        await two.RevealAsync(0);
        await two.RevealAsync(1);
        await two.FinalizeAsync();
        sheet.Set("S4b 2 replicas, trust 3, no dataset (7 txs)", two.Total);

        var three = new DealRun(market, orders.WithDataset(request => request with { Trust = 5 }));
        await three.MatchAsync();
        await three.InitializeAsync();
        sheet.Set("contribute 1/3 (trust 5)", await three.ContributeAsync(0));
        sheet.Set("contribute 2/3", await three.ContributeAsync(1));
        sheet.Set("contribute 3/3 (consensus)", await three.ContributeAsync(2));
        await three.RevealAsync(0);
        sheet.Set("reveal next", await three.RevealAsync(1));
        await three.RevealAsync(2);
        sheet.Set("finalize, 3 workers", await three.FinalizeAsync());
        sheet.Set("S4 3 replicas, trust 5, dataset (9 txs)", three.Total);
    }
}
