using System.Text.Json;
using Iexec.Ethereum.Abi;

namespace Iexec.Bindings;

/// <summary>What an entry of the ABI is.</summary>
internal enum AbiKind
{
    Constructor,
    Function,
    Event,
    Error,
}

/// <summary>An entry of the ABI.</summary>
internal sealed record AbiItem(AbiKind Kind, string Name, IReadOnlyList<AbiParameter> Inputs, IReadOnlyList<AbiParameter> Outputs)
{
    /// <summary>The canonical signature.</summary>
    public AbiSignature Signature => new($"{Name}({string.Join(',', Inputs.Select(input => input.Type.Canonical))})");

    /// <summary>The signature for readers: structs by their names.</summary>
    public string Display => $"{Name}({string.Join(", ", Inputs.Select(input => StructNames.Spelling(input.Type)))})";
}

/// <summary>A compiled contract: the file <c>contracts/artifacts/{Name}.json</c>.</summary>
internal sealed record Artifact(string Name, IReadOnlyList<AbiItem> Items)
{
    public static Artifact Read(string file, StructNames structs)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var items = document.RootElement.GetProperty("abi").EnumerateArray()
            .Where(item => item.GetProperty("type").GetString() is not ("receive" or "fallback"))
            .Select(item => ReadItem(item, structs));
        return new Artifact(document.RootElement.GetProperty("contractName").GetString()!, [.. items]);
    }

    private static AbiItem ReadItem(JsonElement item, StructNames structs) => new(
        Enum.Parse<AbiKind>(item.GetProperty("type").GetString()!, ignoreCase: true),
        item.TryGetProperty("name", out var name) ? name.GetString()! : "",
        ReadParameters(item, "inputs", structs),
        ReadParameters(item, "outputs", structs));

    private static IReadOnlyList<AbiParameter> ReadParameters(JsonElement item, string member, StructNames structs) =>
        item.TryGetProperty(member, out var list) ? [.. list.EnumerateArray().Select(parameter => ReadParameter(parameter, structs))] : [];

    private static AbiParameter ReadParameter(JsonElement parameter, StructNames structs) => new(
        parameter.GetProperty("name").GetString()!,
        ReadType(parameter.GetProperty("type").GetString()!, parameter, structs),
        parameter.TryGetProperty("indexed", out var indexed) && indexed.GetBoolean());

    private static AbiType ReadType(string type, JsonElement parameter, StructNames structs)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return new AbiType.Array(ReadType(type[..^2], parameter, structs));
        }

        return type == "tuple"
            ? new AbiType.Tuple(structs.Resolve(ReadParameters(parameter, "components", structs)))
            : AbiType.Elementary(type);
    }
}
