namespace Iexec.Bench.Gas;

/// <summary>Tasks whose worker contributes and finalizes in one transaction.</summary>
internal static class EnclaveRows
{
    public static async Task MeasureAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var enclave = new DealRun(market, orders.Tee());
        await enclave.MatchAsync();
        await enclave.InitializeAsync();
        sheet.Set("contributeAndFinalize TEE, dataset", await enclave.ContributeAndFinalizeAsync(enclave: true));
        sheet.Set("S5 TEE contributeAndFinalize, dataset (3 txs)", enclave.Total);

        var callback = new DealRun(market, orders.Tee(request => request with { Callback = market.Callback }));
        await callback.MatchAsync();
        await callback.InitializeAsync();
        sheet.Set("contributeAndFinalize TEE, dataset, callback", await callback.ContributeAndFinalizeAsync(enclave: true));
        sheet.Set("S5b S5 + callback", callback.Total);

        var plain = new DealRun(market, orders.WithoutDataset());
        await plain.MatchAsync();
        await plain.InitializeAsync();
        sheet.Set("contributeAndFinalize no TEE, no dataset", await plain.ContributeAndFinalizeAsync());
        sheet.Set("S5d contributeAndFinalize, no TEE, no dataset", plain.Total);

        var free = new DealRun(market, orders.Free());
        await free.MatchAsync();
        await free.InitializeAsync();
        sheet.Set("contributeAndFinalize no TEE, prices 0", await free.ContributeAndFinalizeAsync());

        var contribution = new DealRun(market, orders.Tee());
        await contribution.MatchAsync();
        await contribution.InitializeAsync();
        sheet.Set("contribute TEE, single", await contribution.ContributeAsync(enclave: true));
        await contribution.RevealAsync();
        await contribution.FinalizeAsync();
    }
}
