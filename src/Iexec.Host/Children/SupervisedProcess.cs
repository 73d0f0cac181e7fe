using System.Diagnostics;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Children;

/// <summary>
/// A child process that outlives no orderly stop and is found again after a disorderly one. It runs in a session of its own, so that a
/// Ctrl-C on the terminal reaches the host alone, which then ends its children in the right order.
/// </summary>
internal sealed class SupervisedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private readonly ChildSpec _spec;
    private readonly Process _process;

    private SupervisedProcess(ChildSpec spec, Process process)
    {
        _spec = spec;
        _process = process;
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Ends when the process does.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Starts the program. What an earlier host left running under the same name is ended first.</summary>
    /// <exception cref="IexecException">The program cannot be started.</exception>
    public static async Task<SupervisedProcess> StartAsync(ChildSpec spec, TimeProvider time)
    {
        Directory.CreateDirectory(spec.Folder);
        await EndOrphanAsync(spec, time);
        var start = new ProcessStartInfo { UseShellExecute = false, WorkingDirectory = spec.Folder, RedirectStandardInput = true };
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        Arrange(start, spec);
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            ProcessIdentity.Of(process, spec.FileName).Write(spec.PidFile);
            return new SupervisedProcess(spec, process);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"{spec.Name} cannot be started: {error.Message}", "Run eng/setup.sh, which installs what is missing.", error);
        }
    }

    /// <summary>Ends a process that a killed host left behind.</summary>
    public static async Task EndOrphanAsync(ChildSpec spec, TimeProvider time)
    {
        if (ProcessIdentity.Read(spec.PidFile)?.FindAlive() is { } orphan)
        {
            using (orphan)
            {
                await EndAsync(orphan, time);
            }
        }

        File.Delete(spec.PidFile);
    }

    /// <summary>The last lines of output, for error messages.</summary>
    public string ReadLogTail(int lines = 5) =>
        File.Exists(_spec.LogFile) ? string.Join('\n', File.ReadLines(_spec.LogFile).TakeLast(lines)) : "";

    /// <summary>Asks the process to end, and ends it after a grace period.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync(_process, TimeProvider.System);
        _process.Dispose();
        File.Delete(_spec.PidFile);
    }

    private static void Arrange(ProcessStartInfo start, ChildSpec spec)
    {
        if (OperatingSystem.IsWindows())
        {
            start.FileName = spec.FileName;
            AddAll(start, spec.Arguments);
            return;
        }

        // The shell only connects the output to the log and becomes the program: the process id stays.
        string[] shell = ["/bin/sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", spec.LogFile, spec.FileName, .. spec.Arguments];
        const string SetSid = "/usr/bin/setsid";
        start.FileName = File.Exists(SetSid) ? SetSid : shell[0];
        AddAll(start, File.Exists(SetSid) ? shell : shell[1..]);
    }

    private static void AddAll(ProcessStartInfo start, IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }

    private static async Task EndAsync(Process process, TimeProvider time)
    {
        if (process.HasExited)
        {
            return;
        }

        Signals.Terminate(process);
        using var grace = new CancellationTokenSource(Grace, time);
        try
        {
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
