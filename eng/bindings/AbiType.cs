namespace Iexec.Bindings;

/// <summary>A parameter of a function, event or error, or a member of a tuple. The name is empty when the ABI has none.</summary>
internal sealed record AbiParameter(string Name, AbiType Type, bool Indexed);

/// <summary>A tuple that has a name.</summary>
internal sealed record AbiStruct(string Name, IReadOnlyList<AbiParameter> Members);

/// <summary>
/// A type of the contract ABI: how it is spelled in signatures (<paramref name="Canonical"/>) and in C# (<paramref name="CSharp"/>), how many words
/// it takes in a head, and whether its value lies in the tail.
/// </summary>
internal abstract record AbiType(string Canonical, string CSharp, int HeadWords, bool IsDynamic)
{
    /// <summary>uint8 … uint256.</summary>
    public sealed record Uint(int Bits) : AbiType($"uint{Bits}", Bits == 8 ? "byte" : "UInt256", 1, false);

    /// <summary>Types whose reader and writer methods have the same name.</summary>
    public sealed record Simple(string Name, string Type, string Method, bool Dynamic) : AbiType(Name, Type, 1, Dynamic);

    /// <summary>bytes1 … bytes31.</summary>
    public sealed record FixedBytes(int Size) : AbiType($"bytes{Size}", "byte[]", 1, false);

    /// <summary>T[].</summary>
    public sealed record Array(AbiType Element) : AbiType($"{Element.Canonical}[]", $"{Element.CSharp}[]", 1, true);

    /// <summary>A struct.</summary>
    public sealed record Tuple(AbiStruct Struct) : AbiType(
        $"({string.Join(',', Struct.Members.Select(member => member.Type.Canonical))})",
        $"{StructsEmitter.ClassName}.{Struct.Name}",
        Struct.Members.Any(member => member.Type.IsDynamic) ? 1 : Struct.Members.Sum(member => member.Type.HeadWords),
        Struct.Members.Any(member => member.Type.IsDynamic));

    /// <summary>A type that is not a tuple or an array.</summary>
    public static AbiType Elementary(string name) => name switch
    {
        "bool" => new Simple(name, "bool", "Bool", false),
        "address" => new Simple(name, "Address", "Address", false),
        "bytes32" => new Simple(name, "Bytes32", "Bytes32", false),
        "bytes" => new Simple(name, "byte[]", "Bytes", true),
        "string" => new Simple(name, "string", "String", true),
        _ when name.StartsWith("uint", StringComparison.Ordinal) && int.TryParse(name.AsSpan(4), out var bits) => new Uint(bits),
        _ when name.StartsWith("bytes", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out var size) => new FixedBytes(size),
        _ => throw new NotSupportedException($"The generator does not know the type {name}."),
    };
}
