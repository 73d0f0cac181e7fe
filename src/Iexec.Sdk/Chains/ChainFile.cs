using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Chains;

/// <summary>
/// <c>chain.json</c> of every generation: ids as text or number, <c>sms</c> as an address or a map per TEE framework, and all keys that any
/// version knew. Unknown keys are refused with their line, since a misspelt key would silently fall back to a default.
/// </summary>
internal sealed class ChainFile
{
    private static readonly HashSet<string> TopKeys = ["default", "chains", "providers", "allowExperimentalNetworks"];

    private static readonly HashSet<string> ChainKeys =
    [
        "id", "host", "quorum", "hub", "sms", "iexecGateway", "ipfsGateway", "ipfsNode", "resultProxy", "compass", "pocoSubgraph", "voucherHub",
        "voucherSubgraph", "bridge", "native", "useGas", "ensRegistry", "ensPublicResolver", "defaultTeeFramework", "flavour", "enterprise",
    ];

    private readonly JsonFileContent _content;
    private readonly JsonObject _chains;

    private ChainFile(JsonFileContent content)
    {
        _content = content;
        RefuseUnknown(content.Root, TopKeys, []);
        _chains = content.Section("chains") ?? throw content.Wrong([], "chains is a required field", code: ErrorCode.ConfigurationError);
        // All of them: who looks for a slip in one network is not helped by another being in use.
        foreach (var (name, chain) in _chains)
        {
            if (chain is JsonObject settings)
            {
                RefuseUnknown(settings, ChainKeys, ["chains", name]);
            }
        }
    }

    /// <summary>Reads the file.</summary>
    public static ChainFile Read(JsonFile file) => new(file.Read());

    /// <summary>
    /// The network named by the user, or the default one. <paramref name="nameOrId"/> is a key of <c>chains</c>, the id of one, or the
    /// id or name of a public network whose name is a key.
    /// </summary>
    /// <exception cref="IexecException">ConfigurationError or ValidationError with the line.</exception>
    public ChainSettings Resolve(string? nameOrId)
    {
        var wanted = nameOrId ?? Default();
        return Load(Match(wanted) ?? throw new IexecException(
            ErrorCode.ConfigurationError,
            $"Missing \"{wanted}\" chain in \"chain.json\"",
            wanted == "dev" ? new Advice("It is the local network, which adds itself when it is started; or name another network.", Remedy.StartNetwork)
            : _chains.Count == 0 ? "Add a network under \"chains\"."
            : $"It has: {string.Join(", ", _chains.Select(chain => chain.Key))}."));
    }

    /// <summary>Its networks, in their order.</summary>
    internal IEnumerable<string> Names => _chains.Select(chain => chain.Key);

    private string Default()
    {
        var value = _content.Root["default"];
        return value is null && _chains.Count == 1 ? _chains.First().Key
            : value is null ? throw _content.Wrong([], "Missing \"default\" chain", new Advice("Set \"default\", or name a network.", Remedy.NameNetwork), ErrorCode.ConfigurationError)
            : TextOf(value) ?? throw _content.Wrong(["default"], "default must be a text");
    }

    private string? Match(string wanted)
    {
        if (_chains.ContainsKey(wanted))
        {
            return wanted;
        }

        if (KnownChains.Find(wanted) is { } known && _chains.ContainsKey(known.Name))
        {
            return known.Name;
        }

        return _chains.FirstOrDefault(chain => chain.Value is JsonObject settings && IdText(settings["id"]) == wanted).Key;
    }

    private ChainSettings Load(string name)
    {
        var chain = _content.Section("chains", name) ?? throw _content.Wrong(["chains", name], $"chains.{name} must be an object");
        var id = ReadId(chain, name);
        var known = KnownChains.Find(id);
        var written = ReadHosts(chain, name);
        var hosts = written.Count > 0 ? written : [.. Providers.HostsFor(_content, id), .. known?.Host is { } usual ? (Uri[])[usual] : []];
        return new ChainSettings
        {
            Name = name,
            Id = id,
            Host = hosts.Count > 0 ? hosts[0] : null,
            OtherHosts = [.. hosts.Skip(1)],
            Quorum = ReadQuorum(chain, name, hosts.Count),
            IsDefaultHost = written.Count == 0,
            Hub = ReadAddress(chain, name, "hub") ?? known?.Hub,
            Sms = ReadSms(chain, name) ?? known?.Sms,
            IexecGateway = ReadUrl(chain, name, "iexecGateway") ?? known?.IexecGateway,
            IpfsGateway = ReadUrl(chain, name, "ipfsGateway") ?? known?.IpfsGateway,
            IpfsNode = ReadUrl(chain, name, "ipfsNode") ?? known?.IpfsNode,
            ResultProxy = ReadUrl(chain, name, "resultProxy") ?? known?.ResultProxy,
            Compass = ReadUrl(chain, name, "compass") ?? known?.Compass,
            GasPriceWei = ReadFlag(chain, name, "useGas") == false ? UInt256.Zero : null,
            IsNative = ReadFlag(chain, name, "native"),
        };
    }

    // One node, or several that have to agree.
    private IReadOnlyList<Uri> ReadHosts(JsonObject chain, string name)
    {
        if (chain["host"] is not JsonArray hosts)
        {
            return ReadUrl(chain, name, "host") is { } host ? [host] : [];
        }

        var urls = new List<Uri>();
        foreach (var node in hosts)
        {
            if (node is null || ParseUrl(node) is not { } url)
            {
                throw _content.Wrong(["chains", name, "host"], $"host must be an http(s) URL, not {node?.ToJsonString() ?? "null"}");
            }

            // A node that is asked twice would agree with itself.
            if (urls.Contains(url))
            {
                throw _content.Wrong(["chains", name, "host"], $"host names {url.GetLeftPart(UriPartial.Authority)} twice");
            }

            urls.Add(url);
        }

        return urls.Count > 0 ? urls : throw _content.Wrong(["chains", name, "host"], "host must name at least one node");
    }

    // More than half of the nodes, if nothing is said.
    private int ReadQuorum(JsonObject chain, string name, int hosts)
    {
        if (chain["quorum"] is not { } node)
        {
            return Providers.Quorum(_content, hosts) ?? (hosts / 2) + 1;
        }

        return IdText(node) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quorum) && quorum >= 1 && quorum <= Math.Max(1, hosts)
            ? quorum
            : throw _content.Wrong(["chains", name, "quorum"], $"quorum must be a number from 1 to {Math.Max(1, hosts)}, as many nodes as \"host\" names");
    }

    private ulong ReadId(JsonObject chain, string name)
    {
        if (chain["id"] is not { } node)
        {
            return KnownChains.Find(name)?.Id
                ?? throw _content.Wrong(["chains", name], $"Missing id of chain \"{name}\"", "Add \"id\": \"<chain id>\".", ErrorCode.ConfigurationError);
        }

        return ulong.TryParse(IdText(node), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : throw _content.Wrong(["chains", name, "id"], $"{node.ToJsonString()} is not a valid chain id");
    }

    private bool? ReadFlag(JsonObject chain, string name, string key) => chain[key]?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw _content.Wrong(["chains", name, key], $"{key} must be true or false, not {chain[key]!.ToJsonString()}"),
    };

    private Uri? ReadSms(JsonObject chain, string name)
    {
        if (chain["sms"] is not JsonObject map)
        {
            return ReadUrl(chain, name, "sms");
        }

        Uri? first = null;
        foreach (var (framework, _) in map)
        {
            var url = ReadUrl(map, name, framework, "sms");
            first ??= url;
        }

        return first;
    }

    private Uri? ReadUrl(JsonObject chain, string name, string key, params string[] within)
    {
        if (chain[key] is not { } node)
        {
            return null;
        }

        return ParseUrl(node) ?? throw _content.Wrong(["chains", name, .. within, key], $"{key} must be an http(s) URL, not {node.ToJsonString()}");
    }

    private Address? ReadAddress(JsonObject chain, string name, string key)
    {
        if (chain[key] is not { } node)
        {
            return null;
        }

        return TextOf(node) is { } text && Address.TryParse(text, out var address)
            ? address
            : throw _content.Wrong(["chains", name, key], $"{node.ToJsonString()} is not a valid ethereum address");
    }

    private void RefuseUnknown(JsonObject section, HashSet<string> known, string[] path)
    {
        foreach (var (key, _) in section)
        {
            if (!known.Contains(key))
            {
                throw _content.Wrong([.. path, key], $"Unknown key \"{key}\"");
            }
        }
    }

    private static Uri? ParseUrl(JsonNode node) =>
        TextOf(node) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    private static string? IdText(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => node.ToJsonString(),
        _ => null,
    };

    private static string? TextOf(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
