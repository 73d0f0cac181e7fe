using Iexec.Poco.Chain;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>Deals whose results are pushed in one transaction and not stored.</summary>
internal static class BoostRows
{
    private const string Match = "matchOrdersBoost";
    private const ulong Bag = 10;

    public static async Task MeasureAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var fresh = orders.Tee() with
        {
            App = market.SignApp(orders.Tee().App.Order), Dataset = market.SignDataset(), Workerpool = market.SignPool(orders.Tee().Workerpool.Order),
        };
        sheet.Set("matchOrdersBoost, 4 fresh, TEE dataset", await new DealRun(market, fresh).MatchAsync(Match));

        var tee = new DealRun(market, orders.Tee());
        sheet.Set("matchOrdersBoost, TEE, dataset, reused", await tee.MatchAsync(Match));
        sheet.Set("pushResultBoost TEE, dataset", await tee.PushResultAsync(enclave: true));
        sheet.Set("S7 Boost TEE, dataset (2 txs)", tee.Total);

        var callback = new DealRun(market, orders.Tee(request => request with { Callback = market.Callback }));
        await callback.MatchAsync(Match);
        sheet.Set("pushResultBoost TEE, dataset, callback", await callback.PushResultAsync(enclave: true));
        sheet.Set("S7b Boost + callback", callback.Total);

        var plain = new DealRun(market, orders.WithoutDataset());
        sheet.Set("matchOrdersBoost, no TEE, no dataset", await plain.MatchAsync(Match));
        sheet.Set("pushResultBoost no TEE, no dataset", await plain.PushResultAsync());
        sheet.Set("S7c Boost no TEE, no dataset", plain.Total);

        var bag = new DealRun(market, orders.Tee(request => request with { Volume = Bag }));
        await bag.MatchAsync(Match);
        for (ulong index = 0; index < Bag; index++)
        {
            await bag.PushResultAsync(index, enclave: true);
        }

        sheet.Set("S7d Boost TEE, dataset, bag of 10 (11 txs)", bag.Total);
        await MeasureClaimAsync(market, orders, sheet);
    }

    private static async Task MeasureClaimAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        DealRun[] late = [new(market, orders.Tee()), new(market, orders.Tee())];
        foreach (var run in late)
        {
            await run.MatchAsync(Match);
        }

        await market.Node.AdvanceTimeAsync(TimeSpan.FromSeconds(7 * 300));
        foreach (var run in late)
        {
            var gas = await run.SendAsync(GasMarket.Requester, new ContractCall(market.Hub, BoostCalls.Claim(run.Deal, 0)));
            if (run == late[^1])
            {
                sheet.Set("claimBoost", gas);
            }
        }
    }
}
