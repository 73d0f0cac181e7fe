using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.Network.Letter;

/// <summary>A command that runs until Ctrl-C: it is started with <c>--raw</c> and is ready when it has written its line.</summary>
internal sealed class BackgroundProgram : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _command;
    private readonly StringBuilder _error = new();

    private BackgroundProgram(Process process, string command)
    {
        (_process, _command) = (process, command);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                _error.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public static BackgroundProgram Start(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        new(IexecProgram.Start(folder, variables, [.. arguments, "--raw"]), "iexec " + string.Join(' ', arguments));

    /// <summary>The line that says that it is ready.</summary>
    public async Task<JsonObject> ReadyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        return line is null ? throw Unexpected("ended before it was ready") : JsonNode.Parse(line)!.AsObject();
    }

    /// <summary>Ctrl-C, upon which the program has to end well.</summary>
    public async Task InterruptAsync()
    {
        Interrupt(_process);
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw Unexpected($"did not end within {StopLimit.TotalSeconds} s of Ctrl-C");
        }

        if (_process.ExitCode != 0)
        {
            throw Unexpected($"answered Ctrl-C with exit code {_process.ExitCode}");
        }
    }

    /// <summary>Ctrl-C for any process.</summary>
    public static void Interrupt(Process process) => _ = Kill(process.Id, IgnoresCtrlC(process.Id) ? SigTerm : SigInt);

    public InvalidOperationException Unexpected(string what) => new($"{_command} {what}. It wrote:\n{Error}");

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    // Shells make what they run in the background deaf to Ctrl-C, and children inherit that: tests that run so ask as a service manager does.
    private static bool IgnoresCtrlC(int processId)
    {
        var status = $"/proc/{processId}/status";
        var ignored = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return ignored is not null && (ulong.Parse(ignored.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1 << (SigInt - 1))) != 0;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
