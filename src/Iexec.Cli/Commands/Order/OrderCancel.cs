using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderCancel
{
    public static Command Create(CommandFrame frame)
    {
        var flags = new KindFlags();
        var command = new Command("cancel", "close the signed orders of orders.json on the chain, for good");
        flags.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force, async context =>
        {
            var kinds = flags.Of(context, noneIsAll: false);
            context.Confirm($"Cancel {string.Join(", ", kinds.Select(kind => kind.JsonName()))}? This cannot be undone.");
            var chain = await context.ConnectAsync();
            var close = new CloseOrder(context.Project, chain, await context.SenderAsync(chain), context.Cancellation);
            await EachKind.RunAsync(
                context,
                kinds,
                async kind => new JsonObject { ["txHash"] = (await close.RunAsync(kind)).ToString() },
                (kind, _) => $"{kind.JsonName()} successfully cancelled",
                details: false);
        });
    }
}
