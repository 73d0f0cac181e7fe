using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderInit
{
    public static Command Create(CommandFrame frame)
    {
        var flags = new KindFlags();
        var command = new Command("init", "write fresh orders into iexec.json");
        flags.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var wallet = context.FindWalletAddress() ?? Address.Zero;
            await EachKind.RunAsync(
                context,
                flags.Of(context, noneIsAll: true),
                kind => Task.FromResult(OrderDrafts.Init(context.Project, kind, chain.Id, wallet)),
                (kind, _) => $"Saved default {kind.JsonName()} in \"iexec.json\", you can edit it:",
                details: true);
        });
    }
}
