using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Host.Network;

namespace Iexec.Cli.Commands.Network;

/// <summary>A running network as the commands show it.</summary>
internal static class NetworkView
{
    public static JsonObject Of(NetworkStatus status) => new()
    {
        ["chainId"] = status.ChainId.ToString(CultureInfo.InvariantCulture),
        ["hub"] = status.Hub.ToString(),
        ["rlc"] = status.Token.ToString(),
        ["workerpool"] = status.Workerpool.ToString(),
        ["workers"] = status.Workers,
        ["process"] = status.ProcessId,
        ["services"] = new JsonObject
        {
            ["host"] = Url(status.Ports.Rpc),
            ["iexecGateway"] = Url(status.Ports.Market),
            ["ipfsGateway"] = Url(status.Ports.IpfsGateway),
            ["resultProxy"] = Url(status.Ports.ResultProxy),
            ["sms"] = Url(status.Ports.Sms),
            ["scheduler"] = Url(status.Ports.Scheduler),
            ["compass"] = Url(status.Ports.Compass),
            ["registry"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{status.Ports.Registry}"),
        },
    };

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
