using System.Diagnostics;
using System.Runtime.InteropServices;
using Tests.Network.Letter;

namespace Tests.Network.Client;

/// <summary>A compiled sample as its reader starts it, with the default wallet of a party. Disposing ends it.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly Task<string> _error;

    private SampleProgram(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public static SampleProgram Start(Party party, string name, params string[] arguments)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, $"{name}.dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named : "dotnet";
        var start = new ProcessStartInfo(host, [assembly, party["chain.json"], party.Keystore.FindNewest()!, .. arguments])
        {
            WorkingDirectory = party.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["IEXEC_WALLET_PASSWORD"] = party.Password;
        return new SampleProgram(Process.Start(start)!);
    }

    /// <summary>Runs to the end, which has to be a good one; what it printed, line by line.</summary>
    public static async Task<string[]> RunAsync(Party party, string name, params string[] arguments)
    {
        await using var sample = Start(party, name, arguments);
        using var limit = new CancellationTokenSource(Limit);
        var output = await sample._process.StandardOutput.ReadToEndAsync(limit.Token);
        await sample.EndWellAsync(limit.Token);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The rest of the next line that begins with a word.</summary>
    public async Task<string> ReadAsync(string word)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(word + " ", StringComparison.Ordinal))
            {
                return line[(word.Length + 1)..];
            }
        }

        throw new InvalidOperationException($"It ended without \"{word}\": {await _error}");
    }

    /// <summary>Asks it to end, which it has to do well.</summary>
    public async Task StopAsync()
    {
        _ = Kill(_process.Id, SigTerm);
        using var limit = new CancellationTokenSource(Limit);
        await EndWellAsync(limit.Token);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task EndWellAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        var error = await _error;
        if (_process.ExitCode != 0 || error.Length > 0)
        {
            throw new InvalidOperationException($"The sample ended with exit code {_process.ExitCode}: {error}");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
