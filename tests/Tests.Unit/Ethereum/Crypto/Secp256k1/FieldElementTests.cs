using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum.Crypto.Secp256k1;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto.Secp256k1;

public sealed class FieldElementTests
{
    private static readonly BigInteger P = Residues.P;
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Arithmetic_is_that_of_numbers_modulo_p() => Prop.ForAll(Residues.Below(P), Residues.Below(P), (a, b) =>
    {
        FieldElement x = Element(a), y = Element(b);
        return Same(x + y, a + b)
            && Same(x - y, a - b)
            && Same(-x, -a)
            && Same(x * y, a * b)
            && Same(x.Square(), a * a)
            && Same(x.Times(21), 21 * a)
            && FieldElement.AreEqual(x, y) == (a == b ? 1UL : 0)
            && FieldElement.AreEqual(x + y, y + x) == 1
            && (x - x).IsZero == 1
            && x.IsOdd == (a.IsEven ? 0UL : 1);
    }).Check(Thorough);

    [Fact]
    public void Sums_up_to_the_allowed_magnitude_still_multiply() => Prop.ForAll(Residues.Below(P), Residues.Below(P), (a, b) =>
    {
        FieldElement x = Element(a), y = Element(b);
        var sum = x + x + x + x + x + x + x + x;
        var difference = x - (y + y) - y;
        return Same(sum * sum, 64 * a * a)
            && Same(sum.Square(), 64 * a * a)
            && Same(sum * difference, 8 * a * (a - (3 * b)))
            && Same(difference.Square(), (a - (3 * b)) * (a - (3 * b)))
            && Same(difference.Times(21), 21 * (a - (3 * b)));
    }).Check(Thorough);

    [Fact]
    public void Inverses_and_roots_are_those_of_the_field() => Prop.ForAll(Residues.Below(P), a =>
    {
        var isSquare = BigInteger.ModPow(a, (P - 1) / 2, P) <= 1;
        return Same(FieldRoots.Invert(Element(a)), Residues.Inverse(a, P))
            && FieldRoots.TrySquareRoot(Element(a), out var root) == isSquare
            && (!isSquare || Same(root.Square(), a));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Only_numbers_below_p_are_read()
    {
        Assert.True(FieldElement.TryRead(Residues.Bytes(P - 1), out var largest));
        Assert.True(Same(largest, -1));
        Assert.False(FieldElement.TryRead(Residues.Bytes(P), out _));
        Assert.False(FieldElement.TryRead(Residues.Bytes((BigInteger.One << 256) - 1), out _));
    }

    private static FieldElement Element(BigInteger number)
    {
        Assert.True(FieldElement.TryRead(Residues.Bytes(number), out var element));
        return element;
    }

    private static bool Same(in FieldElement element, BigInteger expected)
    {
        var bytes = new byte[32];
        element.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true) == Residues.Modulo(expected, P);
    }
}
