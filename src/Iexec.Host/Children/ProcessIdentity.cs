using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Iexec.Sdk.Project;

namespace Iexec.Host.Children;

/// <summary>
/// Which process a child is: its id and when it started, since ids are given again. Kept in a file, so that the next host
/// finds what a killed one left.
/// </summary>
internal sealed record ProcessIdentity(int Id, long Started, string Program)
{
    // Start times are computed from ticks since boot and differ by some milliseconds between readers.
    private const long ToleranceMilliseconds = 2000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static ProcessIdentity Of(Process process, string program) => new(process.Id, StartOf(process), Path.GetFileName(program));

    /// <summary>Milliseconds since 1970 at which the process started.</summary>
    public static long StartOf(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Whether asking a process something failed as it does when the process has ended meanwhile: where it was looked up decides which of the two.</summary>
    public static bool IsOfEndedProcess(Exception failure) => failure is InvalidOperationException or Win32Exception;

    /// <summary>
    /// True if the process has ended, also when its parent has not asked for its end yet: the first process of a container, which inherits the children of the
    /// dead, may never ask.
    /// </summary>
    public static bool HasEnded(Process process) => process.HasExited || IsDefunct(process.Id);

    /// <summary>Waits for the end of a process, whoever its parent is.</summary>
    public static async Task WaitForEndAsync(Process process, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!HasEnded(process))
        {
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    public static ProcessIdentity? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var parts = File.ReadAllText(file).Trim().Split(' ', 3);
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            ? new ProcessIdentity(id, started, parts[2])
            : null;
    }

    public void Write(string file) => AtomicFile.Write(file, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id} {Started} {Program}\n")));

    /// <summary>The process if it still runs; the caller disposes it.</summary>
    public Process? FindAlive()
    {
        try
        {
            var process = Process.GetProcessById(Id);
            if (!HasEnded(process) && Math.Abs(StartOf(process) - Started) < ToleranceMilliseconds)
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception gone) when (gone is ArgumentException || IsOfEndedProcess(gone))
        {
            return null;
        }
    }

    private static bool IsDefunct(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            // "id (name) state …"; a name may hold anything, parentheses too.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart() is ['Z' or 'X', ..];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
