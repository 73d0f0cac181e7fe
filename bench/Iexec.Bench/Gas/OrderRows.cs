using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>Orders signed, closed and published on the chain.</summary>
internal static class OrderRows
{
    public static async Task MeasureAsync(GasMarket market, GasSheet sheet)
    {
        await ManageAsync(market, sheet, OrderSchemas.App, () => market.SignApp().Order, GasMarket.AppOwner);
        await ManageAsync(market, sheet, OrderSchemas.Dataset, () => market.SignDataset().Order, GasMarket.DatasetOwner);
        await ManageAsync(market, sheet, OrderSchemas.Workerpool, () => market.SignPool().Order, GasMarket.Scheduler);
        await ManageAsync(market, sheet, OrderSchemas.Request, () => market.SignRequest().Order, GasMarket.Requester);

        var app = market.SignApp().Order;
        var consent = GasMarket.AppOwner.Sign(OrderSchemas.App.OperationDigest(app, OrderCalls.Sign, market.Domain)).ToArray();
        await SetAsync(
            market, sheet, "manageAppOrder SIGN by signature", GasMarket.Requester, OrderCalls.Manage(OrderSchemas.App, new(app, default), OrderCalls.Sign, consent));
    }

    public static async Task MeasureBroadcastAsync(GasMarket market, GasSheet sheet)
    {
        await SetAsync(market, sheet, "broadcastAppOrder", GasMarket.AppOwner, OrderCalls.Broadcast(OrderSchemas.App, market.SignApp()));
        await SetAsync(market, sheet, "broadcastRequestOrder", GasMarket.Requester, OrderCalls.Broadcast(OrderSchemas.Request, market.SignRequest()));
    }

    private static async Task ManageAsync<TOrder>(GasMarket market, GasSheet sheet, OrderSchema<TOrder> schema, Func<TOrder> order, PrivateKey owner)
        where TOrder : Order
    {
        await SetAsync(market, sheet, $"manage{schema.TypeName} SIGN by owner", owner, OrderCalls.Manage(schema, new(order(), default), OrderCalls.Sign));
        await SetAsync(market, sheet, $"cancel: manage{schema.TypeName} CLOSE", owner, OrderCalls.Manage(schema, new(order(), default), OrderCalls.Close));
    }

    private static async Task SetAsync(GasMarket market, GasSheet sheet, string row, PrivateKey from, byte[] data) =>
        sheet.Set(row, (await market.SendAsync(from, data)).GasUsed);
}
