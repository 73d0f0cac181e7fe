using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>How tasks end that do not simply succeed: reopened, claimed, with a liar, with a kitty.</summary>
internal static class EndingRows
{
    private const ulong Bag = 10;
    private static readonly TimeSpan TimeReference = TimeSpan.FromSeconds(300);
    private static readonly Bytes32 Lie = Keccak256.Hash("lie");

    public static async Task MeasureAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        await MeasureLiarAsync(market, orders, sheet);

        var silent = await OpenAsync(market, orders.WithDataset());
        await silent.ContributeAsync();
        await market.Node.AdvanceTimeAsync(2 * TimeReference);
        sheet.Set("reopen (1 contributor)", await silent.ReopenAsync());

        var untouched = await OpenAsync(market, orders.WithDataset());
        var touched = await OpenAsync(market, orders.WithDataset(request => request with { Trust = 5 }));
        await touched.ContributeAsync();
        var bag = new DealRun(market, orders.WithDataset(request => request with { Volume = Bag }));
        await bag.MatchAsync();
        await bag.InitializeAllAsync(Bag);
        var forgotten = new DealRun(market, orders.WithDataset(request => request with { Volume = Bag }));
        await forgotten.MatchAsync();
        await market.Node.AdvanceTimeAsync(10 * TimeReference);

        // The first claim opens the kitty; the rows are about a platform on which it exists.
        await silent.ClaimAsync();
        sheet.Set("claim, no contribution", await untouched.ClaimAsync());
        sheet.Set("claim, 1 contributor", await touched.ClaimAsync());
        sheet.Set("claimArray(10)", await bag.SendAsync(
            GasMarket.Requester, market.Calls.ClaimArray([.. Enumerable.Range(0, (int)Bag).Select(index => bag.Task((ulong)index))])));
        sheet.Set("initializeAndClaimArray(10)", await forgotten.SendAsync(
            GasMarket.Requester, market.Calls.InitializeAndClaimArray([.. Enumerable.Range(0, (int)Bag).Select(index => (forgotten.Deal, (ulong)index))])));

        var kitty = await OpenAsync(market, orders.WithDataset());
        await kitty.ContributeAsync();
        await kitty.RevealAsync();
        sheet.Set("finalize, kitty > 0", await kitty.FinalizeAsync());
    }

    /// <summary>Four good workers and a liar: trust 9 … 16 takes four equal opinions, with one against them.</summary>
    private static async Task MeasureLiarAsync(GasMarket market, StandingOrders orders, GasSheet sheet)
    {
        var run = await OpenAsync(market, orders.WithDataset(request => request with { Trust = 6 }));
        await run.ContributeAsync(0, digest: Lie);
        for (var worker = 1; worker < GasMarket.Workers.Count; worker++)
        {
            await run.ContributeAsync(worker);
        }

        for (var worker = 1; worker < GasMarket.Workers.Count; worker++)
        {
            await run.RevealAsync(worker);
        }

        sheet.Set("finalize, 4 good + 1 slashed", await run.FinalizeAsync());
    }

    private static async Task<DealRun> OpenAsync(GasMarket market, SignedOrders orders)
    {
        var run = new DealRun(market, orders);
        await run.MatchAsync();
        await run.InitializeAsync();
        return run;
    }
}
