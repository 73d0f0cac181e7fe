using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>
/// Whole deals in the fewest transactions that a deployment offers. Where it has no function for many things at once, the row repeats the sum of the
/// single steps: it is what the same work costs there.
/// </summary>
internal static class BatchRows
{
    private const ulong Bag = 10;

    public static async Task MeasureAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var matches = await market.HasAsync(BatchCalls.MatchAndInitialize);
        var completes = await market.HasAsync(BatchCalls.InitializeAndComplete);
        var contributes = await market.HasAsync(BatchCalls.ContributeArray);

        await RowAsync(
            "S2 in batches: match+initialize, then single (4 txs)", "S2 single worker, trust 1, dataset (5 txs)", matches, () => SingleAsync(market, orders), sheet);
        await RowAsync(
            "S4 in batches: match+initialize, contributions together, then single (6 txs)", "S4 3 replicas, trust 5, dataset (9 txs)", matches && contributes,
            () => ReplicatedAsync(market, orders), sheet);
        await RowAsync(
            "S5 in batches: match, then all else (2 txs)", "S5 TEE contributeAndFinalize, dataset (3 txs)", completes, () => BagAsync(market, orders, 1), sheet);
        await RowAsync(
            "S6 in batches: match, then all else (2 txs)", "S6 bag of 10, TEE contributeAndFinalize, dataset (21 txs)", completes,
            () => BagAsync(market, orders, Bag), sheet);
    }

    private static async Task RowAsync(string row, string singly, bool together, Func<Task<ulong>> measure, GasSheet sheet)
    {
        if ((together ? await measure() : sheet[singly]) is { } gas)
        {
            sheet.Set(row, gas);
        }
    }

    private static async Task<ulong> SingleAsync(GasMarket market, StandingOrders orders)
    {
        var run = new DealRun(market, orders.WithDataset());
        await run.MatchAndInitializeAsync();
        await run.ContributeAsync();
        await run.RevealAsync();
        await run.FinalizeAsync();
        return run.Total;
    }

    private static async Task<ulong> ReplicatedAsync(GasMarket market, StandingOrders orders)
    {
        const int Workers = 3;
        var run = new DealRun(market, orders.WithDataset(request => request with { Trust = 5 }));
        await run.MatchAndInitializeAsync();
        await run.ContributeTogetherAsync(Workers);
        for (var worker = 0; worker < Workers; worker++)
        {
            await run.RevealAsync(worker);
        }

        await run.FinalizeAsync();
        return run.Total;
    }

    private static async Task<ulong> BagAsync(GasMarket market, StandingOrders orders, ulong tasks)
    {
        var run = new DealRun(market, orders.Tee(request => request with { Volume = tasks }));
        await run.MatchAsync();
        await run.InitializeAndCompleteAsync(tasks, enclave: true);
        return run.Total;
    }
}
