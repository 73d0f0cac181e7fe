using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderShow
{
    public static Command Create(CommandFrame frame)
    {
        var hashes = new KindHashes(hashRequired: false);
        var deals = new Option<bool>("--deals") { Description = "the order's deals too" };
        var command = new Command("show", "show published orders") { deals };
        hashes.AddTo(command);
        return frame.Bind(command, OptionBlocks.Chain, async context =>
        {
            var kinds = hashes.Of(context);
            var chain = context.Chain();
            var market = context.Market(chain);
            await EachKind.RunAsync(
                context,
                kinds,
                kind => new ShowOrder(
                    context.Project, chain, market, hashes.Hash(context, kind), async () => (await context.ConnectAsync()).Hub.Configuration.Domain, context.Get(deals), context.Cancellation).RunAsync(kind),
                (kind, order) => $"{kind.JsonName()} with orderHash {order["orderHash"]} details:",
                details: InShort);
        });
    }

    // A person sees which deals there are; "iexec deal show" tells more of one.
    private static JsonObject InShort(JsonObject order)
    {
        var shown = order.DeepClone().AsObject();
        if (shown["deals"]?["lastDeals"] is JsonArray deals)
        {
            shown["deals"]!["lastDeals"] = new JsonArray([.. deals.Select(deal => (JsonNode)new JsonObject
            {
                ["dealid"] = deal!["dealid"]?.DeepClone(),
                ["requester"] = deal["requester"]?.DeepClone(),
                ["volume"] = deal["volume"]?.DeepClone(),
                ["blockTimestamp"] = deal["blockTimestamp"]?.DeepClone(),
            })]);
        }

        return shown;
    }
}
