using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderPublish
{
    public static Command Create(CommandFrame frame)
    {
        var flags = new KindFlags();
        var skip = OrderSign.SkipPreflight();
        var command = new Command("publish", "publish the signed orders of orders.json") { skip };
        flags.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Force, async context =>
        {
            var kinds = flags.Of(context, noneIsAll: false);
            var chain = context.Chain();
            var preflight = context.Get(skip) ? null : OrderSign.Preflight(context, await context.ConnectQuicklyAsync());
            var publish = new PublishOrder(context.Project, chain, context.Market(chain), await context.UnlockAsync(), preflight, context.Cancellation);
            await EachKind.RunAsync(
                context,
                kinds,
                async kind => new JsonObject { ["orderHash"] = (await publish.RunAsync(kind)).ToString() },
                (kind, order) => $"{kind.JsonName()} successfully published with orderHash {order["orderHash"]}");
        });
    }
}
