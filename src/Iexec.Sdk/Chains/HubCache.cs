using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Eip712;
using Iexec.Poco.Chain;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Chains;

/// <summary>
/// Remembers what never changes about a hub, so that a command can ask its first question at once. Nothing here is believed: the same round
/// trip that uses it reads it again, and an entry that is wrong is dropped. The file is <c>&lt;state&gt;/&lt;chain id&gt;/client/&lt;hub&gt;.json</c>.
/// </summary>
internal sealed class HubCache(string stateFolder)
{
    /// <summary>What was remembered of the hub; null for nothing, or nothing readable.</summary>
    public HubConfiguration? Find(ulong chainId, Address hub)
    {
        try
        {
            return File.Exists(PathOf(chainId, hub)) && JsonNode.Parse(File.ReadAllBytes(PathOf(chainId, hub))) is JsonObject entry ? Read(entry, chainId, hub) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Remembers. That it cannot be written costs a round trip the next time, and nothing else.</summary>
    public void Save(HubConfiguration configuration)
    {
        try
        {
            var path = PathOf(configuration.ChainId, configuration.Hub);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, JsonText.ToIndented(new JsonObject
            {
                ["token"] = configuration.Token.ToString(),
                ["appRegistry"] = configuration.AppRegistry.ToString(),
                ["datasetRegistry"] = configuration.DatasetRegistry.ToString(),
                ["workerpoolRegistry"] = configuration.WorkerpoolRegistry.ToString(),
                ["domainName"] = configuration.Domain.Name,
                ["domainVersion"] = configuration.Domain.Version,
            }));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Forgets an entry that was wrong.</summary>
    public void Drop(ulong chainId, Address hub)
    {
        try
        {
            File.Delete(PathOf(chainId, hub));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string PathOf(ulong chainId, Address hub) => Path.Combine(stateFolder, chainId.ToString(System.Globalization.CultureInfo.InvariantCulture), "client", $"{hub.ToHex()}.json");

    private static HubConfiguration Read(JsonObject entry, ulong chainId, Address hub)
    {
        Address At(string name) => Address.Parse((string?)entry[name] ?? "");
        return new HubConfiguration(
            chainId, hub, At("token"), At("appRegistry"), At("datasetRegistry"), At("workerpoolRegistry"),
            new Eip712Domain((string?)entry["domainName"] ?? "", (string?)entry["domainVersion"] ?? "", chainId, hub));
    }
}
