using Iexec.Ethereum;

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

        var classic = new DealRun(market, orders.WithDataset(request => request with { Volume = Size }));
        sheet.Set("matchOrders, dataset, volume 10", await classic.MatchAsync());
        for (ulong index = 0; index < Size; index++)
        {
            var initialize = await classic.InitializeAsync(index);
            if (index == 1)
            {
                sheet.Set("initialize idx>0", initialize);
            }
        }

        await EachAsync(index => classic.ContributeAsync(index: index));
        await EachAsync(index => classic.RevealAsync(index: index));
        await EachAsync(index => classic.FinalizeAsync(index));
        sheet.Set("S6b bag of 10, classic single worker (41 txs)", classic.Total);
    }

    private static async Task EachAsync(Func<ulong, Task<ulong>> step)
    {
        for (ulong index = 0; index < Size; index++)
        {
            await step(index);
        }
    }
}
