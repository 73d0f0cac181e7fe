using System.Globalization;

namespace Iexec.Ethereum.Eip712;

internal enum MemberKind
{
    Address,
    Bool,
    Bytes,
    FixedBytes,
    Integer,
    UnsignedInteger,
    Text,
    Struct,
    Array,
}

/// <summary>
/// The type of a member, read from its name. <paramref name="Size"/> is bits of an integer, bytes of bytesN, the length of
/// a fixed array (null if dynamic). <paramref name="Element"/> is there for arrays only.
/// </summary>
internal sealed record MemberType(string Name, MemberKind Kind, int? Size = null, MemberType? Element = null)
{
    /// <summary>The type without its array brackets.</summary>
    internal MemberType Innermost => Element is null ? this : Element.Innermost;

    /// <summary>Null if the text names no type; whether a struct of that name exists is for the caller to check.</summary>
    internal static MemberType? Parse(string name) => Parse(name, 0);

    private static MemberType? Parse(string name, int depth)
    {
        if (name.EndsWith(']'))
        {
            var open = name.LastIndexOf('[');
            var length = open < 0 ? null : name[(open + 1)..^1];
            // Nobody nests arrays deeper than a few levels; a stranger's text must not nest our calls.
            if (open <= 0 || depth == 16 || (length!.Length > 0 && PositiveNumber(length) is null))
            {
                return null;
            }

            return Parse(name[..open], depth + 1) is { } element
                ? new(name, MemberKind.Array, length.Length == 0 ? null : PositiveNumber(length), element)
                : null;
        }

        return name switch
        {
            "address" => new(name, MemberKind.Address),
            "bool" => new(name, MemberKind.Bool),
            "bytes" => new(name, MemberKind.Bytes),
            "string" => new(name, MemberKind.Text),
            _ when Sized(name, "bytes") is { } size and <= 32 => new(name, MemberKind.FixedBytes, size),
            _ when Sized(name, "uint") is { } size and <= 256 && size % 8 == 0 => new(name, MemberKind.UnsignedInteger, size),
            _ when Sized(name, "int") is { } size and <= 256 && size % 8 == 0 => new(name, MemberKind.Integer, size),
            _ when IsIdentifier(name) => new(name, MemberKind.Struct),
            _ => null,
        };
    }

    internal static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');

    private static int? Sized(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? PositiveNumber(name[prefix.Length..]) : null;

    /// <summary>A number as Solidity writes it, without sign or leading zero.</summary>
    private static int? PositiveNumber(string digits) =>
        digits.Length is > 0 and <= 6 && digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
