using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Commands.Wallet;
using Iexec.Cli.Frame;
using Iexec.Ethereum.Crypto;
using Iexec.Host.Network;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands;

/// <summary>Writes what is missing. A file that is there is kept unless the user agrees, and a wallet is made only where there is none.</summary>
internal static class InitCommand
{
    public static void Fill(Command command, CommandFrame frame)
    {
        var skipWallet = new Option<bool>("--skip-wallet") { Description = "make no wallet" };
        command.Add(skipWallet);
        frame.Bind(command, OptionBlocks.WalletCreation | OptionBlocks.Force, async context =>
        {
            var replaced = new[] { context.Project.Iexec, context.Project.Chain }.Where(file => file.Exists).Select(file => file.Name).ToArray();
            var keep = replaced.Length > 0 && !await AgreedAsync(context, replaced);
            var saved = context.Get(skipWallet) ? null : await WalletAsync(context);
            Write(context.Project.Iexec, ProjectTemplates.Iexec(), keep);
            var isKept = keep && context.Project.Chain.Exists;
            Write(context.Project.Chain, ProjectTemplates.Chain(), keep);
            if (!isKept && FindRunning(context) is { } network)
            {
                LocalNetwork.WriteChainEntry(context.Project.Chain.Path, network, forOlderClients: false);
                context.Note("The network that runs on this machine is in chain.json, as dev");
            }

            var fields = new JsonObject();
            if (saved is { } wallet)
            {
                fields["walletAddress"] = wallet.Address;
                fields["walletFile"] = wallet.FileName;
            }

            fields["configFile"] = context.Project.Iexec.Name;
            fields["chainConfigFile"] = context.Project.Chain.Name;
            context.Succeed(fields, "This folder is ready", fields);
        });
    }

    // One that is started later adds itself to the folder it is started in; this one has been.
    private static NetworkStatus? FindRunning(CommandContext context) => !Directory.Exists(context.StateFolder) ? null
        : Directory.EnumerateDirectories(context.StateFolder).Order(StringComparer.Ordinal).Select(NetworkStatus.FindRunning).FirstOrDefault(status => status is not null);

    private static async Task<bool> AgreedAsync(CommandContext context, string[] replaced)
    {
        if (!context.Force && (context.Raw || !context.Environment.IsInputTerminal))
        {
            context.Note($"Kept {string.Join(" and ", replaced)} (--force writes new ones)");
            return false;
        }

        await context.ConfirmAsync($"Replace {string.Join(" and ", replaced)}?");
        return true;
    }

    private static async Task<(string Address, string FileName)?> WalletAsync(CommandContext context)
    {
        if (context.Wallets.Find() is { } existing)
        {
            return (existing.Address.ToString(), existing.Name);
        }

        using var key = PrivateKey.Generate(context.Entropy);
        SavedWallet saved = await WalletSaving.SaveAsync(context, key);
        return (saved.Address.ToString(), saved.FileName);
    }

    private static void Write(JsonFile file, JsonObject template, bool keep)
    {
        if (!keep || !file.Exists)
        {
            file.Write(template);
        }
    }
}
