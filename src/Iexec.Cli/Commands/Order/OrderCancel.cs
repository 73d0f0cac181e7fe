using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderCancel
{
    public static Command Create(CommandFrame frame)
    {
        var hashes = new KindHashes(hashRequired: false);
        var command = new Command("cancel", "close orders on the chain, for good: no copy of them can be filled any more");
        hashes.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun, async context =>
        {
            var kinds = hashes.Of(context);
            var named = kinds.ToDictionary(kind => kind, kind => hashes.Hash(context, kind));
            if (context.IsDryRun)
            {
                await ForecastAsync(context, named);
                return;
            }

            await context.ConfirmAsync($"Cancel {string.Join(", ", kinds.Select(kind => $"{kind.JsonName()} {named[kind]?.ToString() ?? "of orders.json"}"))}? This cannot be undone.");
            var chain = await context.ConnectAsync();
            var close = Close(context, chain, named);
            var sender = await context.SenderAsync(chain);
            await EachKind.RunAsync(
                context,
                kinds,
                async kind => new JsonObject { ["txHash"] = (await sender.SendAsync(await close.RunAsync(kind), context.Cancellation)).TransactionHash.ToString() },
                (kind, _) => $"{kind.JsonName()} successfully cancelled");
        });
    }

    private static CloseOrder Close(CommandContext context, ChainConnection chain, Dictionary<OrderKind, OrderHash?> named) =>
        new(context.Project, chain, kind => named[kind], () => context.Market(chain.Settings), context.Cancellation);

    private static async Task ForecastAsync(CommandContext context, Dictionary<OrderKind, OrderHash?> named)
    {
        var chain = await context.ConnectAsync();
        var close = Close(context, chain, named);
        var planned = new List<PlannedTransaction>();
        foreach (var kind in named.Keys)
        {
            planned.Add(await close.RunAsync(kind));
        }

        await context.ForecastAsync(chain, planned);
    }
}
