using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Host.Network;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Project;
using Iexec.Testing;
using Iexec.Testing.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>
/// The built program as <c>iexec up</c>, in a state folder of its own and on ports that were free. The image of <c>samples/hello</c> is in its
/// registry from the start. Disposing kills whatever is left.
/// </summary>
internal sealed class NetworkProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly ContainerFixture _containers;
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceHttp _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) });
    private readonly StringBuilder _error = new();
    private readonly bool _ownEngine;
    private Process? _process;

    /// <param name="containers">The engine, and the registry whose images are there.</param>
    /// <param name="ownEngine">True leaves the network to find, or start, its engine itself.</param>
    public NetworkProcess(ContainerFixture containers, bool ownEngine = false)
    {
        _containers = containers;
        _ownEngine = ownEngine;
        Ports = FreePorts();
        Directory.CreateDirectory(Work);
        var registry = Path.Combine(ChainFolder, "registry");
        Directory.CreateDirectory(registry);
        Directory.CreateSymbolicLink(Path.Combine(registry, "blobs"), Path.Combine(containers.Folder, "registry", "blobs"));
    }

    public string Home => _folder.File("home");

    /// <summary>The folder it was started in; holds <c>chain.json</c>.</summary>
    public string Work => _folder.File("work");

    public string ChainFolder => Path.Combine(Home, "65535");

    public NetworkPorts Ports { get; init; }

    /// <summary>What it said on the error stream since the last start.</summary>
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

    public ServiceHttp Http => _http;

    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process!.Id;

    public Uri Url(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>Starts it and waits until it says that everything answers.</summary>
    public async Task<JsonObject> StartAsync()
    {
        Launch();
        using var limit = new CancellationTokenSource(StartLimit);
        var line = await _process!.StandardOutput.ReadLineAsync(limit.Token);
        return line is null ? throw new InvalidOperationException($"iexec up ended: {await EndAsync()} {Error}") : JsonNode.Parse(line)!.AsObject();
    }

    /// <summary>Starts it and waits until it ends by itself; gives the exit code.</summary>
    public async Task<int> RunToEndAsync()
    {
        Launch();
        return await EndAsync();
    }

    /// <summary>kill -9, of this process alone.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ctrl-C; gives the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    public Children Children() => Recovery.Children.Of(Home);

    public async Task<ChainConnection> ConnectAsync() =>
        await ChainConnection.OpenAsync(ChainFile.Read(new ProjectFolder(Work).Chain).Resolve("dev"), _http, CancellationToken.None);

    /// <summary>Addresses of the workers' wallets.</summary>
    public IReadOnlyList<Address> Workers() =>
        [.. Directory.EnumerateDirectories(ChainFolder, "worker-*").Order().Select(folder =>
            Address.Parse("0x" + JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "key.json")))!["address"]!.GetValue<string>().Replace("0x", "", StringComparison.Ordinal)))];

    /// <summary>Files that somebody was writing when he was stopped.</summary>
    public IEnumerable<string> HalfWritten() =>
        Directory.EnumerateFiles(Home, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => Path.GetExtension(file) is ".tmp" or ".part" or ".new" or ".next" || Path.GetFileName(Path.GetDirectoryName(file)) == "incoming");

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await InterruptAsync();
        }

        _process?.Dispose();
        if (Directory.Exists(Home))
        {
            await Children().KillAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private void Launch()
    {
        _process?.Dispose();
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Iexec.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "iexec.dll");
        Assert.True(File.Exists(program), $"{program} is not built.");
        var start = new ProcessStartInfo("dotnet", [program, "up", "--raw", .. PortArguments()])
        {
            WorkingDirectory = Work, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["IEXEC_HOME"] = Home;
        start.Environment["HOME"] = Work;
        if (!_ownEngine && _containers.Daemon is { } daemon)
        {
            start.Environment["DOCKER_HOST"] = "unix://" + daemon.Endpoint.Address.AbsolutePath;
        }

        lock (_error)
        {
            _error.Clear();
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                _error.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    private async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    private IEnumerable<string> PortArguments() => Ports.All.SelectMany(port => new[] { port.Option, port.Port.ToString(CultureInfo.InvariantCulture) });

    public static NetworkPorts FreePorts()
    {
        var free = Iexec.Testing.FreePorts.Take(8);
        return new NetworkPorts
        {
            Rpc = free[0], Sms = free[1], ResultProxy = free[2], IpfsGateway = free[3], Market = free[4], Scheduler = free[5], Compass = free[6], Registry = free[7],
        };
    }
}
