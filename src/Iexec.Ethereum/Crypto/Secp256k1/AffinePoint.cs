namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>A point of the curve y² = x³ + 7 that is not the point at infinity. Kept points have normalised coordinates.</summary>
internal readonly struct AffinePoint(in FieldElement x, in FieldElement y)
{
    internal readonly FieldElement X = x;

    internal readonly FieldElement Y = y;

    /// <summary>The generator G (SEC 2 §2.4.1).</summary>
    internal static AffinePoint Generator => new(
        new(0x59f2_815b_16f8_1798, 0x029b_fcdb_2dce_28d9, 0x55a0_6295_ce87_0b07, 0x79be_667e_f9dc_bbac),
        new(0x9c47_d08f_fb10_d4b8, 0xfd17_b448_a685_5419, 0x5da4_fbfc_0e11_08a8, 0x483a_da77_26a3_c465));

    /// <summary>True if the coordinates satisfy the curve's equation.</summary>
    internal static bool IsOnCurve(in FieldElement x, in FieldElement y) => FieldElement.AreEqual(y.Square(), RightSide(x)) == 1;

    /// <summary>The point with this x and a y of this parity; false if the curve has none there.</summary>
    internal static bool TryFromX(in FieldElement x, ulong isOdd, out AffinePoint point)
    {
        if (!FieldRoots.TrySquareRoot(RightSide(x), out var y))
        {
            point = default;
            return false;
        }

        point = new(x, y.IsOdd == isOdd ? y : (-y).Normalize());
        return true;
    }

    /// <summary>x³ + 7.</summary>
    private static FieldElement RightSide(in FieldElement x) => (x.Square() * x) + new FieldElement(7, 0, 0, 0);
}
