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
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly SupervisedProcess _process;

    private DevelopmentNode(SupervisedProcess process, Uri url, NodeAdmin admin)
    {
        _process = process;
        Url = url;
        Admin = admin;
    }

    public Uri Url { get; }

    public NodeAdmin Admin { get; }

    /// <summary>Ends when the node does.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public string ReadLogTail() => _process.ReadLogTail();

    /// <summary>Starts without mining, so that the caller decides about the first blocks.</summary>
    public static async Task<DevelopmentNode> StartAsync(
        string folder, string productFolder, ulong chainId, HttpClient http, IEntropySource entropy, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = ChooseEndpoint(entropy);
        var url = new Uri($"http://{endpoint}");
        var child = new ChildSpec("anvil", FindProgram(productFolder), Arguments(endpoint, chainId), folder);
        var process = await SupervisedProcess.StartAsync(child, time);
        try
        {
            var admin = new NodeAdmin(new JsonRpcClient(http, url));
            await WaitAsync(admin, process, time, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "anvil.url"), url.AbsoluteUri, cancellationToken);
            return new DevelopmentNode(process, url, admin);
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
        var pidFile = new ChildSpec("anvil", "", [], folder).PidFile;
        var urlFile = Path.Combine(folder, "anvil.url");
        using var orphan = ProcessIdentity.Read(pidFile)?.FindAlive();
        return orphan is not null && File.Exists(urlFile) && Uri.TryCreate(File.ReadAllText(urlFile), UriKind.Absolute, out var url) && url.IsLoopback
            ? new NodeAdmin(new JsonRpcClient(http, url))
            : null;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string[] Arguments(IPEndPoint endpoint, ulong chainId) =>
    [
        "--host", endpoint.Address.ToString(), "--port", endpoint.Port.ToString(CultureInfo.InvariantCulture),
        "--chain-id", chainId.ToString(CultureInfo.InvariantCulture), "--accounts", "0", "--no-mining", "--no-cors", "--hardfork", "cancun", "--quiet",

        // Else anvil writes the state of every block to the user's home and leaves it there.
        "--prune-history", "128",
    ];

    private static async Task WaitAsync(NodeAdmin admin, SupervisedProcess process, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            try
            {
                await admin.Eth.GetChainIdAsync(either.Token);
                return;
            }
            catch (Exception error) when (error is NodeUnreachableException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (process.HasExited || limit.IsCancellationRequested)
                {
                    throw new IexecException(ErrorCode.Web3ProviderError, $"The development node (anvil) did not start. {process.ReadLogTail()}".TrimEnd());
                }
            }

            await Task.Delay(Poll, time, cancellationToken);
        }
    }

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
