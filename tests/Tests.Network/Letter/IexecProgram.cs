using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tests.Network.Letter;

/// <summary>What a command answered.</summary>
public sealed record ProgramResult(string Command, int ExitCode, string Out, string Error)
{
    /// <summary>The one line of a successful <c>--raw</c> command.</summary>
    public JsonObject ReadOut() => JsonNode.Parse(Out)!.AsObject();

    /// <summary>The one line of a failed <c>--raw</c> command.</summary>
    public JsonObject ReadError() => JsonNode.Parse(Error)!.AsObject();
}

/// <summary>The built program as its users have it: one process per command, without a terminal, in a folder and a home of their own.</summary>
internal static class IexecProgram
{
    // Longer than any command may take on a busy machine; a command that hangs is a failure, not a wait.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    private static string Assembly { get; } = Find();

    /// <summary>A shell script that is this program.</summary>
    public static string Launcher => $"#!/bin/sh\nexec '{Host}' '{Assembly}' \"$@\"\n";

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    public static async Task<ProgramResult> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments)
    {
        var command = "iexec " + string.Join(' ', arguments);
        using var process = Start(folder, variables, arguments);
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new ProgramResult(command, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end within {Limit.TotalSeconds} s");
        }
    }

    public static Process Start(string folder, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Host, [Assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IEXEC_", StringComparison.Ordinal) || name == "DEBUG").ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Beside this assembly: <c>artifacts/bin/Iexec.Cli/&lt;configuration&gt;</c>.</summary>
    private static string Find()
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Path.Combine(own.Parent!.Parent!.FullName, "Iexec.Cli", own.Name, "iexec.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The program is not built in this configuration.", path);
    }
}
