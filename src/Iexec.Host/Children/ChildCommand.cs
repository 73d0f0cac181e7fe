using System.Diagnostics;

namespace Iexec.Host.Children;

/// <summary>How a child is launched on this operating system.</summary>
internal static class ChildCommand
{
    // $0 is the log, the rest the command. exec keeps the process id, so the child is ours directly.
    private const string ToLog = "exec \"$@\" </dev/null >>\"$0\" 2>&1";

    // Where there is no setsid: a child that starts with SIGINT ignored is at least not ended by the terminal at once.
    private const string ToLogIgnoringInterrupt = "trap '' INT; " + ToLog;

    public static ProcessStartInfo Of(string program, ChildOptions options)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, WorkingDirectory = options.WorkingFolder ?? "" };
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        List<string> command = [program, .. options.Arguments];
        if (OperatingSystem.IsWindows())
        {
            start.CreateNoWindow = true;
        }
        else
        {
            command = OnPath("setsid") is { } setsid
                ? [setsid, "/bin/sh", "-c", ToLog, options.LogFile, .. command]
                : ["/bin/sh", "-c", ToLogIgnoringInterrupt, options.LogFile, .. command];
        }

        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
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
