using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Chains;

/// <summary>
/// The section <c>providers</c> of <c>chain.json</c>: keys for companies that run nodes of public chains, and how many of them have to agree.
/// They are used for chains that name no host of their own.
/// </summary>
internal static class Providers
{
    private const string Section = "providers";
    private static readonly HashSet<string> Known = ["alchemy", "etherscan", "infura", "quorum"];

    private static readonly Dictionary<ulong, (string Infura, string Alchemy)> Names = new()
    {
        [1] = ("mainnet", "eth-mainnet"), [42161] = ("arbitrum-mainnet", "arb-mainnet"), [421614] = ("arbitrum-sepolia", "arb-sepolia"),
    };

    /// <summary>Their nodes of a chain; Etherscan's interface is no JSON-RPC, so its key is only accepted.</summary>
    public static IEnumerable<Uri> HostsFor(JsonFileContent file, ulong chainId)
    {
        if (file.Section(Section) is not { } providers)
        {
            yield break;
        }

        foreach (var (key, _) in providers.Where(member => !Known.Contains(member.Key)))
        {
            throw file.Wrong([Section, key], $"Unknown key \"{key}\"");
        }

        if (!Names.TryGetValue(chainId, out var names))
        {
            yield break;
        }

        if (Key(file, providers["infura"], "infura") is { } infura)
        {
            yield return new Uri($"https://{names.Infura}.infura.io/v3/{Uri.EscapeDataString(infura)}");
        }

        if (Key(file, providers["alchemy"], "alchemy") is { } alchemy)
        {
            yield return new Uri($"https://{names.Alchemy}.g.alchemy.com/v2/{Uri.EscapeDataString(alchemy)}");
        }
    }

    /// <summary>How many have to agree, if the file says it; never more than there are.</summary>
    public static int? Quorum(JsonFileContent file, int hosts)
    {
        if (file.Section(Section)?["quorum"] is not { } node)
        {
            return null;
        }

        var text = node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quorum) && quorum >= 1
            ? Math.Min(quorum, Math.Max(1, hosts))
            : throw file.Wrong([Section, "quorum"], $"quorum must be a number from 1, not {node.ToJsonString()}");
    }

    private static string? Key(JsonFileContent file, JsonNode? node, string name) => node switch
    {
        null => null,
        JsonObject pair when pair["projectId"] is JsonValue id && id.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw file.Wrong([Section, name], $"{name} must be a text, or an object with a projectId"),
    };
}
