using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;

namespace Iexec.Cli.Commands.Result;

internal static class ResultDecrypt
{
    private const string Source = "encryptedResults.zip";
    private const string Target = "results.zip";

    public static Command Create(CommandFrame frame, string name)
    {
        var source = new Argument<string?>("encryptedResultsPath") { Description = $"the downloaded result, else ./{Source}", Arity = ArgumentArity.ZeroOrOne };
        var keystore = ResultGroup.Keystore();
        var keyFile = new Option<string?>("--beneficiary-key-file") { Description = "name of the private key's file, else that of the wallet", HelpName = "name" };
        var output = new Option<string?>("--output") { Description = $"the decrypted result, else ./{Target}", HelpName = "file" };
        return frame.Bind(
            new Command(name, "decrypt a result with the beneficiary's key") { source, keystore, keyFile, output },
            OptionBlocks.Wallet | OptionBlocks.Force,
            async context =>
            {
                var folder = ResultKeyPair.FolderOf(context.Project, context.Time, context.Get(keystore));
                var target = Path.GetFullPath(context.Get(output) ?? Target, context.Project.Path);
                if (File.Exists(target) && !context.Force)
                {
                    throw new IexecException(ErrorCode.ConfigurationError, $"\"{Path.GetFileName(target)}\" already exists", "Use --force to replace it, or --output for another file.");
                }

                using var key = new ResultKeyPair(folder).OpenPrivate(context.Get(keyFile) ?? ResultKeyPair.PrivateName(context.SelectWallet().Address));
                await ResultDecryption.RunAsync(Path.GetFullPath(context.Get(source) ?? Source, context.Project.Path), target, key, context.Cancellation);
                context.Succeed(new JsonObject { ["resultsPath"] = target }, $"Results successfully decrypted in \"{target}\"");
            });
    }
}
