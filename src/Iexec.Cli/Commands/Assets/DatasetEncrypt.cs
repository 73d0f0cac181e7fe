using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Sdk.Datasets;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Encrypts every file of a folder. A file that fails does not keep the others from it; the exit code tells.</summary>
internal static class DatasetEncrypt
{
    public static Command Create(CommandFrame frame, string name)
    {
        var folderOptions = new DatasetFolderOptions();
        // The first TEE releases had two; the other one belonged to a framework that is gone.
        var algorithm = new Option<string>("--algorithm") { Description = "aes-256-cbc", DefaultValueFactory = _ => "aes-256-cbc", Hidden = true };
        algorithm.AcceptOnlyFromAmong("aes-256-cbc");
        var command = new Command(name, "encrypt the files of datasets/original, each with a key of its own") { algorithm };
        folderOptions.AddTo(command);
        return frame.Bind(command, OptionBlocks.Force, async context =>
        {
            var folders = folderOptions.Read(context);
            var encryption = new DatasetEncryption(folders, context.Entropy);
            var done = new List<EncryptedDataset>();
            var failures = encryption.FindFiles() is var files ? encryption.FindFolders().Select(folder => $"Datasets must be single file, skipping {folder}").ToList() : [];
            foreach (var file in files)
            {
                try
                {
                    using var progress = new ProgressBar(context, Path.GetFileName(file), new FileInfo(file).Length);
                    done.Add(await encryption.EncryptAsync(file, context.Force, progress, context.Cancellation));
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    var error = ExitCodes.ToIexecException(failure);
                    failures.Add(RemedyText.InOneLine(error));
                }
            }

            Tell(context, folders, done, failures);
        });
    }

    private static void Tell(CommandContext context, DatasetFolders folders, List<EncryptedDataset> done, List<string> failures)
    {
        var fields = new JsonObject
        {
            ["encryptedDatasetFolderPath"] = folders.Encrypted,
            ["secretPath"] = folders.Keys.Path,
            ["encryptedFiles"] = new JsonArray([.. done.Select(dataset => (JsonNode)new JsonObject
            {
                // Paths, and of the key, too: what a command prints ends in logs.
                ["original"] = dataset.Original,
                ["encrypted"] = dataset.Encrypted,
                ["key"] = dataset.KeyFile,
                ["checksum"] = dataset.Checksum.ToString(),
            })]),
        };
        context.Report(fields, failures, output =>
        {
            if (done.Count == 0)
            {
                return;
            }

            context.Tick(output, $"Encrypted {done.Count} file{(done.Count == 1 ? "" : "s")} into \"{folders.Encrypted}\"");
            output.WriteLine($"  The keys are in \"{folders.Keys.Path}\": keep a copy, there is no way to recover them.");
            context.ShowTable(
                output, ["file", "checksum (for iexec.json)"],
                done.Select(dataset => (IReadOnlyList<string>)[Path.GetFileName(dataset.Encrypted), dataset.Checksum.ToString()]));
            output.WriteLine("  Next: upload the file (iexec storage put), deploy it (iexec dataset deploy), push its key (iexec dataset push-secret).");
        });
    }
}
