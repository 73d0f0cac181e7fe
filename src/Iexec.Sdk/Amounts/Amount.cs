using System.Globalization;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Amounts;

/// <summary>
/// Amounts as people write them: a decimal and a unit, e.g. <c>1.5 RLC</c>. Units are case-sensitive; an amount finer than its smallest
/// unit is refused rather than rounded.
/// </summary>
public static class Amount
{
    private static readonly Dictionary<string, int> RlcDecimals = new(StringComparer.Ordinal) { ["nRLC"] = 0, ["RLC"] = 9 };

    private static readonly Dictionary<string, int> EtherDecimals = new(StringComparer.Ordinal)
    {
        ["wei"] = 0, ["kwei"] = 3, ["mwei"] = 6, ["gwei"] = 9, ["szabo"] = 12, ["finney"] = 15, ["ether"] = 18, ["eth"] = 18,
    };

    /// <summary>nRLC from <c>&lt;amount&gt; [nRLC|RLC]</c>; the default unit is nRLC, an empty text is 0.</summary>
    /// <exception cref="IexecException">ValidationError.</exception>
    public static UInt256 ParseNrlc(string text, string defaultUnit = "nRLC") => Parse(text, defaultUnit, RlcDecimals);

    /// <summary>wei from <c>&lt;amount&gt; [wei … ether]</c>.</summary>
    /// <exception cref="IexecException">ValidationError.</exception>
    public static UInt256 ParseWei(string text, string defaultUnit = "wei") => Parse(text, defaultUnit, EtherDecimals);

    /// <summary>RLC without trailing zeros.</summary>
    public static string FormatRlc(UInt256 nrlc) => Format(nrlc, 9);

    /// <summary>Ether without trailing zeros.</summary>
    public static string FormatEther(UInt256 wei) => Format(wei, 18);

    private static UInt256 Parse(string text, string defaultUnit, Dictionary<string, int> units)
    {
        var words = text.Split(' ');
        return words.Length <= 2
            && units.TryGetValue(words.Length == 2 ? words[1] : defaultUnit, out var decimals)
            && TryScale(words[0], decimals, out var amount)
            ? amount
            : throw new IexecException(ErrorCode.ValidationError, $"{text} is not a valid amount", $"Write a number and one of {string.Join(", ", units.Keys)}.");
    }

    private static bool TryScale(string number, int decimals, out UInt256 amount)
    {
        amount = default;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? "" : number[(point + 1)..];
        if (fraction.Length > decimals || (point >= 0 && fraction.Length == 0) || !whole.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit))
        {
            return false;
        }

        var digits = (whole + fraction.PadRight(decimals, '0')).TrimStart('0');
        return UInt256.TryParse(digits.Length == 0 ? "0" : digits, out amount);
    }

    private static string Format(UInt256 amount, int decimals)
    {
        var digits = amount.ToString().PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : string.Create(CultureInfo.InvariantCulture, $"{digits[..^decimals]}.{fraction}");
    }
}
