using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands.Wallet;

/// <summary>Sends money to another wallet. It cannot be called back, so it asks first.</summary>
internal static class WalletSend
{
    public static Command CreateEther(CommandFrame frame)
    {
        var command = Create(
            frame, "send-ether", "send the chain's coin to another wallet", "<number> [unit], ether if no unit is given (wei … ether)",
            AmountInput.Ether, AmountText.Ether, WalletTransfers.PlanEtherAsync);
        command.Aliases.Add("sendETH");
        return command;
    }

    public static Command CreateRlc(CommandFrame frame, string name, string defaultUnit) => Create(
        frame, name, $"send RLC to another wallet, amounts in {defaultUnit}", $"<number> [nRLC|RLC], {defaultUnit} if no unit is given",
        words => AmountInput.Rlc(words, defaultUnit), AmountText.Rlc, WalletTransfers.PlanRlcAsync);

    private static Command Create(
        CommandFrame frame,
        string name,
        string description,
        string amountHelp,
        Func<string, UInt256> parse,
        Func<UInt256, string> inWords,
        Func<ChainConnection, Address, Address, UInt256, CancellationToken, Task<PlannedTransaction>> plan)
    {
        var amount = new Argument<string[]>("amount") { Description = amountHelp, Arity = new ArgumentArity(1, 2) };
        var to = ReceiverOption.Create();
        return frame.Bind(
            new Command(name, description) { amount, to },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun,
            async context =>
            {
                var units = parse(string.Join(' ', context.Get(amount)!));
                var receiver = Address.Parse(context.Get(to)!);
                var wallet = context.SelectWallet().Address;
                var chain = await context.ConnectAsync();
                var planned = await plan(chain, wallet, receiver, units, context.Cancellation);
                await context.TransactAsync(chain, planned, $"Send {inWords(units)} from {wallet} to {receiver} on {chain.Settings.Name}?", receipt =>
                {
                    var fields = new JsonObject
                    {
                        ["amount"] = units.ToString(), ["from"] = wallet.ToString(), ["to"] = receiver.ToString(), ["txHash"] = receipt.TransactionHash.ToString(),
                    };
                    context.Succeed(fields, $"Sent {inWords(units)} to {receiver}");
                });
            });
    }
}
