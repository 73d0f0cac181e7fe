using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Sdk.Project;

namespace Iexec.Host.Network;

/// <summary>
/// The <c>dev</c> entry of <c>chain.json</c>. The keys are the ones that every generation of clients accepts; the older ones of the 8.x clients
/// go to a second file, since the newest client refuses keys that it does not know.
/// </summary>
internal static class ChainEntry
{
    public const string Name = "dev";

    /// <summary>Adds or refreshes the entry. Other entries stay, and so does an existing default.</summary>
    public static void Write(JsonFile file, ulong chainId, Address hub, NetworkPorts ports, bool forOlderClients)
    {
        file.UpdateSection(["chains"], chains =>
        {
            chains[Name] = forOlderClients ? Older(chainId, hub, ports) : Current(chainId, hub, ports);
            chains.Root["default"] ??= Name;
        });
    }

    private static JsonObject Current(ulong chainId, Address hub, NetworkPorts ports) => new()
    {
        ["id"] = chainId.ToString(CultureInfo.InvariantCulture),
        ["host"] = Url(ports.Rpc),
        ["hub"] = hub.ToString(),
        ["sms"] = Url(ports.Sms),
        ["iexecGateway"] = Url(ports.Market),
        ["ipfsGateway"] = Url(ports.IpfsGateway),
        ["compass"] = Url(ports.Compass),
    };

    private static JsonObject Older(ulong chainId, Address hub, NetworkPorts ports)
    {
        var entry = Current(chainId, hub, ports);
        entry["sms"] = new JsonObject { ["scone"] = Url(ports.Sms), ["gramine"] = Url(ports.Sms), ["tdx"] = Url(ports.Sms) };
        entry["resultProxy"] = Url(ports.ResultProxy);
        entry["native"] = false;
        entry["useGas"] = true;
        return entry;
    }

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
