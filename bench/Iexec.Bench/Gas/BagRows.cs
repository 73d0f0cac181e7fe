namespace Iexec.Bench.Gas;

/// <summary>One deal of ten tasks.</summary>
internal static class BagRows
{
    private const ulong Size = 10;

    public static async Task MeasureAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var each = new DealRun(market, orders.Tee(request => request with { Volume = Size }));
        await each.MatchAsync();
        for (ulong index = 0; index < Size; index++)
        {
            await each.InitializeAsync(index);
            await each.ContributeAndFinalizeAsync(index, enclave: true);
        }

        sheet.Set("S6 bag of 10, TEE contributeAndFinalize, dataset (21 txs)", each.Total);

        var array = new DealRun(market, orders.Tee(request => request with { Volume = Size }));
        await array.MatchAsync();
        sheet.Set("initializeArray(10)", await array.InitializeAllAsync(Size));
        for (ulong index = 0; index < Size; index++)
        {
            await array.ContributeAndFinalizeAsync(index, enclave: true);
        }

        sheet.Set("S6c same with initializeArray (12 txs)", array.Total);

        // The volume does not change what a match costs; its row is with dataset, as those beside it.
        sheet.Set("matchOrders, dataset, volume 10", await new DealRun(market, orders.WithDataset(request => request with { Volume = Size })).MatchAsync());
        var classic = new DealRun(market, orders.WithoutDataset(request => request with { Volume = Size }));
        await classic.MatchAsync();
        for (ulong index = 0; index < Size; index++)
        {
            var initialize = await classic.InitializeAsync(index);
            if (index == 1)
            {
                sheet.Set("initialize idx>0", initialize);
            }

            await classic.ContributeAsync(index: index);
            await classic.RevealAsync(index: index);
            await classic.FinalizeAsync(index);
        }

        sheet.Set("S6b bag of 10, classic single worker, no dataset (41 txs)", classic.Total);
    }
}
