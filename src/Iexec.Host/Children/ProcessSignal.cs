using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Iexec.Host.Children;

/// <summary>Signals, which .NET's <see cref="Process"/> does not send.</summary>
internal static class ProcessSignal
{
    private const int Sigkill = 9;
    private const int Sigterm = 15;

    /// <summary>Asks a process to end. On Windows, which has no such request for a process without a window, ends it.</summary>
    public static void Terminate(int pid)
    {
        if (OperatingSystem.IsWindows())
        {
            Kill(pid, group: true);
        }
        else
        {
            _ = kill(pid, Sigterm);
        }
    }

    /// <summary>Ends a process, and with <paramref name="group"/> all of its process group (on Windows its tree).</summary>
    public static void Kill(int pid, bool group)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = kill(group ? -pid : pid, Sigkill);
            return;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill(entireProcessTree: group);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
        }
    }

    /// <summary>The process leads a group of its own, so that a signal to the group hits nobody else.</summary>
    public static bool LeadsGroup(int pid) => !OperatingSystem.IsWindows() && getpgid(pid) == pid;

    [DllImport("libc", ExactSpelling = true)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int getpgid(int pid);
}
