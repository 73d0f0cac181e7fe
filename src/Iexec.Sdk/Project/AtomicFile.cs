namespace Iexec.Sdk.Project;

/// <summary>Replaces a file as a whole: a reader, or a crash, sees the old content or the new one and never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Readable and writable by its owner alone: keys, keystores.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Ordinary = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>
    /// Writes beside the target, flushes to the disk, renames. A link is followed, an existing file keeps its mode unless
    /// <paramref name="mode"/> is given; <paramref name="overwrite"/> false throws <see cref="IOException"/> when the file is there.
    /// </summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null, bool overwrite = true)
    {
        var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode ?? (File.Exists(target) ? File.GetUnixFileMode(target) : Ordinary);
        }

        File.Delete(temporary); // left by a crashed process that had our id

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
