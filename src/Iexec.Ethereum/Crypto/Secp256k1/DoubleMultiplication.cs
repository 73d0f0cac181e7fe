namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// a·G + b·Q for public numbers (verification, recovery), in variable time: both scalars in width-w non-adjacent form,
/// one shared run of doublings (Straus).
/// </summary>
internal static class DoubleMultiplication
{
    private const int GeneratorWidth = 8;
    private const int PointWidth = 5;
    private const int MaxDigits = 257;

    private static readonly Lazy<AffinePoint[]> GeneratorMultiples = new(() =>
    {
        var odd = new ProjectivePoint[1 << (GeneratorWidth - 2)];
        OddMultiples(ProjectivePoint.From(AffinePoint.Generator), odd);
        return PointBatch.ToAffine(odd);
    });

    internal static ProjectivePoint Multiply(in Scalar a, in Scalar b, in AffinePoint q)
    {
        var generator = GeneratorMultiples.Value;
        Span<ProjectivePoint> multiples = stackalloc ProjectivePoint[1 << (PointWidth - 2)];
        OddMultiples(ProjectivePoint.From(q), multiples);

        Span<sbyte> digitsA = stackalloc sbyte[MaxDigits];
        Span<sbyte> digitsB = stackalloc sbyte[MaxDigits];
        var length = Math.Max(NonAdjacentForm(a, GeneratorWidth, digitsA), NonAdjacentForm(b, PointWidth, digitsB));

        var sum = ProjectivePoint.Infinity;
        for (var i = length - 1; i >= 0; i--)
        {
            sum = sum.Double();
            if (digitsA[i] != 0)
            {
                var point = generator[Math.Abs(digitsA[i]) >> 1];
                sum += digitsA[i] > 0 ? point : new AffinePoint(point.X, -point.Y);
            }

            if (digitsB[i] != 0)
            {
                var point = multiples[Math.Abs(digitsB[i]) >> 1];
                sum += digitsB[i] > 0 ? point : -point;
            }
        }

        return sum;
    }

    /// <summary>P, 3P, 5P, …</summary>
    private static void OddMultiples(in ProjectivePoint point, Span<ProjectivePoint> multiples)
    {
        var twice = point.Double();
        multiples[0] = point;
        for (var i = 1; i < multiples.Length; i++)
        {
            multiples[i] = multiples[i - 1] + twice;
        }
    }

    /// <summary>Odd signed digits below 2^(w−1), at least w−1 zeros after each; gives how many digits are in use.</summary>
    private static int NonAdjacentForm(in Scalar k, int width, Span<sbyte> digits)
    {
        digits.Clear();
        var length = 0;
        var carry = 0;
        for (var position = 0; position < 256;)
        {
            if ((int)k.Bits(position, 1) == carry)
            {
                position++;
                continue;
            }

            var taken = Math.Min(width, 256 - position);
            var word = (int)k.Bits(position, taken) + carry;
            carry = word >> (width - 1);
            digits[position] = (sbyte)(word - (carry << width));
            length = position + 1;
            position += taken;
        }

        if (carry != 0)
        {
            digits[256] = 1;
            length = 257;
        }

        return length;
    }
}
