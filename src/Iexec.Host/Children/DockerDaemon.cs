using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;

namespace Iexec.Host.Children;

/// <summary>
/// A private <c>dockerd</c> as a child, for machines where no engine answers: its data, socket and pid live in one folder,
/// it has no default bridge, and it ends with us.
/// </summary>
public sealed class DockerDaemon : IAsyncDisposable
{
    // sun_path of a Unix socket holds 108 bytes, and the daemon's own sockets have longer names than ours.
    private const int LongestRunFolder = 60;
    private const string SocketName = "docker.sock";

    private readonly SupervisedProcess _child;
    private readonly IReadOnlyList<string> _folders;

    private DockerDaemon(EngineEndpoint endpoint, SupervisedProcess child, IReadOnlyList<string> folders) =>
        (Endpoint, _child, _folders) = (endpoint, child, folders);

    /// <summary>Where it listens.</summary>
    public EngineEndpoint Endpoint { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId => _child.ProcessId;

    /// <summary>A daemon could be started: this is Linux, we are root and the binary is there.</summary>
    public static bool CanStart => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && ChildCommand.OnPath("dockerd") is not null;

    /// <summary>Where the daemon of a state folder listens, if one was started there; it may have ended since.</summary>
    public static EngineEndpoint? FindIn(string stateFolder)
    {
        var socket = Path.Combine(RunFolderOf(Path.GetFullPath(stateFolder)), SocketName);
        return File.Exists(socket) ? EngineEndpoint.OfSocket(socket) : null;
    }

    /// <summary>Ends a daemon, and with it the containers, that a killed host left behind. True if there was one.</summary>
    /// <param name="stateFolder">The folder that it was started with.</param>
    /// <param name="time">The clock.</param>
    public static async Task<bool> EndOrphanAsync(string stateFolder, TimeProvider time)
    {
        var root = Path.GetFullPath(stateFolder);
        var spec = SpecOf(root, RunFolderOf(root), DaemonFlags.Best);
        using var orphan = ProcessIdentity.Read(spec.PidFile)?.FindAlive();
        if (orphan is null || !OperatingSystem.IsLinux())
        {
            return false;
        }

        await SupervisedProcess.EndOrphanAsync(spec, time);
        Mounts.DetachBelow(RunFolderOf(root));
        Mounts.DetachBelow(root);
        return true;
    }

    /// <summary>Starts a daemon and returns when it answers.</summary>
    /// <param name="stateFolder">Folder of its images and containers, log and pid file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up waiting, and ends it.</param>
    /// <exception cref="IexecException">It cannot be started here; the message says why.</exception>
    public static async Task<DockerDaemon> StartAsync(string stateFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || !CanStart)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "No container engine answers, and none can be started here.",
                "Install Docker Engine (on Debian: apt-get install docker.io) and start it, or set DOCKER_HOST to where one listens.");
        }

        var root = Path.GetFullPath(stateFolder);
        var run = RunFolderOf(root);
        Directory.CreateDirectory(root);
        PrivateFolder.Create(run);
        for (var flags = DaemonFlags.Best; ;)
        {
            var spec = SpecOf(root, run, flags);
            try
            {
                return await LaunchAsync(spec, run, time, cancellationToken);
            }
            catch (IexecException) when (flags.After(spec.ReadLogTail(30)) is { } next)
            {
                flags = next;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _child.DisposeAsync();

        // The daemon leaves mounts behind (name spaces, layers of containers it could not end), over which its folder cannot be deleted.
        foreach (var folder in _folders)
        {
            Mounts.DetachBelow(folder);
        }
    }

    private static async Task<DockerDaemon> LaunchAsync(ChildSpec spec, string run, TimeProvider time, CancellationToken cancellationToken)
    {
        await SupervisedProcess.EndOrphanAsync(spec, time);

        // A killed daemon leaves pid files. The next one refuses to start over its own if another process has got the number since,
        // and waits in vain for a containerd that is just being ended with its parent.
        File.Delete(Path.Combine(run, "dockerd.pid"));
        await EndContainerdAsync(Path.Combine(run, "exec/containerd/containerd.pid"), time, cancellationToken);
        File.Delete(spec.LogFile);
        var child = await SupervisedProcess.StartAsync(spec, time);
        try
        {
            var endpoint = EngineEndpoint.OfSocket(Path.Combine(run, SocketName));
            await Readiness.WaitAsync("Docker daemon", spec, child, token => AnswersAsync(endpoint, token), TimeSpan.FromSeconds(30), time, cancellationToken);
            return new DockerDaemon(endpoint, child, [run, spec.Folder]);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    private static ChildSpec SpecOf(string root, string run, DaemonFlags flags) => new(
        "dockerd",
        "dockerd",
        [
            "--host", "unix://" + Path.Combine(run, SocketName),
            "--group", "root",
            "--data-root", Path.Combine(root, "data"),
            "--exec-root", Path.Combine(run, "exec"),
            "--pidfile", Path.Combine(run, "dockerd.pid"),
            "--storage-driver", flags.StorageDriver,
            "--iptables=" + (flags.Iptables ? "true" : "false"),
            "--bridge", "none",
            "--log-level", "warn",
        ],
        root)
    {
        // Containers are ended one by one; the daemon itself gives each ten seconds.
        StopWithin = TimeSpan.FromSeconds(20),
    };

    private static string RunFolderOf(string root)
    {
        var inside = Path.Combine(root, "run");
        return inside.Length <= LongestRunFolder
            ? inside
            : "/run/iexec-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..12];
    }

    private static async Task EndContainerdAsync(string pidFile, TimeProvider time, CancellationToken cancellationToken)
    {
        while (RunningContainerd(pidFile) is { } containerd)
        {
            using (containerd)
            {
                containerd.Kill();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }

        if (File.Exists(pidFile))
        {
            File.Delete(pidFile);
        }
    }

    /// <summary>The process of a pid file, if it lives, is no zombie, and is what we think it is.</summary>
    private static Process? RunningContainerd(string pidFile)
    {
        try
        {
            var id = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat.Contains("(containerd) ", StringComparison.Ordinal) && !stat.Contains(") Z ", StringComparison.Ordinal) ? Process.GetProcessById(id) : null;
        }
        catch (Exception gone) when (gone is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static async Task<bool> AnswersAsync(EngineEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await DockerEngine.FindAsync([endpoint], cancellationToken) is not null;
        }
        catch (EngineException)
        {
            return false;
        }
    }
}
