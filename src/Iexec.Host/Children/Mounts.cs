using System.Runtime.InteropServices;

namespace Iexec.Host.Children;

/// <summary>Mounts of this machine (Linux).</summary>
internal static class Mounts
{
    private const int Detach = 2;

    /// <summary>Detaches every mount in a folder, deepest first; what is still in use goes when its last user does.</summary>
    public static void DetachBelow(string folder)
    {
        var prefix = Path.TrimEndingDirectorySeparator(folder) + "/";

        // proc(5): the fifth field of a line is the mount point, with blanks as \040.
        var points = File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' ')[4].Replace("\\040", " ", StringComparison.Ordinal))
            .Where(point => point.StartsWith(prefix, StringComparison.Ordinal))
            .OrderByDescending(point => point.Length)
            .ToList();
        foreach (var point in points)
        {
            _ = Unmount(point, Detach);
        }
    }

    [DllImport("libc", EntryPoint = "umount2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unmount([MarshalAs(UnmanagedType.LPUTF8Str)] string target, int flags);
}
