using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Commands.Result;
using Iexec.Cli.Frame;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;

namespace Iexec.Cli.Commands.Former;

/// <summary>Decrypts the archives of <c>tee/encryptedOutputs</c> into <c>tee/outputs</c>.</summary>
internal static class TeeDecrypt
{
    public static Command Create(CommandFrame frame)
    {
        var keystore = ResultGroup.Keystore();
        return frame.Bind(new Command("decrypt", "decrypt the results in tee/encryptedOutputs into tee/outputs") { keystore }, OptionBlocks.Wallet, async context =>
        {
            var folders = new TeeFolders(context.Project, context.Time);
            var archives = Directory.Exists(folders.EncryptedOutputs) ? Directory.GetFiles(folders.EncryptedOutputs, "*.zip") : [];
            if (archives.Length == 0)
            {
                throw new IexecException(ErrorCode.ConfigurationError, "There is no result in tee/encryptedOutputs", "Move the downloaded zip there.");
            }

            using var key = new ResultKeyPair(ResultKeyPair.FolderOf(context.Project, context.Time, context.Get(keystore)))
                .OpenPrivate(ResultKeyPair.PrivateName(context.SelectWallet().Address));
            folders.Create();
            var outputs = new JsonArray();
            foreach (var archive in archives.Order(StringComparer.Ordinal))
            {
                var target = Path.Combine(folders.Outputs, Path.GetFileName(archive));
                await ResultDecryption.RunAsync(archive, target, key, context.Cancellation);
                outputs.Add((JsonNode?)target);
            }

            context.Succeed(new JsonObject { ["outputs"] = outputs }, $"data decrypted in folder {folders.Outputs}");
        });
    }
}
