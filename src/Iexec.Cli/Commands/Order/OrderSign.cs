using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderSign
{
    public static Option<bool> SkipPreflight()
    {
        var option = new Option<bool>("--skip-preflight-check") { Description = "do not check what is known to fail later" };

        // Its name before version 8.
        option.Aliases.Add("--skip-request-check");
        return option;
    }

    /// <summary>All that is checked before an order is signed or published.</summary>
    public static OrderPreflight Preflight(CommandContext context, ChainConnection chain) => new(
        chain, new TrustCheck(chain.Workerpools, context.Warn), new SecretPreflight(() => context.Sms(chain.Settings), context.Cancellation));

    public static Command Create(CommandFrame frame)
    {
        var flags = new KindFlags();
        var skip = SkipPreflight();
        var command = new Command("sign", "sign the orders of iexec.json into orders.json") { skip };
        flags.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Force, async context =>
        {
            var kinds = flags.Of(context, noneIsAll: true);
            var chain = await context.ConnectAsync();
            var preflight = context.Get(skip) ? null : Preflight(context, chain);
            var sign = new SignOrder(context.Project, chain, await context.UnlockAsync(), context.Entropy, preflight, context.Cancellation);
            await EachKind.RunAsync(
                context, kinds, kind => sign.RunAsync(kind), (kind, _) => $"{kind.JsonName()} signed and saved in \"orders.json\", you can share it or publish it: iexec order publish --{kind.OptionName()}");
        });
    }
}
