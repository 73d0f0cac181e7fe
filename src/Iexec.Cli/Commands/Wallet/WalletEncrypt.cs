using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletEncrypt
{
    public static Command Create(CommandFrame frame) => frame.Bind(
        new Command("encrypt", "turn ./wallet.json into ./encrypted-wallet.json"),
        OptionBlocks.WalletFile,
        async context =>
        {
            var conversion = new WalletConversion(context.Project, context.Entropy);
            _ = conversion.OpenInClear();
            var saved = conversion.Encrypt(await context.NewPasswordAsync());
            var fields = new JsonObject { ["wallet"] = saved.Content, ["fileName"] = saved.FileName, ["address"] = saved.Address.ToString() };
            context.Succeed(fields, $"Wallet {saved.Address} is now in \"{saved.FileName}\"; \"wallet.json\" was removed");
        });
}
