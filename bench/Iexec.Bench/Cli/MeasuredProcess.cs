using System.Diagnostics;
using System.Globalization;

namespace Iexec.Bench.Cli;

/// <summary>What one whole process took.</summary>
/// <param name="Wall">From before its start until it is known to have ended.</param>
/// <param name="PeakBytes">Highest resident memory of the largest of its processes.</param>
internal sealed record Measured(TimeSpan Wall, long PeakBytes, string Out);

/// <summary>
/// Runs a process and looks at its <c>VmHWM</c>, and at those of the processes that it starts, every millisecond until it ends. The kernel keeps the peak
/// itself, so nothing but the very last moment can be missed. (<c>ru_maxrss</c> of a child would count the memory of whoever started it.)
/// </summary>
internal static class MeasuredProcess
{
    // Longer than any command takes on a busy machine; a command that hangs is a failure, not a wait.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <exception cref="InvalidOperationException">The process failed: its exit code is not 0.</exception>
    public static async Task<Measured> RunAsync(string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var begun = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var ending = process.WaitForExitAsync(limit.Token);
        var peak = WatchAsync(process.Id, ending);
        await ending;
        var wall = TimeProvider.System.GetElapsedTime(begun);
        return process.ExitCode == 0
            ? new Measured(wall, await peak, await output)
            : throw new InvalidOperationException($"{Path.GetFileName(file)} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:\n{await output}{await error}");
    }

    private static async Task<long> WatchAsync(int id, Task ending)
    {
        var peak = 0L;
        using var ticks = new PeriodicTimer(Pause);
        while (!ending.IsCompleted)
        {
            peak = Math.Max(peak, LargestOf(id));
            await ticks.WaitForNextTickAsync();
        }

        return peak;
    }

    // Not the sum: the official client keeps its first process beside the one that works, which wait4 would not count either.
    private static long LargestOf(int id)
    {
        var peak = 0L;
        foreach (var line in LinesOf($"/proc/{id}/status"))
        {
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                peak = 1024 * long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture);
                break;
            }
        }

        var children = LinesOf($"/proc/{id}/task/{id}/children").FirstOrDefault() ?? "";
        return children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(peak, (most, child) => Math.Max(most, LargestOf(int.Parse(child, CultureInfo.InvariantCulture))));
    }

    // Once it has ended, a process has no files.
    private static string[] LinesOf(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Settings of whoever runs the bench, and those that "dotnet run" adds.
    private static bool IsForeign(string name) =>
        name is "DEBUG" or "NODE_OPTIONS" || name.StartsWith("IEXEC_", StringComparison.Ordinal)
        || (name.StartsWith("DOTNET_", StringComparison.Ordinal) && !name.StartsWith("DOTNET_ROOT", StringComparison.Ordinal));
}
