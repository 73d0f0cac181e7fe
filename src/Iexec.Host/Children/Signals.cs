using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Iexec.Host.Children;

/// <summary>.NET can only kill; a child that writes files is asked to end.</summary>
internal static class Signals
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            // The result does not matter: a process that has just ended is what was asked for.
            _ = Kill(process.Id, SigTerm);
        }
    }

    /// <summary>The process leads a group of its own, so that a signal to the group hits nobody else.</summary>
    public static bool LeadsGroup(int processId) => !OperatingSystem.IsWindows() && GetGroup(processId) == processId;

    /// <summary>Ends what is left of a group.</summary>
    public static void KillGroup(int leader) => _ = Kill(-leader, SigKill);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "getpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetGroup(int processId);
}
