using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Testing;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>All rows of one deployment. A part that refuses a transaction ends there; what it would have measured is reported as missing.</summary>
internal static class GasMeasurement
{
    public static async Task<GasSheet> MeasureAsync(HubConfiguration hub, BlockSender sender, AnvilProcess node, Address callback)
    {
        var market = new GasMarket(hub, sender, node);
        var sheet = new GasSheet();
        await PartAsync("assets", () => AssetRows.MeasureAsync(market, sheet), sheet);
        await market.OpenAsync(callback);
        await PartAsync("policy", () => AssetRows.MeasurePolicyAsync(market, sheet), sheet);
        await PartAsync("first match", () => MatchingRows.MeasureFirstAsync(market, sheet), sheet);
        await PartAsync("accounts", () => AccountRows.MeasureAsync(market, sheet), sheet);
        var orders = await StandingOrders.PrepareAsync(market);
        await PartAsync("matching", () => MatchingRows.MeasureAsync(market, orders, sheet), sheet);
        await PartAsync("tasks", () => TaskRows.MeasureAsync(market, orders, sheet), sheet);
        await PartAsync("contribute and finalize", () => EnclaveRows.MeasureAsync(market, orders, sheet), sheet);
        await PartAsync("bags of tasks", () => BagRows.MeasureAsync(market, orders, sheet), sheet);
        await PartAsync("batches", () => BatchRows.MeasureAsync(market, orders, sheet), sheet);
        await PartAsync("orders", () => OrderRows.MeasureAsync(market, sheet), sheet);
        await PartAsync("broadcast", () => OrderRows.MeasureBroadcastAsync(market, sheet), sheet);
        await PartAsync("boost", () => BoostRows.MeasureAsync(market, orders, sheet), sheet);
        await PartAsync("endings", () => EndingRows.MeasureAsync(market, orders, sheet), sheet);
        return sheet;
    }

    private static async Task PartAsync(string part, Func<Task> measure, GasSheet sheet)
    {
        try
        {
            await measure();
        }
        catch (TransactionRefusedException e)
        {
            sheet.Skipped.Add($"{part}: {e.Message}");
        }
    }
}
