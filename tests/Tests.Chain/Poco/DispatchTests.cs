using System.Text.Json;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Poco;

/// <summary>The hub finds the piece that has a function: of all that its ABI lists, none is answered like a function nobody has.</summary>
public sealed class DispatchTests
{
    [Fact]
    public async Task Every_function_of_the_interface_is_reached_through_the_hub()
    {
        await using var chain = await TestHub.StartAsync();
        var functions = Functions();
        Assert.True(functions.Count > 100);

        // Whatever a function makes of arguments that are all zero, it is not what a stranger's selector gets.
        var calls = functions.Select(function => new EthCall(null, chain.Hub.Configuration.Hub, (byte[])[.. function.Selector, .. new byte[64 * 32]]));
        var replies = await chain.Eth.CallManyAsync([.. calls, new EthCall(null, chain.Hub.Configuration.Hub, (byte[])[1, 2, 3, 4])], null, default);

        Assert.Contains("fallback-disabled", replies[^1].Error!.Message, StringComparison.Ordinal);
        Assert.Empty(functions.Where((_, i) => replies[i].Error?.Message.Contains("fallback-disabled", StringComparison.Ordinal) == true).Select(function => function.Canonical));
    }

    private static List<AbiSignature> Functions()
    {
        using var artifact = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "contracts/artifacts/Hub.json")));
        return [.. artifact.RootElement.GetProperty("abi").EnumerateArray()
            .Where(item => item.GetProperty("type").GetString() == "function")
            .Select(item => new AbiSignature($"{item.GetProperty("name").GetString()}({string.Join(',', item.GetProperty("inputs").EnumerateArray().Select(TypeOf))})"))];
    }

    private static string TypeOf(JsonElement parameter)
    {
        var type = parameter.GetProperty("type").GetString()!;
        return type.StartsWith("tuple", StringComparison.Ordinal)
            ? $"({string.Join(',', parameter.GetProperty("components").EnumerateArray().Select(TypeOf))}){type["tuple".Length..]}"
            : type;
    }
}
