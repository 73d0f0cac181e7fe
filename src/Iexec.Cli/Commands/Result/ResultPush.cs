using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Results;
using Iexec.Sdk.Secrets;

namespace Iexec.Cli.Commands.Result;

internal static class ResultPush
{
    public static Command Create(CommandFrame frame, string name, params string[] formerNames)
    {
        var path = new Option<string?>("--secret-path") { Description = "file of the public key, else that of the wallet in .secrets/beneficiary", HelpName = "file" };
        var force = new Option<bool>("--force-update") { Description = "replace a key that is there" };
        var command = ResultGroup.Named(name, "give the secret service the public key for your results", formerNames);
        command.Add(path);
        command.Add(force);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, context => RunAsync(context, context.Get(path), context.Get(force)));
    }

    public static async Task RunAsync(CommandContext context, string? path, bool force)
    {
        var wallet = context.SelectWallet().Address;
        var keys = new ResultKeyPair(ResultKeyPair.FolderOf(context.Project, context.Time, null));
        var value = keys.ReadPublic(path is null ? ResultKeyPair.PublicName(wallet) : Path.GetFullPath(path, context.Project.Path));
        var sms = context.Sms(context.Chain());
        var outcome = await new SecretWriter(sms, await context.UnlockAsync(), context.Cancellation).SetAsync(WalletSecretNames.ResultEncryptionKey, value, force);
        context.Succeed(
            new JsonObject { ["isPushed"] = outcome.IsPushed, ["isUpdated"] = outcome.IsUpdated },
            $"Encryption key of {wallet} successfully {(outcome.IsUpdated ? "updated" : "pushed")}");
    }
}
