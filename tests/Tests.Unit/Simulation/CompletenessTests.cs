using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Iexec.Simulation;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Simulation;

/// <summary>The model has every function that the contracts have.</summary>
public sealed partial class CompletenessTests
{
    [Fact]
    public void Every_function_of_the_hub_is_modelled()
    {
        Assert.Empty(Missing("Hub", SimulatedHub.Functions));
        Assert.True(SimulatedHub.Functions.Count > 90);
    }

    [Fact]
    public void Every_function_of_money_is_modelled_of_a_hub_of_coins() =>
        Assert.Empty(Missing("HubNativeAccounts", SimulatedHub.FunctionsOfCoins));

    private static string[] Missing(string contract, IReadOnlyCollection<uint> modelled) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "contracts", "abi", $"{contract}.txt"))
            .Select(line => Function().Match(line))
            .Where(match => match.Success)
            .Where(match => !modelled.Contains(BinaryPrimitives.ReadUInt32BigEndian(Convert.FromHexString(match.Groups["selector"].Value))))
            .Select(match => match.Groups["name"].Value),
    ];

    [GeneratedRegex("^0x(?<selector>[0-9a-f]{8}) function (?<name>\\w+)")]
    private static partial Regex Function();
}
