using System.ComponentModel;
using System.Diagnostics;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Children;

/// <summary>
/// A child process that is started again as its owner wishes, outlives no orderly stop and is found again after a disorderly one.
/// It runs in a session of its own, so that a Ctrl-C on the terminal reaches the host alone, which then ends its children in the
/// right order. Its output goes straight to a file: a pipe through us would break when we are killed.
/// </summary>
internal sealed class SupervisedProcess : IAsyncDisposable
{
    private const long KeepLogBytes = 8 << 20;

    private readonly ChildSpec _spec;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _supervision;
    private Process _process;

    private SupervisedProcess(ChildSpec spec, TimeProvider time)
    {
        _spec = spec;
        _time = time;
        _process = Launch();
        _supervision = SuperviseAsync();
    }

    /// <summary>Its process id; another one after a restart.</summary>
    public int ProcessId => _process.Id;

    /// <summary>It has ended and is not started again.</summary>
    public bool HasExited => _supervision.IsCompleted;

    /// <summary>Ends when the process has ended and is not started again.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _supervision.WaitAsync(cancellationToken);

    /// <summary>Starts the program. What an earlier host left running under the same name is ended first.</summary>
    /// <exception cref="IexecException">The program cannot be started.</exception>
    public static async Task<SupervisedProcess> StartAsync(ChildSpec spec, TimeProvider time)
    {
        Directory.CreateDirectory(spec.Folder);
        await EndOrphanAsync(spec, time);
        if (File.Exists(spec.LogFile) && new FileInfo(spec.LogFile).Length > KeepLogBytes)
        {
            File.Move(spec.LogFile, spec.LogFile + ".1", overwrite: true);
        }

        return new SupervisedProcess(spec, time);
    }

    /// <summary>Ends a process that a killed host left behind.</summary>
    public static async Task EndOrphanAsync(ChildSpec spec, TimeProvider time)
    {
        if (ProcessIdentity.Read(spec.PidFile)?.FindAlive() is { } orphan)
        {
            using (orphan)
            {
                await EndAsync(orphan, spec.StopWithin, time);
            }
        }

        if (Directory.Exists(spec.Folder))
        {
            File.Delete(spec.PidFile);
        }
    }

    /// <summary>The last lines of output, for error messages.</summary>
    public string ReadLogTail(int lines = 5) => _spec.ReadLogTail(lines);

    /// <summary>Asks the process to end, and ends it after a grace period.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervision;
        File.Delete(_spec.PidFile);
        _process.Dispose();
        _stopping.Dispose();
    }

    private Process Launch()
    {
        var program = ChildCommand.OnPath(_spec.FileName) ?? throw CannotStart($"there is no program {_spec.FileName}.", null);
        Process process;
        try
        {
            process = Process.Start(ChildCommand.Of(program, _spec))!;
        }
        catch (Win32Exception error)
        {
            throw CannotStart(error.Message, error);
        }

        try
        {
            process.StandardInput.Close();
            ProcessIdentity.Of(process, _spec.FileName).Write(_spec.PidFile);
            return process;
        }
        catch (Exception ended) when (ProcessIdentity.IsOfEndedProcess(ended) && process.HasExited)
        {
            // It ended before it could be identified: there is nothing to find again.
            return process;
        }
        catch
        {
            // A child that nobody could find again must not run.
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    private IexecException CannotStart(string why, Exception? inner) =>
        new(ErrorCode.ConfigurationError, $"{_spec.Name} cannot be started: {why}", "Run eng/setup.sh, which installs what is missing.", inner);

    private async Task SuperviseAsync()
    {
        for (var ends = 1; ; ends++)
        {
            try
            {
                await _process.WaitForExitAsync(_stopping.Token);
                if (_spec.Restart(ends) is not { } delay)
                {
                    return;
                }

                await Task.Delay(delay, _time, _stopping.Token);
                var previous = _process;
                _process = Launch();
                previous.Dispose();
            }
            catch (OperationCanceledException)
            {
                await EndAsync(_process, _spec.StopWithin, _time);
                return;
            }
            catch (IexecException)
            {
                // The program itself is gone: there is nothing to start again.
                return;
            }
        }
    }

    private static async Task EndAsync(Process process, TimeSpan within, TimeProvider time)
    {
        if (ProcessIdentity.HasEnded(process))
        {
            return;
        }

        var leader = Signals.LeadsGroup(process.Id) ? process.Id : (int?)null;
        Signals.Terminate(process);
        using var grace = new CancellationTokenSource(within, time);
        try
        {
            await ProcessIdentity.WaitForEndAsync(process, time, grace.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await ProcessIdentity.WaitForEndAsync(process, time, CancellationToken.None);
        }

        if (leader is { } group)
        {
            // What the child itself started must not outlive it either.
            Signals.KillGroup(group);
        }
    }
}
