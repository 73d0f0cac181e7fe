using System.Diagnostics;
using Iexec.Host.Children;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Host.Network;

/// <summary>A network in a process of its own, which outlives the one that started it.</summary>
public static class DetachedNetwork
{
    private const string Name = "up";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts this program again with the given arguments and returns when its network answers.</summary>
    /// <exception cref="IexecException">It did not come up; the message carries the end of its log.</exception>
    public static async Task<NetworkStatus> StartAsync(NetworkOptions options, IReadOnlyList<string> arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        if (NetworkStatus.FindRunning(options.ChainFolder) is not null)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The network is up already.", options.Whereabouts);
        }

        var program = Environment.ProcessPath ?? throw new IexecException(ErrorCode.Error, "The program does not know its own path.");
        string[] command = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0], .. arguments] : [.. arguments];
        var spec = new ChildSpec(Name, program, command, Path.Combine(options.ChainFolder, "logs"));
        PrivateFolder.Create(options.ChainFolder);
        Directory.CreateDirectory(spec.Folder);
        File.Delete(spec.LogFile);
        using var process = Process.Start(ChildCommand.Of(program, spec))!;
        process.StandardInput.Close();
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < StartLimit && !process.HasExited)
        {
            if (NetworkStatus.FindRunning(options.ChainFolder) is { } status)
            {
                return status;
            }

            await Task.Delay(Poll, time, cancellationToken);
        }

        throw new IexecException(ErrorCode.Error, $"The network did not come up.\n{spec.ReadLogTail(15)}".TrimEnd(), $"Its log is {spec.LogFile}.");
    }

    /// <summary>Asks the running network to stop and waits until it has; then ends what a killed one left behind. True if there was anything.</summary>
    public static async Task<bool> StopAsync(NetworkOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var orphans = new[]
        {
            new ChildSpec("anvil", "", [], options.RoleFolder("chain")),
            new ChildSpec("registry", "", [], options.RoleFolder("registry")),
        };
        if (NetworkStatus.FindRunning(options.ChainFolder) is { } status && new ProcessIdentity(status.ProcessId, status.ProcessStarted, "").FindAlive() is { } process)
        {
            using (process)
            {
                Signals.Terminate(process);
                using var limit = new CancellationTokenSource(StopLimit, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
                await ProcessIdentity.WaitForEndAsync(process, time, either.Token);
            }

            return true;
        }

        var any = orphans.Any(orphan => ProcessIdentity.Read(orphan.PidFile)?.FindAlive() is not null);
        foreach (var orphan in orphans)
        {
            await SupervisedProcess.EndOrphanAsync(orphan, time);
        }

        // Not if the network of another chain uses the engine.
        var engine = Workplace.EngineFolder(options.StateFolder);
        using var free = Directory.Exists(engine) ? FolderLock.TryTake(engine) : null;
        return (free is not null && await DockerDaemon.EndOrphanAsync(engine, time)) || any;
    }
}
