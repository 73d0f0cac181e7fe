using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;

namespace Iexec.Cli.Commands.Account;

internal static class AccountShow
{
    public static Command Create(CommandFrame frame)
    {
        var address = new Argument<string?>("address") { Description = "another account than the wallet's", Arity = ArgumentArity.ZeroOrOne };
        return frame.Bind(
            new Command("show", "show the free and the locked stake of an account") { address },
            OptionBlocks.Wallet | OptionBlocks.Chain,
            async context =>
            {
                var owner = context.Get(address) is { } text ? Address.Parse(text) : context.SelectWallet().Address;
                var chain = await context.ConnectAsync();
                var account = await chain.ReadAsync(hub => hub.GetAccountAsync(owner, context.Cancellation));
                var balance = new JsonObject { ["stake"] = account.Stake.ToString(), ["locked"] = account.Locked.ToString() };
                context.Succeed(new JsonObject { ["balance"] = balance }, output =>
                {
                    output.WriteLine($"Account of {owner} on chain {chain.Settings.Name} [{chain.ChainId}]:");
                    context.Show(output, new JsonObject { ["stake"] = AmountText.Rlc(account.Stake), ["locked"] = AmountText.Rlc(account.Locked) });
                });
            });
    }
}
