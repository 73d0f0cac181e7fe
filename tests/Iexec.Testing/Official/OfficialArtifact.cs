using System.Text.Json;
using Iexec.Ethereum;

namespace Iexec.Testing.Official;

/// <summary>A compiled contract: creation code, perhaps with places for a library's address, and its functions.</summary>
internal sealed class OfficialArtifact
{
    private const string PlaceOfLibrary = "__$";
    private const int PlaceLength = 2 * Address.Size;

    private readonly string _bytecode;

    private OfficialArtifact(string name, string bytecode, IReadOnlyList<string> functions)
    {
        Name = name;
        _bytecode = bytecode;
        Functions = functions;
    }

    /// <summary>e.g. <c>IexecPoco1Delegate</c>.</summary>
    public string Name { get; }

    /// <summary>Canonical signatures; <c>receive</c> and <c>fallback</c> stand for themselves.</summary>
    public IReadOnlyList<string> Functions { get; }

    public static OfficialArtifact Load(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(OfficialPackage.FileOf(name)));
        return new OfficialArtifact(
            name,
            file.RootElement.GetProperty("bytecode").GetString()!,
            [.. file.RootElement.GetProperty("abi").EnumerateArray().Select(Signature).OfType<string>()]);
    }

    /// <summary>Creation code, linked with the only library that there is.</summary>
    public byte[] Link(Address? library = null)
    {
        var code = _bytecode;
        for (var place = code.IndexOf(PlaceOfLibrary, StringComparison.Ordinal); place >= 0; place = code.IndexOf(PlaceOfLibrary, StringComparison.Ordinal))
        {
            var address = library ?? throw new InvalidOperationException($"{Name} has to be linked with a library.");
            code = code.Replace(code.Substring(place, PlaceLength), Hex.Encode(address.AsSpan())[2..], StringComparison.Ordinal);
        }

        return Hex.Decode(code);
    }

    private static string? Signature(JsonElement entry) => entry.GetProperty("type").GetString() switch
    {
        "function" => entry.GetProperty("name").GetString() + Types(entry.GetProperty("inputs")),
        "receive" => "receive",
        "fallback" => "fallback",
        _ => null,
    };

    private static string Types(JsonElement members) => $"({string.Join(',', members.EnumerateArray().Select(Type))})";

    private static string Type(JsonElement member)
    {
        var type = member.GetProperty("type").GetString()!;
        return type.StartsWith("tuple", StringComparison.Ordinal) ? Types(member.GetProperty("components")) + type["tuple".Length..] : type;
    }
}
