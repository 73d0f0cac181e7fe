using System.IO.Enumeration;

namespace Iexec.Worker.Containers;

/// <summary>
/// How much lies in an output folder, against its limits. A watcher, because it is the one means that works under every engine, file
/// system and user: loop or size-limited mounts need root and vanish with the container, project quotas need XFS. What it may overshoot
/// is bounded: no single file can grow beyond the limit (<c>RLIMIT_FSIZE</c>), and the folder is looked at four times a second.
/// </summary>
public static class OutputQuota
{
    // Deeper trees cannot be written into an archive that every system can read, and cost more to walk than they can be worth.
    private const int MaxDepth = 32;

    /// <summary>
    /// Walks the folder without following links and stops at the first limit exceeded. Null when all is within bounds,
    /// else a sentence that says which limit it was.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="maxBytes">Sum of the sizes of all files; sparse files count as if they were full.</param>
    /// <param name="maxEntries">Number of files and folders.</param>
    public static string? Exceeded(string folder, long maxBytes, int maxEntries)
    {
        long bytes = 0;
        var entries = 0;
        var tooDeep = false;
        var rootDepth = Depth(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var walk = new FileSystemEnumerable<long>(folder, (ref entry) => entry.IsDirectory ? 0 : entry.Length, Options)
        {
            ShouldRecursePredicate = (ref entry) =>
            {
                if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
                {
                    return false;
                }

                tooDeep |= Depth(entry.Directory) - rootDepth >= MaxDepth;
                return !tooDeep;
            },
        };

        try
        {
            foreach (var length in walk)
            {
                bytes += length;
                entries++;
                if (bytes > maxBytes)
                {
                    return $"The program wrote more than {maxBytes:N0} bytes into /iexec_out.";
                }

                if (entries > maxEntries)
                {
                    return $"The program wrote more than {maxEntries:N0} files into /iexec_out.";
                }
            }
        }
        catch (PathTooLongException)
        {
            tooDeep = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The program is still at work: what was listed may be gone when it is opened. The next look will see the rest.
        }

        return tooDeep ? $"The program nested folders more than {MaxDepth} deep in /iexec_out." : null;
    }

    private static EnumerationOptions Options => new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = 0,
    };

    private static int Depth(ReadOnlySpan<char> path) => path.Count(Path.DirectorySeparatorChar);
}
