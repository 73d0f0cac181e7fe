using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Iexec.Host.Children;

/// <summary>.NET can only kill; a child that writes files is asked to end.</summary>
internal static class Signals
{
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

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
