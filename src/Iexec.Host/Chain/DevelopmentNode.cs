using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Host.Children;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Chain;

/// <summary>
/// The anvil process. It listens where no web page finds it: on a free port and, where the system has all of 127.0.0.0/8, on an
/// address of it drawn by chance. Clients reach it through the <see cref="NodeGate"/>.
/// </summary>
internal sealed class DevelopmentNode : IAsyncDisposable
{
    private const string ChildName = "anvil";
    private const string UrlFile = "anvil.url";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly ChildOptions _options;
    private readonly SupervisedProcess _process;

    private DevelopmentNode(ChildOptions options, SupervisedProcess process, Uri url, NodeAdmin admin)
    {
        _options = options;
        _process = process;
        Url = url;
        Admin = admin;
    }

    public Uri Url { get; }

    public NodeAdmin Admin { get; }

    /// <summary>Ends when the node does.</summary>
    public Task Ended => _process.Ended;

    public string LogTail => SupervisedProcess.LogTail(_options);

    /// <summary>Starts without mining, so that the caller decides about the first blocks.</summary>
    public static async Task<DevelopmentNode> StartAsync(
        string folder, string productFolder, ulong chainId, HttpClient http, IEntropySource entropy, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = ChooseEndpoint(entropy);
        var url = new Uri($"http://{endpoint}");
        var options = new ChildOptions { Name = ChildName, FileName = FindProgram(productFolder), Arguments = Arguments(endpoint, chainId), RunFolder = folder };
        var process = await SupervisedProcess.StartAsync(options, time, cancellationToken);
        try
        {
            var admin = new NodeAdmin(new JsonRpcClient(http, url));
            await Readiness.WaitAsync("development node", options, process, admin.AnswersAsync, StartLimit, time, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, UrlFile), url.AbsoluteUri, cancellationToken);
            return new DevelopmentNode(options, process, url, admin);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node that a killed host left running, if it still answers: its state is newer than the last dump.</summary>
    public static NodeAdmin? FindOrphan(string folder, HttpClient http)
    {
        var orphan = ProcessIdentity.Read(new ChildOptions { Name = ChildName, FileName = "", RunFolder = folder }.PidFile);
        var urlFile = Path.Combine(folder, UrlFile);
        return orphan is { IsRunning: true } && File.Exists(urlFile) && Uri.TryCreate(File.ReadAllText(urlFile), UriKind.Absolute, out var url) && url.IsLoopback
            ? new NodeAdmin(new JsonRpcClient(http, url))
            : null;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string[] Arguments(IPEndPoint endpoint, ulong chainId) =>
    [
        "--host", endpoint.Address.ToString(), "--port", endpoint.Port.ToString(CultureInfo.InvariantCulture),
        "--chain-id", chainId.ToString(CultureInfo.InvariantCulture), "--accounts", "0", "--no-mining", "--no-cors", "--hardfork", "cancun", "--quiet",
    ];

    private static IPEndPoint ChooseEndpoint(IEntropySource entropy)
    {
        Span<byte> random = stackalloc byte[3];
        entropy.Fill(random);
        var address = OperatingSystem.IsLinux() ? new IPAddress([127, (byte)(1 + (random[0] % 254)), random[1], (byte)(1 + (random[2] % 254))]) : IPAddress.Loopback;
        using var probe = new TcpListener(address, 0);
        probe.Start();
        return (IPEndPoint)probe.LocalEndpoint;
    }

    private static string FindProgram(string productFolder)
    {
        var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        var name = OperatingSystem.IsWindows() ? "anvil.exe" : "anvil";
        var path = Path.Combine(productFolder, "eng", "tools", "node_modules", "@foundry-rs", $"anvil-{system}-{machine}", "bin", name);
        return File.Exists(path)
            ? path
            : throw new IexecException(ErrorCode.ConfigurationError, "The development node (anvil) is not installed.", "Run eng/setup.sh in the product's folder.");
    }
}
