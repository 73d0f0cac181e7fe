using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Sdk.Accounts;

namespace Iexec.Cli.Commands.Account;

internal static class AccountApprove
{
    public static Command Create(CommandFrame frame)
    {
        var amount = new Argument<string>("amount") { Description = "in place of what was allowed before" };
        var spender = new Argument<string>("spender") { Description = "who may use it" };
        var unit = new Argument<string?>("unit") { Description = "nRLC (default) or RLC", Arity = ArgumentArity.ZeroOrOne };
        return frame.Bind(
            new Command("approve", "allow somebody to use RLC of the account") { amount, spender, unit },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var nrlc = AmountInput.Rlc(context.Get(unit) is { } given ? $"{context.Get(amount)} {given}" : context.Get(amount)!);
                var to = Address.Parse(context.Get(spender)!);
                var chain = await context.ConnectAsync();
                await context.TransactAsync(chain, Allowances.PlanApprove(chain, to, nrlc), null, receipt => context.Succeed(
                    new JsonObject { ["txHash"] = receipt.TransactionHash.ToString() }, $"{to} may use {AmountText.Rlc(nrlc)} of your account"));
            });
    }
}
