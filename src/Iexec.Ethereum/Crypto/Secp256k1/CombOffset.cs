namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// A random b and −b·G. Who multiplies computes (k + b)·G − b·G: what a side channel tells of one run's digits is not k, and b
/// is new with every start of the program.
/// </summary>
internal sealed class CombOffset
{
    private CombOffset(in Scalar scalar, in AffinePoint correction) => (Scalar, Correction) = (scalar, correction);

    internal Scalar Scalar { get; }

    internal AffinePoint Correction { get; }

    /// <summary>For b ≠ 0.</summary>
    internal static CombOffset Of(in Scalar b)
    {
        var point = GeneratorComb.Sum(b, Blinding.NextElement()).ToAffine();
        return new(b, new(point.X, (-point.Y).Normalize()));
    }
}
