using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Accounts;

namespace Iexec.Cli.Commands.Account;

internal static class AccountRevoke
{
    public static Command Create(CommandFrame frame)
    {
        var spender = new Argument<string>("spender") { Description = "who may use nothing any more" };
        return frame.Bind(
            new Command("revoke", "take back an allowance") { spender },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var to = Address.Parse(context.Get(spender)!);
                var chain = await context.ConnectAsync();
                await context.TransactAsync(chain, Allowances.PlanRevoke(chain, to), null, receipt => context.Succeed(
                    new JsonObject { ["txHash"] = receipt.TransactionHash.ToString() }, $"{to} may use nothing of your account any more"));
            });
    }
}
