using System.Numerics;
using Iexec.Ethereum;

namespace Iexec.Poco.Escrow;

/// <summary>A table of units, each a power of ten of the smallest, and the grammar of amounts: digits, a fraction, one space, a unit.</summary>
internal sealed class AmountUnits(params (string Name, int Decimals)[] units)
{
    // 2^256 has 78 digits; leading zeros may come before them.
    private const int MaxLength = 160;

    public bool Has(string name) => Array.Exists(units, known => known.Name == name);

    public UInt256 Parse(string text, string defaultUnit) => Parse(text.Split(' '), defaultUnit);

    public UInt256 Parse(IReadOnlyList<string?> words, string defaultUnit)
    {
        var unit = words.Count > 1 ? words[1] ?? defaultUnit : defaultUnit;
        var index = Array.FindIndex(units, known => known.Name == unit);
        return words.Count <= 2 && index >= 0 && Scale(words.Count == 0 ? "" : words[0] ?? "", units[index].Decimals) is { } amount
            ? amount
            : throw new FormatException($"{string.Join(' ', words)} is not a valid amount");
    }

    public static string Format(UInt256 amount, int decimals)
    {
        var digits = amount.ToString().PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }

    private static UInt256? Scale(string number, int decimals)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        // Zeros at the end say nothing: 1.0 is 1, also of what has no fractions.
        var (whole, fraction) = point < 0 ? (number, "") : (number[..point], number[(point + 1)..].TrimEnd('0'));
        var digits = whole + fraction;
        if (digits.Length > MaxLength || digits.AsSpan().ContainsAnyExceptInRange('0', '9') || fraction.Length > decimals || number == ".")
        {
            return null;
        }

        var value = (digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture))
            * BigInteger.Pow(10, decimals - fraction.Length);
        return value.GetBitLength() > 256 ? null : UInt256.FromBigInteger(value);
    }
}
