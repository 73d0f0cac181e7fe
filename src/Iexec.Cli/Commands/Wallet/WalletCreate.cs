using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum.Crypto;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletCreate
{
    public static Command Create(CommandFrame frame) => frame.Bind(
        new Command("create", "make a new encrypted wallet"),
        OptionBlocks.WalletCreation | OptionBlocks.Force,
        async context =>
        {
            using var key = PrivateKey.Generate(context.Entropy);
            await WalletSaving.SaveAsync(context, key, "Created");
        });
}
