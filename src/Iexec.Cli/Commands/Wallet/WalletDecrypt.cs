using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletDecrypt
{
    public static Command Create(CommandFrame frame) => frame.Bind(
        new Command("decrypt", "write the wallet of ./encrypted-wallet.json in clear to ./wallet.json (unsafe)"),
        OptionBlocks.WalletFile,
        async context =>
        {
            var conversion = new WalletConversion(context.Project, context.Entropy);
            var saved = conversion.Decrypt(await context.PasswordAsync(conversion.OpenEncrypted()));
            var fields = new JsonObject { ["wallet"] = saved.Content, ["fileName"] = saved.FileName, ["address"] = saved.Address.ToString() };
            context.Succeed(fields, output =>
            {
                context.Tick(output, $"Wallet {saved.Address} is now in \"{saved.FileName}\"");
                output.WriteLine("  It is not encrypted: anyone who reads the file owns the wallet.");
            });
        });
}
