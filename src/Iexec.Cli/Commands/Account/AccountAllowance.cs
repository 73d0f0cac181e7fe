using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Sdk.Accounts;

namespace Iexec.Cli.Commands.Account;

internal static class AccountAllowance
{
    public static Command Create(CommandFrame frame)
    {
        var spender = new Argument<string>("spender") { Description = "who may use it" };
        var user = new Option<string?>("--user") { Description = "another account than the wallet's", HelpName = "address" };
        return frame.Bind(
            new Command("allowance", "show what somebody may use of an account") { spender, user },
            OptionBlocks.Wallet | OptionBlocks.Chain,
            async context =>
            {
                var to = Address.Parse(context.Get(spender)!);
                var owner = context.Get(user) is { } text ? Address.Parse(text) : context.SelectWallet().Address;
                var amount = await Allowances.GetAsync(await context.ConnectAsync(), owner, to, context.Cancellation);
                context.Succeed(new JsonObject { ["amount"] = amount.ToString() }, $"{to} may use {AmountText.Rlc(amount)} of the account of {owner}");
            });
    }
}
