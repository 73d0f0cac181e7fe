namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// a·G + b·Q for public numbers (verification, recovery), in variable time: four scalars of 128 bits share one run of
/// doublings (Straus), b split by the endomorphism, a simply in the middle, since 2¹²⁸·G is as well known as G.
/// </summary>
internal static class DoubleMultiplication
{
    private const int GeneratorWidth = 8;
    private const int PointWidth = 5;
    private const int PointMultiples = 1 << (PointWidth - 2);

    private static readonly Lazy<(AffinePoint[] Low, AffinePoint[] High)> GeneratorMultiples = new(BuildTables);

    internal static ProjectivePoint Multiply(in Scalar a, in Scalar b, in AffinePoint q)
    {
        var (low, high) = GeneratorMultiples.Value;
        Span<ProjectivePoint> first = stackalloc ProjectivePoint[PointMultiples];
        Span<ProjectivePoint> second = stackalloc ProjectivePoint[PointMultiples];
        OddMultiples(ProjectivePoint.From(q), first);
        for (var i = 0; i < PointMultiples; i++)
        {
            second[i] = Endomorphism.Apply(first[i]);
        }

        Span<sbyte> digits = stackalloc sbyte[4 * NonAdjacentForm.MaxDigits];
        var digitsLow = digits[..NonAdjacentForm.MaxDigits];
        var digitsHigh = digits.Slice(NonAdjacentForm.MaxDigits, NonAdjacentForm.MaxDigits);
        var digitsFirst = digits.Slice(2 * NonAdjacentForm.MaxDigits, NonAdjacentForm.MaxDigits);
        var digitsSecond = digits[(3 * NonAdjacentForm.MaxDigits)..];
        var (b1, b2) = Endomorphism.Split(b);
        var length = Math.Max(
            Math.Max(NonAdjacentForm.Write(a.Low128, GeneratorWidth, digitsLow), NonAdjacentForm.Write(a.High128, GeneratorWidth, digitsHigh)),
            Math.Max(NonAdjacentForm.Write(b1, PointWidth, digitsFirst), NonAdjacentForm.Write(b2, PointWidth, digitsSecond)));

        var sum = ProjectivePoint.Infinity;
        for (var i = length - 1; i >= 0; i--)
        {
            sum = sum.Double();
            Add(ref sum, low, digitsLow[i]);
            Add(ref sum, high, digitsHigh[i]);
            Add(ref sum, first, digitsFirst[i]);
            Add(ref sum, second, digitsSecond[i]);
        }

        return sum;
    }

    private static void Add(ref ProjectivePoint sum, AffinePoint[] odd, int digit)
    {
        if (digit != 0)
        {
            ref readonly var point = ref odd[Math.Abs(digit) >> 1];
            sum += digit > 0 ? point : new AffinePoint(point.X, -point.Y);
        }
    }

    private static void Add(ref ProjectivePoint sum, ReadOnlySpan<ProjectivePoint> odd, int digit)
    {
        if (digit != 0)
        {
            ref readonly var point = ref odd[Math.Abs(digit) >> 1];
            sum += digit > 0 ? point : -point;
        }
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

    private static (AffinePoint[] Low, AffinePoint[] High) BuildTables()
    {
        var odd = new ProjectivePoint[1 << (GeneratorWidth - 2)];
        var point = ProjectivePoint.From(AffinePoint.Generator);
        OddMultiples(point, odd);
        var low = PointBatch.ToAffine(odd);
        for (var i = 0; i < 128; i++)
        {
            point = point.Double();
        }

        OddMultiples(point, odd);
        return (low, PointBatch.ToAffine(odd));
    }
}
