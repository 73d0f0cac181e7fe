using System.IO.Compression;

namespace Iexec.Worker.Results;

/// <summary>The result as it is uploaded: a zip of the output folder, streamed, the same bytes for the same files.</summary>
internal static class ResultZip
{
    // The earliest date the format knows; the time of a run is nobody's result.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive; answers its length in bytes.</summary>
    public static async Task<long> WriteAsync(OutputTree tree, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in tree.Files)
            {
                var target = zip.CreateEntry(entry.Path, CompressionLevel.Optimal);
                target.LastWriteTime = Epoch;
                target.ExternalAttributes = 0b110_100_100 << 16;
                await using var content = tree.Open(entry);
                await using var stream = await target.OpenAsync(cancellationToken);
                await content.CopyToAsync(stream, cancellationToken);
            }

            // A folder without files has a digest too, and an archive knows it only if it is named.
            foreach (var folder in tree.Folders.Where(folder => !tree.Files.Any(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal))))
            {
                var target = zip.CreateEntry(folder + "/");
                target.LastWriteTime = Epoch;
                target.ExternalAttributes = (0b111_101_101 << 16) | 0x10;
            }
        }

        return file.Length;
    }
}
