using Iexec.Ethereum;

namespace Iexec.Poco.Escrow;

/// <summary>Amounts of RLC as people write them. 1 RLC = 10⁹ nRLC; the names of units are case-sensitive, as in the official client.</summary>
public static class RlcAmount
{
    private static readonly AmountUnits Units = new(("nRLC", 0), ("RLC", 9));

    /// <summary>nRLC of <c>5</c> (in <paramref name="defaultUnit"/>), <c>5 nRLC</c> or <c>0.5 RLC</c>; nothing is 0.</summary>
    /// <exception cref="FormatException"><c>1.5 is not a valid amount</c>.</exception>
    public static UInt256 Parse(string text, string defaultUnit = "nRLC") => Units.Parse(text, defaultUnit);

    /// <summary>nRLC of an amount and, separately, its unit.</summary>
    /// <exception cref="FormatException">As above.</exception>
    public static UInt256 Parse(IReadOnlyList<string?> words, string defaultUnit = "nRLC") => Units.Parse(words, defaultUnit);

    /// <summary>RLC without trailing zeros, e.g. <c>0.5</c>.</summary>
    public static string FormatRlc(UInt256 amountNrlc) => AmountUnits.Format(amountNrlc, 9);
}

/// <summary>Amounts of the chain's coin as people write them, in wei inside.</summary>
public static class WeiAmount
{
    private static readonly AmountUnits Units = new(
        ("wei", 0), ("kwei", 3), ("mwei", 6), ("gwei", 9), ("szabo", 12), ("finney", 15), ("ether", 18), ("eth", 18));

    /// <summary>wei of <c>5</c> (in <paramref name="defaultUnit"/>) or <c>0.1 gwei</c>; nothing is 0.</summary>
    /// <exception cref="FormatException"><c>1.5 is not a valid amount</c>.</exception>
    public static UInt256 Parse(string text, string defaultUnit = "wei") => Units.Parse(text, defaultUnit);

    /// <summary>True for a unit that <see cref="Parse(string, string)"/> knows.</summary>
    public static bool IsUnit(string text) => Units.Has(text);

    /// <summary>wei of an amount and, separately, its unit.</summary>
    /// <exception cref="FormatException">As above.</exception>
    public static UInt256 Parse(IReadOnlyList<string?> words, string defaultUnit = "wei") => Units.Parse(words, defaultUnit);

    /// <summary>ether without trailing zeros, e.g. <c>0.5</c>.</summary>
    public static string FormatEther(UInt256 amountWei) => AmountUnits.Format(amountWei, 18);
}
