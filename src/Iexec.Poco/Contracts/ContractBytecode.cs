using System.Text.Json;
using Iexec.Ethereum;

namespace Iexec.Poco.Contracts;

/// <summary>Creation code of the contracts, from the artifacts that the assembly carries: kept out of C# literals, read when something is deployed.</summary>
internal static class ContractBytecode
{
    /// <summary>The creation code of a contract, without constructor arguments.</summary>
    public static byte[] Load(string contract)
    {
        using var stream = typeof(ContractBytecode).Assembly.GetManifestResourceStream($"contracts/{contract}.json")
            ?? throw new ArgumentException($"There is no contract named {contract}.", nameof(contract));
        using var artifact = JsonDocument.Parse(stream);
        return Hex.Decode(artifact.RootElement.GetProperty("bytecode").GetString()!);
    }
}
