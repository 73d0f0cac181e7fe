using System.CommandLine;
using System.Security.Cryptography;
using Iexec.Cli.Commands.Result;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Results;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Tasks;

/// <summary>The options of <c>task show</c> for a result that is encrypted for its beneficiary.</summary>
internal sealed class TaskDecryption
{
    private readonly Option<bool> _decrypt = new("--decrypt") { Description = "decrypt the downloaded result" };
    private readonly Option<string?> _keystore = ResultGroup.Keystore();
    private readonly Option<string?> _keyFile = new("--beneficiary-key-file") { Description = "name of the private key's file, else that of the wallet", HelpName = "name" };

    public void AddTo(Command command)
    {
        command.Add(_decrypt);
        command.Add(_keystore);
        command.Add(_keyFile);
    }

    public bool IsAsked(CommandContext context) => context.Get(_decrypt);

    /// <summary>The beneficiary's key; null when nothing is to be decrypted.</summary>
    public RSA? OpenKey(CommandContext context) => IsAsked(context)
        ? new ResultKeyPair(ResultKeyPair.FolderOf(context.Project, context.Time, context.Get(_keystore)))
            .OpenPrivate(context.Get(_keyFile) ?? ResultKeyPair.PrivateName(context.SelectWallet().Address))
        : null;

    /// <summary>Downloads, and decrypts with the key if there is one. The encrypted file is not kept.</summary>
    public static async Task SaveAsync(CommandContext context, ChainConnection chain, TaskView view, string path, RSA? key)
    {
        if (key is null)
        {
            await DownloadAsync(context, chain, view, path);
            return;
        }

        var encrypted = $"{path}.encrypted";
        try
        {
            await DownloadAsync(context, chain, view, encrypted);
            await ResultDecryption.RunAsync(encrypted, path, key, context.Cancellation);
        }
        finally
        {
            File.Delete(encrypted);
        }
    }

    /// <summary>The archive, with a bar where somebody looks.</summary>
    public static async Task DownloadAsync(CommandContext context, ChainConnection chain, TaskView view, string path)
    {
        ProgressBar? bar = null;
        try
        {
            await ResultDownload.SaveAsync(chain, view, path, context.Cancellation, length => bar = new ProgressBar(context, "download", length));
        }
        finally
        {
            bar?.Dispose();
        }
    }
}
