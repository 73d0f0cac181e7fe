using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderInit
{
    public static Command Create(CommandFrame frame)
    {
        var flags = new KindFlags();
        var buy = new Option<bool>("--buy") { Description = "the buy order of version 2, for \"iexec order fill <id>\"" };
        var sell = new Option<bool>("--sell") { Description = "the sell order of version 2, which is the workerpoolorder today" };
        var command = new Command("init", "write fresh orders into iexec.json") { buy, sell };
        flags.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var named = flags.Of(context, noneIsAll: true);
            var isAll = named.Count == JsonNames.AllOrders.Count;
            if ((context.Get(buy) || context.Get(sell)) && (!isAll || (context.Get(buy) && context.Get(sell))))
            {
                throw new IexecException(ErrorCode.ValidationError, "--buy and --sell stand alone", "Write them one after the other.");
            }

            var chain = context.Chain();
            if (context.Get(buy))
            {
                var fields = new JsonObject { ["buy"] = BuyDraft.Init(context.Project, chain.Id) };
                context.Succeed(fields, "Saved default buy order in \"iexec.json\", you can edit it:", fields);
                return;
            }

            var wallet = context.FindWalletAddress() ?? Address.Zero;
            await EachKind.RunAsync(
                context,
                context.Get(sell) ? [OrderKind.Workerpool] : named,
                kind => Task.FromResult(OrderDrafts.Init(context.Project, kind, chain.Id, wallet)),
                (kind, _) => $"Saved default {kind.JsonName()} in \"iexec.json\", you can edit it:",
                details: static order => order);
        });
    }
}
