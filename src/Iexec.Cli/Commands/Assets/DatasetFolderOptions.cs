using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Sdk.Datasets;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Where datasets and their keys are, if not in the usual folders.</summary>
internal sealed class DatasetFolderOptions
{
    private readonly Option<string?> _keys = Folder("--dataset-keystoredir", "folder of the keys, else .secrets/datasets");
    private readonly Option<string?> _original = Folder("--original-dataset-dir", "folder of the files to encrypt, else datasets/original");
    private readonly Option<string?> _encrypted = Folder("--encrypted-dataset-dir", "folder of the encrypted files, else datasets/encrypted");

    public void AddTo(Command command)
    {
        command.Add(_keys);
        command.Add(_original);
        command.Add(_encrypted);
    }

    public DatasetFolders Read(CommandContext context) =>
        DatasetFolders.Of(context.Project, context.Time, context.Get(_original), context.Get(_encrypted), context.Get(_keys));

    private static Option<string?> Folder(string name, string description) => new(name) { Description = description, HelpName = "path" };
}
