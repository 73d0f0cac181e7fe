using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.Eip712;

/// <summary>encodeData of EIP-712: every member becomes one 32-byte word.</summary>
internal static class ValueEncoder
{
    /// <summary>keccak-256(typeHash ‖ encodeData).</summary>
    /// <exception cref="FormatException">A member is missing or does not fit its type; begins with its path.</exception>
    internal static Bytes32 HashStruct(StructTypes types, string name, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Unfit(path, name, value);
        }

        var stream = new Keccak256Stream();
        stream.Append(types.TypeHash(name).AsSpan());
        foreach (var member in types.Members(name))
        {
            var memberPath = $"{path}.{member.Name}";
            if (!value.TryGetProperty(member.Name, out var element))
            {
                throw new FormatException($"{memberPath}: missing; the type '{name}' asks for a {member.Type.Name}.");
            }

            stream.Append(Encode(types, member.Type, element, memberPath).AsSpan());
        }

        return stream.Finish();
    }

    private static Bytes32 Encode(StructTypes types, MemberType type, JsonElement value, string path) => type.Kind switch
    {
        MemberKind.Struct => HashStruct(types, type.Name, value, path),
        MemberKind.Array => HashArray(types, type, value, path),
        MemberKind.Text when value.ValueKind == JsonValueKind.String => Keccak256.Hash(value.GetString()!),
        MemberKind.Bytes when Bytes(value) is { } bytes => Keccak256.Hash(bytes),
        MemberKind.FixedBytes when Bytes(value) is { } bytes && bytes.Length == type.Size => PadRight(bytes),
        MemberKind.Address when value.ValueKind == JsonValueKind.String && Address.TryParse(value.GetString(), out var address) => PadLeft(address),
        MemberKind.Bool when value.ValueKind is JsonValueKind.True or JsonValueKind.False =>
            (value.GetBoolean() ? UInt256.One : UInt256.Zero).ToBytes32(),
        MemberKind.UnsignedInteger when Number(value) is { Sign: >= 0 } number && number.GetBitLength() <= type.Size => TwosComplement(number),
        // GetBitLength leaves the sign bit out, so −2ⁿ⁻¹ and 2ⁿ⁻¹−1 both have n−1.
        MemberKind.Integer when Number(value) is { } number && number.GetBitLength() < type.Size => TwosComplement(number),
        _ => throw Unfit(path, type.Name, value),
    };

    private static Bytes32 HashArray(StructTypes types, MemberType type, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Unfit(path, type.Name, value);
        }

        if (type.Size is { } size && value.GetArrayLength() != size)
        {
            throw new FormatException($"{path}: {type.Name} takes {size} elements, not {value.GetArrayLength()}.");
        }

        var stream = new Keccak256Stream();
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            stream.Append(Encode(types, type.Element!, element, $"{path}[{index++}]").AsSpan());
        }

        return stream.Finish();
    }

    private static byte[]? Bytes(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text
        && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && Hex.TryDecode(text, out var bytes)
            ? bytes
            : null;

    /// <summary>A JSON number without fraction or exponent, or a text of decimal digits (with sign) or hexadecimal with 0x.</summary>
    private static BigInteger? Number(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => "",
        };
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return UInt256.TryParse(text, out var hexadecimal) ? hexadecimal.ToBigInteger() : null;
        }

        // 2²⁵⁶ has 78 digits; longer texts are not worth the quadratic time of reading them.
        return text.Length <= 80 && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && text[0] != '+'
            ? number
            : null;
    }

    private static Bytes32 TwosComplement(BigInteger number) =>
        UInt256.FromBigInteger(number.Sign < 0 ? number + (BigInteger.One << 256) : number).ToBytes32();

    private static Bytes32 PadRight(ReadOnlySpan<byte> bytes)
    {
        Span<byte> word = stackalloc byte[Bytes32.Size];
        word.Clear();
        bytes.CopyTo(word);
        return new Bytes32(word);
    }

    private static Bytes32 PadLeft(in Address address) => UInt256.FromBigEndian(address.AsSpan()).ToBytes32();

    private static FormatException Unfit(string path, string type, JsonElement value)
    {
        var text = value.GetRawText();
        return new($"{path}: {(text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "…"))} is not a {type}.");
    }
}
