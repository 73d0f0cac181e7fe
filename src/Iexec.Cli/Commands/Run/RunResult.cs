using System.IO.Compression;
using Iexec.Cli.Frame;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Results;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Run;

/// <summary>What a run leaves on the disk: <c>results/&lt;taskid&gt;.zip</c> and its files beside it.</summary>
internal sealed class RunResult(CommandContext context, ChainConnection chain, RunProgress progress)
{
    private const long LargestUnpackedBytes = 1L << 30;

    /// <summary>Downloads unless the right archive is there, and unpacks it.</summary>
    public async Task<(string Archive, string? Folder)> FetchAsync(TaskView view)
    {
        var archive = context.Project[Path.Combine("results", $"{view.Task.Id}.zip")];
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        var isThere = IsRight(archive, view);
        if (!isThere)
        {
            await Tasks.TaskDecryption.DownloadAsync(context, chain, view, archive);
        }

        progress.Tell("result", archive, isThere);
        return (archive, Unpack(archive));
    }

    private static bool IsRight(string archive, TaskView view)
    {
        if (!File.Exists(archive))
        {
            return false;
        }

        try
        {
            using var content = File.OpenRead(archive);
            return ResultArchive.ComputeDigest(content, wantsCallback: false, LargestUnpackedBytes) == view.Task.ResultDigest;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or ResultException)
        {
            return false;
        }
    }

    // Names that lead out of the folder are refused by the extraction; what is too large stays packed.
    private string? Unpack(string archive)
    {
        var folder = Path.ChangeExtension(archive, null);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        var partial = folder + ".part";
        try
        {
            using var zip = ZipFile.OpenRead(archive);
            if (zip.Entries.Sum(entry => entry.Length) > LargestUnpackedBytes)
            {
                context.Note("The result is large and stays packed");
                return null;
            }

            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }

            zip.ExtractToDirectory(partial);
            Directory.Move(partial, folder);
            return folder;
        }
        catch (Exception refused) when (refused is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            context.Warn($"The result stays packed: {refused.Message}");
            return null;
        }
    }
}
