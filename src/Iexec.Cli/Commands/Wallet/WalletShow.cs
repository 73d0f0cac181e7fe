using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletShow
{
    public static Command Create(CommandFrame frame)
    {
        var address = new Argument<string?>("address") { Description = "another account than the wallet's", Arity = ArgumentArity.ZeroOrOne };
        var showKey = new Option<bool>("--show-private-key") { Description = "show the keys too" };
        return frame.Bind(
            new Command("show", "show a wallet's address and balances") { address, showKey },
            OptionBlocks.Wallet | OptionBlocks.Chain,
            async context =>
            {
                var other = context.Get(address) is { } text ? Address.Parse(text) : (Address?)null;
                var wallet = other is null ? await WalletAsync(context, context.Get(showKey)) : null;
                var chain = await context.ConnectAsync();
                var balances = await AccountActions.GetBalancesAsync(chain, other ?? Address.Parse((string)wallet!["address"]!), context.Cancellation);
                var fields = new JsonObject { ["balance"] = balances.ToJson() };
                if (wallet is not null)
                {
                    fields["wallet"] = wallet;
                }

                context.Succeed(fields, output =>
                {
                    if (wallet is not null)
                    {
                        output.WriteLine("Wallet:");
                        context.Show(output, wallet);
                    }

                    output.WriteLine($"Wallet {chain.Settings.Name} balances [{chain.ChainId}]:");
                    context.Show(output, new JsonObject { ["ether"] = WeiAmount.FormatEther(balances.Wei), ["RLC"] = AmountText.Rlc(balances.Nrlc) });
                });
            });
    }

    private static async Task<JsonObject> WalletAsync(CommandContext context, bool showKey) => showKey
        ? WalletFile.InClear(await context.UnlockAsync())
        : new JsonObject { ["address"] = context.SelectWallet().Address.ToString() };
}
