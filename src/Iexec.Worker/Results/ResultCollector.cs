using System.Text;
using Iexec.Ethereum;
using Iexec.Sdk.Results;
using Iexec.Worker.Containers;

namespace Iexec.Worker.Results;

/// <summary>A result ready to be contributed and uploaded.</summary>
/// <param name="Digest">What is contributed.</param>
/// <param name="CallbackData">Data for the requester's contract; empty when the deal has no callback.</param>
/// <param name="ArchivePath">The zip.</param>
/// <param name="ArchiveBytes">Its length.</param>
/// <param name="Note">A sentence for the requester about what was left out; null when nothing was.</param>
public sealed record CollectedResult(Bytes32 Digest, byte[] CallbackData, string ArchivePath, long ArchiveBytes, string? Note);

/// <summary>From an output folder to a result, after the container has ended.</summary>
public static class ResultCollector
{
    /// <summary>
    /// Adds the streams as <c>stdout.txt</c> and <c>stderr.txt</c> where they are not empty, reads <c>computed.json</c>, computes the digest,
    /// writes the archive.
    /// </summary>
    /// <param name="outputFolder">What was mounted as <c>/iexec_out</c>.</param>
    /// <param name="outcome">The run; its streams become files.</param>
    /// <param name="wantsCallback">The deal names a callback, so the digest is that of the callback data.</param>
    /// <param name="archivePath">The zip to write, outside the output folder.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ResultException">The output is not a result.</exception>
    public static async Task<CollectedResult> CollectAsync(
        string outputFolder, RunOutcome outcome, bool wantsCallback, string archivePath, ResultLimits limits, CancellationToken cancellationToken)
    {
        AddStream(outputFolder, "stdout.txt", outcome.Stdout);
        AddStream(outputFolder, "stderr.txt", outcome.Stderr);
        var tree = OutputTree.Read(outputFolder, limits);
        var computed = ComputedFile.Parse(ReadComputedFile(tree));
        var digest = computed.DigestOf(wantsCallback, tree);
        var length = await ResultZip.WriteAsync(tree, archivePath, cancellationToken);
        return new CollectedResult(digest, wantsCallback ? computed.CallbackData! : [], archivePath, length, NoteOf(tree));
    }

    private static byte[] ReadComputedFile(OutputTree tree)
    {
        var file = tree.Find(ComputedFile.Name) ?? throw new ResultException(ResultFault.NoComputedFile, "The application wrote no computed.json into /iexec_out.");
        if (file.LengthBytes > ComputedFile.MaxBytes)
        {
            throw new ResultException(ResultFault.BadComputedFile, $"computed.json is larger than {ComputedFile.MaxBytes:N0} bytes.");
        }

        using var stream = tree.Open(file);
        var content = new byte[file.LengthBytes];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Replaces whatever the application left under this name; a link is removed, never written through.</summary>
    private static void AddStream(string folder, string name, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        var path = Path.Combine(folder, name);
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(path);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string? NoteOf(OutputTree tree) => tree.Skipped.Count == 0
        ? null
        : $"Not in the result, since they are links, devices or unreadable names: {string.Join(", ", tree.Skipped.Take(5))}{(tree.Skipped.Count > 5 ? $" and {tree.Skipped.Count - 5} more" : "")}.";
}
