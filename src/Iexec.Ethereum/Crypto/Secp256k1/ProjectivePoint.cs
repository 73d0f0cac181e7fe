namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// A point (X : Y : Z), x = X/Z, y = Y/Z; infinity is (0 : 1 : 0). The formulas are the complete ones of Renes, Costello
/// and Batina (2016, algorithms 7 to 9 for a = 0): they hold for every pair of points, infinity and equal points included,
/// so neither secrets nor hostile inputs can reach a special case.
/// </summary>
internal readonly struct ProjectivePoint(in FieldElement x, in FieldElement y, in FieldElement z)
{
    /// <summary>3·b of the curve y² = x³ + b.</summary>
    private const uint TripleB = 21;

    internal readonly FieldElement X = x;

    internal readonly FieldElement Y = y;

    internal readonly FieldElement Z = z;

    internal static ProjectivePoint Infinity => new(FieldElement.Zero, FieldElement.One, FieldElement.Zero);

    internal static ProjectivePoint From(in AffinePoint point) => new(point.X, point.Y, FieldElement.One);

    internal bool IsInfinity => Z.IsZero == 1;

    public static ProjectivePoint operator -(in ProjectivePoint p) => new(p.X, -p.Y, p.Z);

    public static ProjectivePoint operator +(in ProjectivePoint p, in ProjectivePoint q)
    {
        var xx = p.X * q.X;
        var yy = p.Y * q.Y;
        var zz = p.Z * q.Z;
        var xy = ((p.X + p.Y) * (q.X + q.Y)) - (xx + yy);
        var yz = ((p.Y + p.Z) * (q.Y + q.Z)) - (yy + zz);
        var xz = ((p.X + p.Z) * (q.X + q.Z)) - (xx + zz);
        return Combine(xx, yy, zz, xy, yz, xz);
    }

    public static ProjectivePoint operator +(in ProjectivePoint p, in AffinePoint q)
    {
        var xx = p.X * q.X;
        var yy = p.Y * q.Y;
        var xy = ((p.X + p.Y) * (q.X + q.Y)) - (xx + yy);
        var yz = (q.Y * p.Z) + p.Y;
        var xz = (q.X * p.Z) + p.X;
        return Combine(xx, yy, p.Z, xy, yz, xz);
    }

    internal ProjectivePoint Double()
    {
        var yy = Y.Square();
        var yy8 = yy + yy;
        yy8 += yy8;
        yy8 += yy8;
        var zz = Z.Square().Times(TripleB);
        var difference = yy - (zz + zz) - zz;
        var x3 = difference * (X * Y);
        return new(x3 + x3, (difference * (yy + zz)) + (zz * yy8), (Y * Z) * yy8);
    }

    /// <summary>Divides by Z. Same time for every finite point; infinity, where there is nothing to divide by, gives (0, 0).</summary>
    internal AffinePoint ToAffine()
    {
        var inverse = FieldRoots.Invert(Z);
        return new((X * inverse).Normalize(), (Y * inverse).Normalize());
    }

    /// <summary>The common tail of both additions: from the six products to the sum.</summary>
    private static ProjectivePoint Combine(
        in FieldElement xx, in FieldElement yy, in FieldElement zz, in FieldElement xy, in FieldElement yz, in FieldElement xz)
    {
        var xx3 = xx + xx + xx;
        var bzz = zz.Times(TripleB);
        var bxz = xz.Times(TripleB);
        var plus = yy + bzz;
        var minus = yy - bzz;
        return new((xy * minus) - (yz * bxz), (minus * plus) + (bxz * xx3), (plus * yz) + (xx3 * xy));
    }
}
