using Iexec.Poco.Orders;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>The ways in which four orders meet, beyond those of the tasks' rows.</summary>
internal static class MatchingRows
{
    /// <summary>Before anything else happened on the platform.</summary>
    public static async Task MeasureFirstAsync(GasMarket market, GasSheet sheet) =>
        sheet.Set("matchOrders, first ever on platform, dataset", await new DealRun(market, StandingOrders.Fresh(market)).MatchAsync());

    public static async Task MeasureAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var plain = StandingOrders.Fresh(market) with { Dataset = SignedOrders.NoDataset, Request = orders.WithoutDataset().Request };
        sheet.Set("matchOrders, no dataset, 4 fresh EOA-signed orders", await new DealRun(market, plain).MatchAsync());
        sheet.Set("matchOrders, dataset, 4 fresh EOA-signed", await new DealRun(market, StandingOrders.Fresh(market)).MatchAsync());

        var pool = market.SignPool(new WorkerpoolOrder { Workerpool = market.Pool, WorkerpoolPrice = GasMarket.PoolPrice, Volume = 1, Trust = 10 });
        var parts = orders.WithDataset(request => request with { Volume = 10 }) with { Workerpool = pool };
        await new DealRun(market, parts).MatchAsync();
        var rest = parts with { Workerpool = orders.WithDataset().Workerpool };
        sheet.Set("matchOrders, dataset, second match of the same request", await new DealRun(market, rest).MatchAsync());

        sheet.Set("matchOrders, dataset, params empty", await new DealRun(market, orders.WithDataset(request => request with { Params = "" })).MatchAsync());
        sheet.Set("matchOrders, dataset, 4 fresh orders presigned", await new DealRun(market, await PresignedAsync(market)).MatchAsync());
        sheet.Set("sponsorMatchOrders, dataset, reused", await new DealRun(market, orders.WithDataset()).MatchAsync("sponsorMatchOrders", GasMarket.Sponsor));
        await FirstDealOfARequesterAsync(market, orders, sheet);
    }

    private static async Task FirstDealOfARequesterAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var request = market.SignRequest(requester: GasMarket.Newcomer);
        var run = new DealRun(market, orders.WithDataset() with { Request = request });
        await run.MatchAsync(from: GasMarket.Newcomer);
        await run.InitializeAsync();
        await run.ContributeAsync();
        await run.RevealAsync();
        await run.FinalizeAsync();
        sheet.Set("S2r as S2, requester has no other locked funds", run.Total);
    }

    private static async Task<SignedOrders> PresignedAsync(GasMarket market)
    {
        var orders = StandingOrders.Fresh(market);
        var presigned = new SignedOrders(
            new(orders.App.Order, default), new(orders.Dataset.Order, default), new(orders.Workerpool.Order, default), new(orders.Request.Order, default));
        await market.SendAsync(GasMarket.AppOwner, OrderCalls.Manage(OrderSchemas.App, presigned.App, OrderCalls.Sign));
        await market.SendAsync(GasMarket.DatasetOwner, OrderCalls.Manage(OrderSchemas.Dataset, presigned.Dataset, OrderCalls.Sign));
        await market.SendAsync(GasMarket.Scheduler, OrderCalls.Manage(OrderSchemas.Workerpool, presigned.Workerpool, OrderCalls.Sign));
        await market.SendAsync(GasMarket.Requester, OrderCalls.Manage(OrderSchemas.Request, presigned.Request, OrderCalls.Sign));
        return presigned;
    }
}
