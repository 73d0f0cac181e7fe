using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum.Crypto.Secp256k1;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto.Secp256k1;

public sealed class ScalarTests
{
    private static readonly BigInteger N = Residues.N;

    [Fact]
    public void Arithmetic_is_that_of_numbers_modulo_n() => Prop.ForAll(Residues.Below(N), Residues.Below(N), (a, b) =>
    {
        Scalar x = Element(a), y = Element(b);
        return Value(x + y) == Residues.Modulo(a + b, N)
            && Value(x * y) == Residues.Modulo(a * b, N)
            && Value(-x) == Residues.Modulo(-a, N)
            && Value(Scalar.MultiplyAndShift(x, y)) == ((a * b) + (BigInteger.One << 383)) >> 384
            && x.IsHigh == (a > N / 2 ? 1UL : 0)
            && x.IsZero == (a.IsZero ? 1UL : 0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_inverse_is_that_of_the_field() => Prop.ForAll(Residues.Below(N), a =>
        Value(Element(a).Invert()) == Residues.Inverse(a, N)).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Half_the_order_is_where_high_begins()
    {
        Assert.Equal(0UL, Element(N / 2).IsHigh);
        Assert.Equal(1UL, Element((N / 2) + 1).IsHigh);
    }

    [Fact]
    public void Numbers_from_n_on_are_reduced_and_reported() => Prop.ForAll(Residues.Below((BigInteger.One << 256) - N), a =>
    {
        var scalar = Scalar.Read(Residues.Bytes(N + a), out var overflow);
        return overflow == 1 && Value(scalar) == a;
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Splitting_gives_two_short_parts_that_add_up() => Prop.ForAll(Residues.Below(N), k =>
    {
        var lambda = BigInteger.Parse("05363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72", System.Globalization.NumberStyles.AllowHexSpecifier, null);
        var (k1, k2) = Endomorphism.Split(Element(k));
        BigInteger a = Value(k1), b = Value(k2);
        return Residues.Modulo(a + (b * lambda), N) == k
            && BigInteger.Min(a, N - a).GetBitLength() <= 128
            && BigInteger.Min(b, N - b).GetBitLength() <= 128;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Digits_add_up_to_their_scalar() => Prop.ForAll(Residues.Below(N), Gen.Choose(2, 8).ToArbitrary(), (k, width) =>
    {
        var digits = new sbyte[NonAdjacentForm.MaxDigits];
        var length = NonAdjacentForm.Write(Element(k), width, digits);
        var sum = BigInteger.Zero;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += digits[i] * (BigInteger.One << i);
        }

        return Residues.Modulo(sum, N) == k
            && digits.All(digit => digit == 0 || ((digit & 1) == 1 && Math.Abs(digit) < 1 << (width - 1)))
            && digits.Skip(length).All(digit => digit == 0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Both_ways_to_multiply_the_generator_agree_and_infinity_is_infinity() => Prop.ForAll(Residues.Below(N), k =>
    {
        var slow = DoubleMultiplication.Multiply(Element(k), Scalar.Zero, AffinePoint.Generator);
        var asPoint = DoubleMultiplication.Multiply(Scalar.Zero, Element(k), AffinePoint.Generator);
        var none = DoubleMultiplication.Multiply(Element(k), -Element(k), AffinePoint.Generator);
        if (k.IsZero)
        {
            return slow.IsInfinity && asPoint.IsInfinity && none.IsInfinity;
        }

        var fast = GeneratorComb.Multiply(Element(k));
        return none.IsInfinity && Same(slow.ToAffine(), fast) && Same(asPoint.ToAffine(), fast) && AffinePoint.IsOnCurve(fast.X, fast.Y);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Offset_and_first_coordinate_cancel_out() => Prop.ForAll(Residues.Below(N), Residues.Below(N), Residues.Below(Residues.P), (k, b, z) =>
    {
        if (k.IsZero || b.IsZero || z.IsZero)
        {
            return true;
        }

        var plain = DoubleMultiplication.Multiply(Element(k), Scalar.Zero, AffinePoint.Generator).ToAffine();
        FieldElement.TryRead(Residues.Bytes(z), out var firstY);
        return Same(plain, GeneratorComb.Multiply(Element(k), CombOffset.Of(Element(b)), firstY));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    // The moved scalar is 0, or the sum meets its own correction: no special case of the formulas.
    [Fact]
    public void An_offset_that_meets_the_scalar_is_no_special_case()
    {
        foreach (var k in new[] { BigInteger.One, 2, (N - 1) / 2, (N + 1) / 2, N - 1 })
        {
            var plain = DoubleMultiplication.Multiply(Element(k), Scalar.Zero, AffinePoint.Generator).ToAffine();
            foreach (var b in new[] { k, N - k, BigInteger.One, N - 1, Residues.Modulo(-2 * k, N) })
            {
                Assert.True(Same(plain, GeneratorComb.Multiply(Element(k), CombOffset.Of(Element(b)), FieldElement.One)), $"{k}, {b}");
            }
        }
    }

    private static bool Same(in AffinePoint a, in AffinePoint b) =>
        (FieldElement.AreEqual(a.X, b.X) & FieldElement.AreEqual(a.Y, b.Y)) == 1;

    private static Scalar Element(BigInteger number) => Scalar.Read(Residues.Bytes(number), out _);

    private static BigInteger Value(in Scalar scalar)
    {
        var bytes = new byte[32];
        scalar.Write(bytes);
        return new(bytes, isUnsigned: true, isBigEndian: true);
    }
}
