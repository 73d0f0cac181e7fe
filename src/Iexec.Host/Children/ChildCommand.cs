using System.Diagnostics;

namespace Iexec.Host.Children;

/// <summary>How a child is launched on this operating system.</summary>
internal static class ChildCommand
{
    // $0 is the log, the rest the command. exec keeps the process id, so the child is ours directly.
    private const string ToLog = "exec \"$@\" >>\"$0\" 2>&1";

    // Where there is no setsid: a child that starts with SIGINT ignored is at least not ended by the terminal at once.
    private const string ToLogIgnoringInterrupt = "trap '' INT; " + ToLog;

    public static ProcessStartInfo Of(string program, ChildSpec spec)
    {
        List<string> command = [program, .. spec.Arguments];
        if (!OperatingSystem.IsWindows())
        {
            command = OnPath("setsid") is { } setsid
                ? [setsid, "/bin/sh", "-c", ToLog, spec.LogFile, .. command]
                : ["/bin/sh", "-c", ToLogIgnoringInterrupt, spec.LogFile, .. command];
        }

        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, CreateNoWindow = true, WorkingDirectory = spec.Folder, RedirectStandardInput = true };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The full path of a program; null when PATH has none.</summary>
    public static string? OnPath(string program)
    {
        if (Path.IsPathRooted(program))
        {
            return File.Exists(program) ? program : null;
        }

        // Services often run with a PATH that lacks the folders of administration programs.
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Append("/sbin").Append("/usr/local/sbin");
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
