using System.Diagnostics;
using Iexec.Testing;

namespace Tests.Conformance.Clients;

/// <summary>One version of the official npm client, exactly as its package brings it: the command line and the library.</summary>
internal sealed class OfficialClient
{
    // Longer than any command takes on a busy machine; a command that hangs is a failure, not a wait.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    private readonly string _package;

    private OfficialClient(string alias, string version)
    {
        Version = version;
        var modules = Path.Combine(Repository.Root, "eng", "tools", "clients", "node_modules");
        _package = Path.Combine(modules, alias);
        if (!Directory.Exists(_package))
        {
            throw new DirectoryNotFoundException($"The official client {version} is not installed: run eng/setup.sh --official-clients");
        }
    }

    public static OfficialClient Eight { get; } = new("iexec-8", "8.24.0");

    public static OfficialClient Nine { get; } = new("iexec-9", "9.0.1");

    public string Version { get; }

    /// <summary>Runs a command as a user without a terminal would.</summary>
    public Task<ClientAnswer> RunAsync(string folder, string home, IReadOnlyList<string> arguments) =>
        RunNodeAsync(folder, home, [Path.Combine(_package, "dist", "esm", "cli", "cmd", "iexec.js"), .. arguments], "iexec " + string.Join(' ', arguments));

    /// <summary>Runs a script of this project, whose first argument is the library's entry point.</summary>
    public Task<ClientAnswer> RunScriptAsync(string folder, string home, string script, params string[] arguments) => RunNodeAsync(
        folder, home,
        [Path.Combine(AppContext.BaseDirectory, "Library", script), Path.Combine(_package, "dist", "esm", "lib"), .. arguments],
        $"{script} with the library {Version}");

    private static async Task<ClientAnswer> RunNodeAsync(string folder, string home, IReadOnlyList<string> arguments, string name)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("DEBUG");
        start.Environment.Remove("NODE_OPTIONS");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new ClientAnswer(name, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} did not end within {Limit.TotalSeconds} s");
        }
    }
}

/// <summary>What a command of the official client answered.</summary>
internal sealed record ClientAnswer(string Command, int ExitCode, string Out, string Error);
