using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;

namespace Iexec.Cli.Commands.Order;

internal static class OrderFill
{
    public static Command Create(CommandFrame frame)
    {
        var hashes = new KindHashes(hashRequired: true);
        var skip = OrderSign.SkipPreflight();
        var command = new Command("fill", "match orders into a deal: the named ones, else those of orders.json") { skip };
        hashes.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force, async context =>
        {
            // Parsed before the network is asked for anything.
            var wanted = Enum.GetValues<OrderKind>().ToDictionary(kind => kind, kind => hashes.Hash(context, kind));
            var chain = await context.ConnectAsync();
            var set = await CollectAsync(new OrderSource(context, chain, wanted));
            var trust = context.Get(skip) ? null : new TrustCheck(chain.Workerpools, context.Warn);
            var deal = await new FillOrders(chain, await context.SenderAsync(chain), trust).RunAsync(set, context.Cancellation);
            if (deal.Volume < set.Request.Order.Volume)
            {
                context.Warn($"Only {deal.Volume} of the {set.Request.Order.Volume} tasks of the request could be bought with these orders");
            }

            var fields = new JsonObject { ["dealid"] = deal.Id.ToString(), ["volume"] = deal.Volume.ToString(), ["txHash"] = deal.TransactionHash.ToString() };
            context.Succeed(fields, $"{deal.Volume} task{(deal.Volume == 1 ? "" : "s")} successfully purchased with dealid {deal.Id}");
        });
    }

    private static async Task<OrderSet> CollectAsync(OrderSource orders)
    {
        var request = await orders.GetAsync(OrderSchemas.Request, OrderKind.Request);
        var app = orders.GetAsync(OrderSchemas.App, OrderKind.App);
        var pool = orders.GetAsync(OrderSchemas.Workerpool, OrderKind.Workerpool);
        var dataset = request.Order.Dataset.IsZero ? Task.FromResult(OrderSet.NoDataset) : orders.GetAsync(OrderSchemas.Dataset, OrderKind.Dataset);
        return new OrderSet(await app, await dataset, await pool, request);
    }

    private sealed class OrderSource(CommandContext context, ChainConnection chain, Dictionary<OrderKind, Poco.OrderHash?> wanted)
    {
        public Task<Signed<TOrder>> GetAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
            where TOrder : Poco.Orders.Order => wanted[kind] is { } hash
            ? SignedOrders.FetchAsync(context.Market(chain.Settings), chain.ChainId, schema, kind, hash, chain.Hub.Configuration.Domain, context.Cancellation)
            : Task.FromResult(SignedOrders.Require(context.Project, schema, kind, chain.ChainId));
    }
}
