using System.Runtime.InteropServices;

namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// Secret multiples of the generator in constant time. The scalar is written in 64 signed hexadecimal digits −8 … 8; the
/// table holds j·256ⁱ·G for j = 1 … 8, i = 0 … 31, so that even digits need additions only and odd ones four doublings more
/// for all of them together. A digit is looked up by reading its whole row under a mask: no address depends on the secret.
/// Against what caches and timing do not show but power or radiation may, the scalar is offset (<see cref="CombOffset"/>) and the
/// sum starts with a random coordinate, which every later one inherits.
/// </summary>
internal static class GeneratorComb
{
    private const int Rows = 32;
    private const int Columns = 8;
    private const int Digits = 64;

    private static readonly Lazy<AffinePoint[]> Table = new(BuildTable);
    private static readonly Lazy<CombOffset> Offset = new(static () => CombOffset.Of(Blinding.NextScalar()));

    /// <summary>k·G for k ≠ 0.</summary>
    internal static AffinePoint Multiply(in Scalar k) => Multiply(k, Offset.Value, Blinding.NextElement());

    /// <summary>The same with a given offset and a given coordinate ≠ 0 of the first point.</summary>
    internal static AffinePoint Multiply(in Scalar k, CombOffset offset, in FieldElement firstY) =>
        (Sum(k + offset.Scalar, firstY) + offset.Correction).ToAffine();

    /// <summary>k·G for any k, by k's own digits.</summary>
    internal static ProjectivePoint Sum(in Scalar k, in FieldElement firstY)
    {
        var table = Table.Value;
        Span<sbyte> digits = stackalloc sbyte[Digits];
        var negated = k.IsHigh;
        SignedDigits(k.NegateIf(negated), digits);

        // Infinity in other coordinates: the formulas hold for it as for any point.
        var sum = new ProjectivePoint(FieldElement.Zero, firstY, FieldElement.Zero);
        for (var row = 0; row < Rows; row++)
        {
            sum += Lookup(table, row * Columns, digits[(2 * row) + 1]);
        }

        sum = sum.Double().Double().Double().Double();
        for (var row = 0; row < Rows; row++)
        {
            sum += Lookup(table, row * Columns, digits[2 * row]);
        }

        SecretBytes.Wipe(MemoryMarshal.AsBytes(digits));
        return new(sum.X, FieldElement.Select(Limbs.Mask(negated), -sum.Y, sum.Y), sum.Z);
    }

    /// <summary>Digits −8 … 8, least significant first, of a scalar below 2²⁵⁵ (no carry leaves the top digit).</summary>
    private static void SignedDigits(in Scalar k, Span<sbyte> digits)
    {
        var carry = 0;
        for (var i = 0; i < Digits; i++)
        {
            var digit = (int)k.Bits(4 * i, 4) + carry;
            carry = (digit + 7) >> 4;
            digits[i] = (sbyte)(digit - (carry << 4));
        }
    }

    /// <summary>digit · (first point of the row, which begins at <paramref name="first"/>).</summary>
    private static ProjectivePoint Lookup(AffinePoint[] table, int first, sbyte digit)
    {
        var sign = digit >> 31;
        var magnitude = (ulong)((digit ^ sign) - sign);
        FieldElement x = FieldElement.Zero, y = FieldElement.One;
        for (var j = 0; j < Columns; j++)
        {
            var mask = Limbs.Mask(1 ^ Limbs.NonZero(magnitude ^ (ulong)(j + 1)));
            x = FieldElement.Select(mask, table[first + j].X, x);
            y = FieldElement.Select(mask, table[first + j].Y, y);
        }

        y = FieldElement.Select((ulong)sign, -y, y);
        return new(x, y, new(Limbs.NonZero(magnitude), 0, 0, 0));
    }

    private static AffinePoint[] BuildTable()
    {
        var table = new ProjectivePoint[Rows * Columns];
        var step = ProjectivePoint.From(AffinePoint.Generator);
        for (var row = 0; row < Rows; row++)
        {
            var multiple = step;
            for (var j = 0; j < Columns; j++)
            {
                table[(row * Columns) + j] = multiple;
                multiple += step;
            }

            for (var i = 0; i < 8; i++)
            {
                step = step.Double();
            }
        }

        return PointBatch.ToAffine(table);
    }
}
