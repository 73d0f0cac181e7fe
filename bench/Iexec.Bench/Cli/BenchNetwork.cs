using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Iexec.Bench.Cli;

/// <summary><c>iexec up</c> with instant blocks, on ports that were free, with a state of its own.</summary>
internal sealed class BenchNetwork : IAsyncDisposable
{
    private static readonly string[] Services = ["rpc", "sms", "result-proxy", "ipfs", "market", "scheduler", "compass", "registry"];

    private readonly Client _starter;

    private BenchNetwork(Client starter) => _starter = starter;

    /// <summary>The entry that the network wrote.</summary>
    public string ChainFile => _starter["chain.json"];

    public static async Task<BenchNetwork> StartAsync(string folder)
    {
        var network = new BenchNetwork(Client.Ours(Path.Combine(folder, "network")));
        var ports = Services.Zip(FreePorts(Services.Length), (service, port) => $"--{service}-port {port}");
        await network._starter.DoAsync($"up --detach --workers 1 --block-time 0 {network.Place} {string.Join(' ', ports)}");
        return network;
    }

    public async ValueTask DisposeAsync() => await _starter.DoAsync($"down {Place}");

    // A chain of its own, so that nothing of it is taken for another network's.
    private string Place => string.Create(CultureInfo.InvariantCulture, $"--state {_starter.Home}/state --chain-id {300_000 + Environment.ProcessId}");

    // Held together until all are known, so that none is given twice.
    private static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
