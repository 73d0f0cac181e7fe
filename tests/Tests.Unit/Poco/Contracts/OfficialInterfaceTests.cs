using System.Text.Json;
using System.Text.RegularExpressions;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Poco.Contracts;

/// <summary>
/// Our contracts answer to everything the official ones answer to: each selector and topic of the published interface
/// (<c>contracts/test/data/abi-poco-6.1.0*.txt</c>) is in our ABI, but for what is named here with its reason.
/// </summary>
public sealed partial class OfficialInterfaceTests
{
    private static readonly string[] Lists = ["abi-poco-6.1.0.txt", "abi-poco-6.1.0-native-boost.txt"];

    private static readonly Dictionary<string, string[]> LeftOut = new()
    {
        // With other registries the owner would decide who owns every asset.
        ["IexecInterfaceToken"] = ["function changeRegistries"],

        // And without a token there is none whose approveAndCall could call receiveApproval.
        ["IexecInterfaceNative"] = ["function changeRegistries", "function receiveApproval"],

        // Powers of an owner over everybody's balances.
        ["RLC"] = ["function forceApprove", "function forceBurn", "function owner", "function refill", "function transferOwnership"],
    };

    [Theory]
    [InlineData("IexecInterfaceToken", "Hub")]
    [InlineData("IexecInterfaceNative", "Hub -HubAccounts HubNativeAccounts")]
    [InlineData("IexecPocoBoost", "Hub")]
    [InlineData("IexecPocoBoostAccessors", "Hub")]
    [InlineData("AppRegistry", "AppRegistry")]
    [InlineData("DatasetRegistry", "DatasetRegistry")]
    [InlineData("WorkerpoolRegistry", "WorkerpoolRegistry")]
    [InlineData("App", "App")]
    [InlineData("Dataset", "Dataset")]
    [InlineData("Workerpool", "Workerpool")]
    [InlineData("RLC", "RLC")]
    public void Every_selector_and_topic_is_ours_too(string official, string ours)
    {
        var wanted = Official(official);
        Assert.NotEmpty(wanted);
        var missing = wanted.Except(Sum(ours)).Select(item => item[(item.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

        // Equal, not contained: what was left out and is there now must not stay on the list.
        Assert.Equal(string.Join('\n', LeftOut.GetValueOrDefault(official, [])), string.Join('\n', missing.Order(StringComparer.Ordinal)));
    }

    // Artifacts added up from left to right; "-" takes the items of one away.
    private static HashSet<string> Sum(string artifacts)
    {
        var sum = new HashSet<string>();
        foreach (var artifact in artifacts.Split(' '))
        {
            if (artifact.StartsWith('-'))
            {
                sum.ExceptWith(Ours(artifact[1..]));
            }
            else
            {
                sum.UnionWith(Ours(artifact));
            }
        }

        return sum;
    }

    private static List<string> Official(string contract)
    {
        var items = new List<string>();
        var section = "";
        foreach (var line in Lists.SelectMany(name => File.ReadLines(Path.Combine(Repository.Root, "contracts/test/data", name))))
        {
            section = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..].Trim() : section;
            if (section == contract && Item().Match(line) is { Success: true } match)
            {
                items.Add($"{match.Groups["id"]} {match.Groups["kind"]} {match.Groups["name"]}");
            }
        }

        return items;
    }

    private static IEnumerable<string> Ours(string contract)
    {
        using var artifact = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, $"contracts/artifacts/{contract}.json")));
        foreach (var item in artifact.RootElement.GetProperty("abi").EnumerateArray())
        {
            var kind = item.GetProperty("type").GetString();
            if (kind is "function" or "event")
            {
                var name = item.GetProperty("name").GetString();
                var signature = new AbiSignature($"{name}({string.Join(',', item.GetProperty("inputs").EnumerateArray().Select(TypeOf))})");
                yield return $"{Hex.Encode(signature.Selector)} {kind} {name}";
            }
        }
    }

    private static string TypeOf(JsonElement parameter)
    {
        var type = parameter.GetProperty("type").GetString()!;
        return type.StartsWith("tuple", StringComparison.Ordinal)
            ? $"({string.Join(',', parameter.GetProperty("components").EnumerateArray().Select(TypeOf))}){type[5..]}"
            : type;
    }

    [GeneratedRegex(@"^(?<id>0x[0-9a-f]{8}) (?<kind>function|event) (?<name>\w+)\(")]
    private static partial Regex Item();
}
