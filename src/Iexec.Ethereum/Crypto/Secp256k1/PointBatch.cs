namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>Montgomery's trick: many divisions for the price of one and three products each.</summary>
internal static class PointBatch
{
    /// <summary>The same points with Z = 1. None may be at infinity.</summary>
    internal static AffinePoint[] ToAffine(ProjectivePoint[] points)
    {
        var before = new FieldElement[points.Length];
        var product = FieldElement.One;
        for (var i = 0; i < points.Length; i++)
        {
            before[i] = product;
            product *= points[i].Z;
        }

        var affine = new AffinePoint[points.Length];
        var inverse = FieldRoots.Invert(product);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            var reciprocal = inverse * before[i];
            inverse *= points[i].Z;
            affine[i] = new((points[i].X * reciprocal).Normalize(), (points[i].Y * reciprocal).Normalize());
        }

        return affine;
    }
}
