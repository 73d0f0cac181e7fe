namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// Inverse and square root by fixed powers. Both exponents begin with a run of 223 ones and a run of 22, so they share
/// one ladder of "x to the power 2ⁿ − 1".
/// </summary>
internal static class FieldRoots
{
    /// <summary>x⁻¹ = x^(p−2) (Fermat); 0 for 0. Same time for every x.</summary>
    internal static FieldElement Invert(in FieldElement x)
    {
        var (x2, x22, x223) = Runs(x);
        var power = SquareTimes(x223, 23) * x22;
        power = SquareTimes(power, 5) * x;
        power = SquareTimes(power, 3) * x2;
        return SquareTimes(power, 2) * x;
    }

    /// <summary>x^((p+1)/4): a square root if there is one, since p ≡ 3 (mod 4). False if x is no square.</summary>
    internal static bool TrySquareRoot(in FieldElement x, out FieldElement root)
    {
        var (x2, x22, x223) = Runs(x);
        var power = SquareTimes(x223, 23) * x22;
        power = SquareTimes(power, 6) * x2;
        root = SquareTimes(power, 2);
        return FieldElement.AreEqual(root.Square(), x) == 1;
    }

    private static (FieldElement X2, FieldElement X22, FieldElement X223) Runs(in FieldElement x)
    {
        var x2 = x.Square() * x;
        var x3 = x2.Square() * x;
        var x6 = SquareTimes(x3, 3) * x3;
        var x9 = SquareTimes(x6, 3) * x3;
        var x11 = SquareTimes(x9, 2) * x2;
        var x22 = SquareTimes(x11, 11) * x11;
        var x44 = SquareTimes(x22, 22) * x22;
        var x88 = SquareTimes(x44, 44) * x44;
        var x176 = SquareTimes(x88, 88) * x88;
        var x220 = SquareTimes(x176, 44) * x44;
        var x223 = SquareTimes(x220, 3) * x3;
        return (x2, x22, x223);
    }

    private static FieldElement SquareTimes(FieldElement x, int count)
    {
        for (; count > 0; count--)
        {
            x = x.Square();
        }

        return x;
    }
}
