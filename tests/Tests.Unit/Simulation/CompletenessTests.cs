using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Iexec.Simulation;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Simulation;

/// <summary>The model has every function that the contracts have.</summary>
public sealed partial class CompletenessTests
{
    /// <summary>Functions of the contracts without a model, and why.</summary>
    private static readonly string[] Exempt =
    [
        // Where the code of the hub lies is a matter of its deployment.
        "pieces",
    ];

    [Fact]
    public void Every_function_of_the_hub_is_modelled()
    {
        var modelled = SimulatedHub.Functions.ToHashSet();
        var missing = File.ReadLines(Path.Combine(Repository.Root, "contracts", "abi", "Hub.txt"))
            .Select(line => Function().Match(line))
            .Where(match => match.Success && !Exempt.Contains(match.Groups["name"].Value))
            .Where(match => !modelled.Contains(BinaryPrimitives.ReadUInt32BigEndian(Convert.FromHexString(match.Groups["selector"].Value))))
            .Select(match => match.Groups["name"].Value)
            .ToArray();

        Assert.Empty(missing);
        Assert.True(modelled.Count > 90);
    }

    [GeneratedRegex("^0x(?<selector>[0-9a-f]{8}) function (?<name>\\w+)")]
    private static partial Regex Function();
}
