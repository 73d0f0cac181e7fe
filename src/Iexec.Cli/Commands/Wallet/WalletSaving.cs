using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands.Wallet;

/// <summary>What creating and importing have in common.</summary>
internal static class WalletSaving
{
    public static async Task SaveAsync(CommandContext context, PrivateKey key, string verb)
    {
        var saved = await SaveAsync(context, key);
        var fields = new JsonObject { ["wallet"] = saved.Content, ["fileName"] = saved.FileName, ["address"] = saved.Address.ToString() };
        context.Succeed(fields, output =>
        {
            context.Tick(output, $"{verb} wallet {saved.Address} in file \"{saved.FileName}\"");
            output.WriteLine(context.Unencrypted
                ? "  It is not encrypted: anyone who reads the file owns the wallet."
                : "  Keep a copy of the file and remember the password: there is no way to recover it.");
        });
    }

    /// <summary>Encrypted with a password that is given or asked for, or in clear when the user wants that.</summary>
    public static async Task<SavedWallet> SaveAsync(CommandContext context, PrivateKey key)
    {
        if (!context.Unencrypted)
        {
            var password = await context.NewPasswordAsync();
            return context.Wallets.SaveEncrypted(key, password);
        }

        if (File.Exists(context.Project["wallet.json"]))
        {
            await context.ConfirmAsync("\"wallet.json\" already exists. Put it aside as a backup and write a new one?");
        }

        return context.Wallets.SaveInClear(key, replace: true);
    }
}
