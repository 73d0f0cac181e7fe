using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;

namespace Iexec.Cli.Commands.Account;

/// <summary>Deposit and withdrawal differ in direction alone.</summary>
internal static class AccountMovement
{
    public static Command Create(
        CommandFrame frame,
        string name,
        string description,
        string sentence,
        Func<ChainConnection, Address, UInt256, CancellationToken, Task<PlannedTransaction>> plan)
    {
        var amount = new Argument<string[]>("amount") { Description = "<number> [nRLC|RLC], nRLC if no unit is given", Arity = new ArgumentArity(1, 2) };
        return frame.Bind(
            new Command(name, description) { amount },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var nrlc = AmountInput.Rlc(string.Join(' ', context.Get(amount)!));
                var chain = await context.ConnectAsync();
                var planned = await plan(chain, context.SelectWallet().Address, nrlc, context.Cancellation);
                await context.TransactAsync(chain, planned, null, receipt => context.Succeed(
                    new JsonObject { ["amount"] = nrlc.ToString(), ["txHash"] = receipt.TransactionHash.ToString() },
                    string.Format(CultureInfo.InvariantCulture, sentence, AmountText.Rlc(nrlc))));
            });
    }
}
