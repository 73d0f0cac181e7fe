using System.Globalization;
using Iexec.Host.Children;
using Iexec.Host.Network;
using Iexec.Sdk.Chains;

namespace Iexec.Host.Serve;

/// <summary>The <c>iexec up</c> that runs the same chain on this machine: a role beside it uses its services unless told otherwise.</summary>
internal sealed record LocalNeighbour(NetworkPorts Ports)
{
    public Uri ResultProxy => Url(Ports.ResultProxy);

    /// <summary>The node's origin answers <c>/getETH</c> and <c>/getRLC</c>.</summary>
    public Uri Faucet => Url(Ports.Rpc);

    public string Registry => OciRegistry.AddressOf(Ports.Registry);

    /// <summary>Null when none runs, or the settings name another node or hub.</summary>
    public static LocalNeighbour? Find(ChainSettings chain, string stateFolder) =>
        NetworkStatus.FindRunning(Path.Combine(stateFolder, chain.IdText)) is { } status
        && status.Hub == chain.Hub && chain.Host is { IsLoopback: true } host && host.Port == status.Ports.Rpc
            ? new LocalNeighbour(status.Ports)
            : null;

    private static Uri Url(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
