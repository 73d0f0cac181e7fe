using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Unit.Ethereum.Crypto.Secp256k1;

/// <summary>Numbers below a modulus, as whole numbers: the model the limbs are compared with.</summary>
internal static class Residues
{
    internal static readonly BigInteger P = BigInteger.Parse("0fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    internal static readonly BigInteger N = BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Random ones, those next to powers of two and to the modulus, and words of long runs of ones and zeros, where carries go far.</summary>
    internal static Arbitrary<BigInteger> Below(BigInteger modulus) => Gen.OneOf(
        Gen.Choose(0, 255).ArrayOf(32).Select(bytes => new BigInteger([.. bytes.Select(value => (byte)value)], isUnsigned: true)),
        Gen.Choose(0, 256).SelectMany(_ => Gen.Choose(-2, 2), (power, offset) => BigInteger.Abs((BigInteger.One << power) + offset)),
        Gen.Choose(1, 1000).Select(below => modulus - below),
        Gen.Choose(0, 256).ArrayOf(6).Select(powers => powers.Aggregate(BigInteger.Zero, (sum, power) => sum ^ ((BigInteger.One << power) - 1))))
        .Select(number => number % modulus).ToArbitrary();

    internal static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 32 - digits.Length);
        return bytes;
    }

    internal static BigInteger Modulo(BigInteger number, BigInteger modulus) => ((number % modulus) + modulus) % modulus;

    internal static BigInteger Inverse(BigInteger number, BigInteger modulus) => BigInteger.ModPow(number, modulus - 2, modulus);
}
