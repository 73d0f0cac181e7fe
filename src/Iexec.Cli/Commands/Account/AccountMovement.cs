using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Escrow;
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
        Func<ChainConnection, TransactionSender, UInt256, CancellationToken, Task<TransactionReceipt>> move)
    {
        var amount = new Argument<string[]>("amount") { Description = "<number> [nRLC|RLC], nRLC if no unit is given", Arity = new ArgumentArity(1, 2) };
        return frame.Bind(
            new Command(name, description) { amount },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms,
            async context =>
            {
                var nrlc = RlcAmount.Parse(context.Get(amount)!);
                var chain = await context.ConnectAsync();
                var receipt = await move(chain, await context.SenderAsync(chain), nrlc, context.Cancellation);
                var words = string.Format(CultureInfo.InvariantCulture, sentence, nrlc, RlcAmount.FormatRlc(nrlc));
                context.Succeed(new JsonObject { ["amount"] = nrlc.ToString(), ["txHash"] = receipt.TransactionHash.ToString() }, words);
            });
    }
}
