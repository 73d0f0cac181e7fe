using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Chains;
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
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun, async context =>
        {
            var kinds = flags.Of(context, noneIsAll: false);
            if (context.IsDryRun)
            {
                await ForecastAsync(context, kinds);
                return;
            }

            context.Confirm($"Cancel {string.Join(", ", kinds.Select(kind => kind.JsonName()))}? This cannot be undone.");
            var chain = await context.ConnectAsync();
            var close = new CloseOrder(context.Project, chain, context.Cancellation);
            var sender = await context.SenderAsync(chain);
            await EachKind.RunAsync(
                context,
                kinds,
                async kind => new JsonObject { ["txHash"] = (await sender.SendAsync(await close.RunAsync(kind), context.Cancellation)).TransactionHash.ToString() },
                (kind, _) => $"{kind.JsonName()} successfully cancelled",
                details: false);
        });
    }

    private static async Task ForecastAsync(CommandContext context, IReadOnlyList<Poco.Orders.OrderKind> kinds)
    {
        var chain = await context.ConnectAsync();
        var close = new CloseOrder(context.Project, chain, context.Cancellation);
        var planned = new List<PlannedTransaction>();
        foreach (var kind in kinds)
        {
            planned.Add(await close.RunAsync(kind));
        }

        await context.ForecastAsync(chain, planned);
    }
}
