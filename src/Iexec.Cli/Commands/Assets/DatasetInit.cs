using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Poco.Registries;

namespace Iexec.Cli.Commands.Assets;

/// <summary>As for every asset; for a dataset that is to be encrypted, its folders too.</summary>
internal static class DatasetInit
{
    public static Command Create(CommandFrame frame)
    {
        var encrypted = new Option<bool>("--encrypted") { Description = "make the folders for encryption, too" };
        encrypted.Aliases.Add("--tee");
        var folders = new DatasetFolderOptions();
        var command = new Command("init", "write a fresh \"dataset\" into iexec.json") { encrypted };
        folders.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet, context =>
        {
            AssetInit.Run(context, AssetKind.Dataset, () =>
            {
                if (context.Get(encrypted))
                {
                    folders.Read(context).Create();
                    context.Note("Put the files to encrypt into datasets/original, then run: iexec dataset encrypt");
                }
            });
            return Task.CompletedTask;
        });
    }
}
