using Iexec.Ethereum;

namespace Tests.Chain.Differential;

/// <summary>Amounts in nRLC that somebody may think of: none, the smallest, more than there is, usual ones.</summary>
internal static class Amounts
{
    public static readonly UInt256 Rlc = 1_000_000_000;

    /// <summary>What everybody begins with.</summary>
    public static readonly UInt256 Wealth = 1_000 * Rlc;

    public static UInt256 Any(Dice dice) => dice.Below(12) switch
    {
        0 => UInt256.Zero,
        1 => UInt256.One,
        2 => Rlc * 100_000_000,
        _ => (ulong)dice.Below(1_000_000_000),
    };
}
