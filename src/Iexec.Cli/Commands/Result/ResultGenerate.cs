using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;

namespace Iexec.Cli.Commands.Result;

internal static class ResultGenerate
{
    public static Command Create(CommandFrame frame, string name, params string[] formerNames)
    {
        var keystore = ResultGroup.Keystore();
        var command = ResultGroup.Named(name, "make the keys for encrypted results of the wallet", formerNames);
        command.Add(keystore);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Force, context =>
        {
            var beneficiary = context.SelectWallet().Address;
            var folder = ResultKeyPair.FolderOf(context.Project, context.Time, context.Get(keystore));
            var keys = new ResultKeyPair(folder);
            if (keys.Exists(beneficiary) && !context.Force)
            {
                throw new IexecException(
                    ErrorCode.ConfigurationError, $"There are keys of {beneficiary} already", "Use --force to put them aside and make new ones; older results need the former.");
            }

            keys.Generate(beneficiary);
            var fields = new JsonObject
            {
                ["secretPath"] = folder.Path, ["privateKeyFile"] = ResultKeyPair.PrivateName(beneficiary), ["publicKeyFile"] = ResultKeyPair.PublicName(beneficiary),
            };
            context.Succeed(fields, output =>
            {
                context.Tick(output, $"Encryption keys of {beneficiary} are in \"{folder.Path}\"");
                output.WriteLine($"  Keep a copy of \"{ResultKeyPair.PrivateName(beneficiary)}\": without it the results cannot be read.");
                output.WriteLine("  Next: iexec result push-encryption-key");
            });
            return Task.CompletedTask;
        });
    }
}
