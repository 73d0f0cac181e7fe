using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Iexec.Worker.Results;

/// <summary>
/// Opens files that a stranger's program left, without being led elsewhere by a link and without hanging on a pipe. What is opened
/// is judged through the handle, so nothing can be exchanged between looking and opening.
/// </summary>
internal static class NoFollow
{
    private const int AtEmptyPath = 0x1000;
    private const uint TypeMask = 0x1;
    private const ushort FormatMask = 0xF000;
    private const ushort RegularFile = 0x8000;

    // O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC; the values of O_NOFOLLOW differ between architectures.
    private static readonly int Flags = OperatingSystem.IsMacOS()
        ? 0x100 | 0x4 | 0x1000000
        : (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Ppc64le ? 0x8000 : 0x20000) | 0x800 | 0x80000;

    /// <summary>Opens a regular file for reading; null when the path is anything else, or gone.</summary>
    public static FileStream? OpenRegular(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return (File.GetAttributes(path) & (FileAttributes.ReparsePoint | FileAttributes.Directory)) == 0 ? File.OpenRead(path) : null;
        }

        var descriptor = Open(path, Flags);
        if (descriptor < 0)
        {
            return null;
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (OperatingSystem.IsLinux() && !IsRegular(descriptor))
        {
            handle.Dispose();
            return null;
        }

        var stream = new FileStream(handle, FileAccess.Read);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    private static bool IsRegular(int descriptor) =>
        Statx(descriptor, "", AtEmptyPath, TypeMask, out var status) == 0 && (status.Mode & FormatMask) == RegularFile;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out StatxBuffer status);

    /// <summary>struct statx of Linux, the same on every architecture; only the mode is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
