using System.ComponentModel;
using System.Diagnostics;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Children;

/// <summary>
/// A child process that is restarted as its owner wishes, stopped with us, and found again if we are killed.
/// Its output goes straight to a file: a pipe through us would break when we die. On Unix it leads a session of its own,
/// so that Ctrl-C on the terminal reaches us alone and children end in the order we choose.
/// </summary>
public sealed class SupervisedProcess : IAsyncDisposable
{
    private const long KeepLogBytes = 8 << 20;

    private readonly ChildOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process _process;
    private Task _supervision = Task.CompletedTask;

    private SupervisedProcess(ChildOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _process = Launch();
    }

    /// <summary>Its process id; another one after a restart.</summary>
    public int Pid => _process.Id;

    /// <summary>Ends with the exit code when the child has ended and is not started again.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>
    /// Ends what a killed predecessor left behind under the same name and folder, then starts the child.
    /// </summary>
    /// <exception cref="IexecException">The program does not exist or may not be run.</exception>
    public static async Task<SupervisedProcess> StartAsync(ChildOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.RunFolder);
        await EndOrphanAsync(options, time, cancellationToken);
        if (File.Exists(options.LogFile) && new FileInfo(options.LogFile).Length > KeepLogBytes)
        {
            File.Move(options.LogFile, options.LogFile + ".1", overwrite: true);
        }

        var child = new SupervisedProcess(options, time);
        child._supervision = child.SuperviseAsync();
        return child;
    }

    /// <summary>Ends a child that outlived its parent; true if there was one.</summary>
    public static async Task<bool> EndOrphanAsync(ChildOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var orphan = ProcessIdentity.Read(options.PidFile);
        if (orphan is not { IsRunning: true })
        {
            return false;
        }

        await EndAsync(orphan, options.StopWithin, time, cancellationToken);
        File.Delete(options.PidFile);
        return true;
    }

    /// <summary>The last lines of its log, for an error message.</summary>
    public static string LogTail(ChildOptions options, int lines = 15) =>
        File.Exists(options.LogFile) ? string.Join('\n', File.ReadLines(options.LogFile).TakeLast(lines)) : "";

    /// <summary>Asks the child to end, ends it when it does not, and forgets it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _supervision.WaitAsync(cancellationToken);
        File.Delete(_options.PidFile);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _process.Dispose();
        _stopping.Dispose();
    }

    private static async Task EndAsync(ProcessIdentity process, TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        var leadsGroup = ProcessSignal.LeadsGroup(process.Pid);
        ProcessSignal.Terminate(process.Pid);
        var asked = time.GetTimestamp();
        while (process.IsRunning && time.GetElapsedTime(asked) < within)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }

        if (process.IsRunning || leadsGroup)
        {
            // The group too: what the child itself started must not outlive it.
            ProcessSignal.Kill(process.Pid, leadsGroup);
        }

        while (process.IsRunning)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }

    private Process Launch()
    {
        var program = ChildCommand.OnPath(_options.FileName)
            ?? throw new IexecException(ErrorCode.ConfigurationError, $"{_options.Name} cannot be started: there is no program {_options.FileName}.", $"Install {_options.FileName}.");
        try
        {
            var process = Process.Start(ChildCommand.Of(program, _options)) ?? throw new InvalidOperationException($"{program} was not started.");
            ProcessIdentity.OfRunning(process.Id)?.Write(_options.PidFile);
            return process;
        }
        catch (Win32Exception e)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"{_options.Name} cannot be started: {e.Message}", $"Check that {program} may be run.", e);
        }
    }

    private async Task SuperviseAsync()
    {
        for (var ends = 1; ; ends++)
        {
            try
            {
                await _process.WaitForExitAsync(_stopping.Token);
                if (_options.Restart(ends) is not { } delay)
                {
                    break;
                }

                await Task.Delay(delay, _time, _stopping.Token);
                var previous = _process;
                _process = Launch();
                previous.Dispose();
            }
            catch (OperationCanceledException)
            {
                if (ProcessIdentity.OfRunning(_process.Id) is { } identity && !_process.HasExited)
                {
                    await EndAsync(identity, _options.StopWithin, _time, CancellationToken.None);
                }

                await _process.WaitForExitAsync(CancellationToken.None);
                break;
            }
            catch (IexecException)
            {
                // The program itself is gone: there is nothing to start again.
                break;
            }
        }

        _ended.TrySetResult(_process.ExitCode);
    }
}
