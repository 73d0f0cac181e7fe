using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Sdk.Results;

namespace Iexec.Worker.Results;

/// <summary>The regular files of an output folder. Links, pipes, sockets and devices are named, never opened.</summary>
internal sealed class OutputTree : IResultFiles
{
    private OutputTree(string root, IReadOnlyList<OutputFile> files, IReadOnlyList<string> folders, IReadOnlyList<string> skipped) =>
        (Root, Files, Folders, Skipped) = (root, files, folders, skipped);

    /// <summary>The folder on this machine.</summary>
    public string Root { get; }

    /// <summary>Regular files by relative path with <c>/</c>, in ordinal order.</summary>
    public IReadOnlyList<OutputFile> Files { get; }

    /// <summary>Folders below the output by relative path, in ordinal order. A folder behind a link is none.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Relative paths of what is neither file nor folder, or has a name that cannot travel.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Lists a folder. Nobody may write into it meanwhile: the container has ended.</summary>
    /// <exception cref="ResultException"><see cref="ResultFault.TooLarge"/>.</exception>
    public static OutputTree Read(string root, ResultLimits limits)
    {
        var files = new List<OutputFile>();
        var known = new List<string>();
        var skipped = new List<string>();
        var folders = new Stack<string>([root]);
        long bytes = 0;
        var entries = 0;
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
            {
                if (++entries > limits.MaxEntries)
                {
                    throw new ResultException(ResultFault.TooLarge, $"The result has more than {limits.MaxEntries:N0} files.");
                }

                var relative = Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if ((entry.Attributes & FileAttributes.ReparsePoint) != 0 || entry.LinkTarget is not null || !IsPortable(entry.Name))
                {
                    skipped.Add(relative);
                }
                else if (entry is DirectoryInfo)
                {
                    folders.Push(entry.FullName);
                    known.Add(relative);
                }
                else if (LengthOf(entry.FullName) is { } length)
                {
                    bytes += length;
                    files.Add(new OutputFile(relative, length));
                }
                else
                {
                    skipped.Add(relative);
                }

                if (bytes > limits.MaxBytes)
                {
                    throw new ResultException(ResultFault.TooLarge, $"The result is larger than {limits.MaxBytes:N0} bytes.");
                }
            }
        }

        files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        known.Sort(StringComparer.Ordinal);
        skipped.Sort(StringComparer.Ordinal);
        return new OutputTree(root, files, known, skipped);
    }

    /// <summary>Opens one of <see cref="Files"/>.</summary>
    public FileStream Open(OutputFile file) => NoFollow.OpenRegular(Path.Combine(Root, file.Path))
        ?? throw new ResultException(ResultFault.BadOutputPath, $"/iexec_out/{file.Path} is not a file any more.");

    /// <summary>A regular file by its relative path; null when there is none.</summary>
    public OutputFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    IEnumerable<string> IResultFiles.Paths => Files.Select(static file => file.Path);

    bool IResultFiles.HasFolder(string path) => Folders.Contains(path, StringComparer.Ordinal);

    Bytes32 IResultFiles.Sha256(string path)
    {
        using var content = Open(Find(path)!);
        return new Bytes32(SHA256.HashData(content));
    }

    /// <summary>A backslash is a folder's end to whoever unpacks the archive on Windows; control characters are nobody's file name.</summary>
    private static bool IsPortable(string name) => !name.Any(c => c == '\\' || char.IsControl(c));

    private static long? LengthOf(string path)
    {
        using var stream = NoFollow.OpenRegular(path);
        return stream?.Length;
    }
}

/// <summary>A regular file of an output.</summary>
/// <param name="Path">Relative to <c>/iexec_out</c>, with <c>/</c>.</param>
/// <param name="LengthBytes">Its length.</param>
internal sealed record OutputFile(string Path, long LengthBytes);
