using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// A residue modulo n, the order of the group, in four little-endian limbs, always canonical. Every operation takes the
/// same time for every value; products are Montgomery's, whose reduction needs no trial.
/// </summary>
internal readonly struct Scalar
{
    private const ulong N0 = 0xbfd2_5e8c_d036_4141;
    private const ulong N1 = 0xbaae_dce6_af48_a03b;
    private const ulong N2 = 0xffff_ffff_ffff_fffe;
    private const ulong N3 = 0xffff_ffff_ffff_ffff;

    /// <summary>−n⁻¹ mod 2⁶⁴.</summary>
    private const ulong NegatedInverse = 0x4b0d_ff66_5588_b13f;

    private readonly ulong _0, _1, _2, _3;

    internal Scalar(ulong l0, ulong l1, ulong l2, ulong l3) => (_0, _1, _2, _3) = (l0, l1, l2, l3);

    internal static Scalar Zero => default;

    internal static Scalar One => new(1, 0, 0, 0);

    /// <summary>2⁵¹² mod n: one Montgomery product with it undoes the factor 2⁻²⁵⁶ of another.</summary>
    private static Scalar MontgomerySquare =>
        new(0x896c_f214_67d7_d140, 0x7414_96c2_0e7c_f878, 0xe697_f5e4_5bcd_07c6, 0x9d67_1cd5_81c6_9bc5);

    /// <summary>Reads 32 bytes, most significant first; 1 in <paramref name="overflow"/> if the number is not below n, whose rest is then given.</summary>
    internal static Scalar Read(ReadOnlySpan<byte> bigEndian, out ulong overflow)
    {
        var r0 = BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]);
        var r1 = BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]);
        var r2 = BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]);
        var r3 = BinaryPrimitives.ReadUInt64BigEndian(bigEndian);
        return SubtractOrder(r0, r1, r2, r3, 0, out overflow);
    }

    /// <summary>Writes 32 bytes, most significant first.</summary>
    internal void Write(Span<byte> bigEndian)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, _3);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], _2);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], _1);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], _0);
    }

    /// <summary>1 for zero, else 0.</summary>
    internal ulong IsZero => 1 ^ Limbs.NonZero(_0 | _1 | _2 | _3);

    /// <summary>1 if above (n−1)/2, else 0.</summary>
    internal ulong IsHigh
    {
        get
        {
            // (n−1)/2 − this borrows exactly then.
            var borrow = 0UL;
            Limbs.Subtract(0xdfe9_2f46_681b_20a0, _0, ref borrow);
            Limbs.Subtract(0x5d57_6e73_57a4_501d, _1, ref borrow);
            Limbs.Subtract(0xffff_ffff_ffff_ffff, _2, ref borrow);
            Limbs.Subtract(0x7fff_ffff_ffff_ffff, _3, ref borrow);
            return borrow;
        }
    }

    /// <summary>Up to 64 bits from a position on; the position is public.</summary>
    internal ulong Bits(int position, int count)
    {
        var (limb, shift) = (position >> 6, position & 63);
        var value = Limb(limb) >> shift;
        if (shift + count > 64 && limb < 3)
        {
            value |= Limb(limb + 1) << (64 - shift);
        }

        return value & (ulong.MaxValue >> (64 - count));
    }

    /// <summary>The lower 128 bits.</summary>
    internal Scalar Low128 => new(_0, _1, 0, 0);

    /// <summary>The upper 128 bits, moved down.</summary>
    internal Scalar High128 => new(_2, _3, 0, 0);

    private ulong Limb(int index) => index switch { 0 => _0, 1 => _1, 2 => _2, _ => _3 };

    public static Scalar operator +(in Scalar a, in Scalar b)
    {
        var carry = 0UL;
        var r0 = Limbs.Add(a._0, b._0, ref carry);
        var r1 = Limbs.Add(a._1, b._1, ref carry);
        var r2 = Limbs.Add(a._2, b._2, ref carry);
        var r3 = Limbs.Add(a._3, b._3, ref carry);
        return SubtractOrder(r0, r1, r2, r3, carry, out _);
    }

    public static Scalar operator -(in Scalar a)
    {
        var borrow = 0UL;
        var r0 = Limbs.Subtract(N0, a._0, ref borrow);
        var r1 = Limbs.Subtract(N1, a._1, ref borrow);
        var r2 = Limbs.Subtract(N2, a._2, ref borrow);
        var r3 = Limbs.Subtract(N3, a._3, ref borrow);
        // n − 0 = n is not canonical.
        return Select(Limbs.Mask(a.IsZero), Zero, new(r0, r1, r2, r3));
    }

    public static Scalar operator *(in Scalar a, in Scalar b) => Montgomery(Montgomery(a, b), MontgomerySquare);

    /// <summary>round(a·b / 2³⁸⁴), a number of up to 128 bits; a and b as whole numbers.</summary>
    internal static Scalar MultiplyAndShift(in Scalar a, in Scalar b)
    {
        Span<ulong> product = stackalloc ulong[8];
        product.Clear();
        for (var i = 0; i < 4; i++)
        {
            var carry = 0UL;
            for (var j = 0; j < 4; j++)
            {
                product[i + j] = Limbs.MultiplyAdd(a.Limb(i), b.Limb(j), product[i + j], ref carry);
            }

            product[i + 4] = carry;
        }

        var rounding = 0UL;
        var r0 = Limbs.Add(product[6], product[5] >> 63, ref rounding);
        var r1 = Limbs.Add(product[7], 0, ref rounding);
        return new(r0, r1, rounding, 0);
    }

    /// <summary>The negative if <paramref name="bit"/> is 1, the same if 0.</summary>
    internal Scalar NegateIf(ulong bit) => Select(Limbs.Mask(bit), -this, this);

    /// <summary>x⁻¹ = x^(n−2) (Fermat); 0 for 0. The window walks the exponent, which is public.</summary>
    internal Scalar Invert()
    {
        Span<Scalar> powers = stackalloc Scalar[16];
        powers[0] = Montgomery(One, MontgomerySquare);
        powers[1] = Montgomery(this, MontgomerySquare);
        for (var i = 2; i < powers.Length; i++)
        {
            powers[i] = Montgomery(powers[i - 1], powers[1]);
        }

        var exponent = new Scalar(N0 - 2, N1, N2, N3);
        var result = powers[(int)exponent.Bits(252, 4)];
        for (var position = 248; position >= 0; position -= 4)
        {
            result = Montgomery(result, result);
            result = Montgomery(result, result);
            result = Montgomery(result, result);
            result = Montgomery(result, result);
            result = Montgomery(result, powers[(int)exponent.Bits(position, 4)]);
        }

        powers.Clear();
        return Montgomery(result, One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Scalar Select(ulong mask, in Scalar whenSet, in Scalar whenClear) => new(
        Limbs.Select(mask, whenSet._0, whenClear._0),
        Limbs.Select(mask, whenSet._1, whenClear._1),
        Limbs.Select(mask, whenSet._2, whenClear._2),
        Limbs.Select(mask, whenSet._3, whenClear._3));

    /// <summary>a·b·2⁻²⁵⁶ mod n (coarsely integrated operand scanning).</summary>
    private static Scalar Montgomery(in Scalar a, in Scalar b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        Step(a._0, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a._1, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a._2, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a._3, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        return SubtractOrder(t0, t1, t2, t3, t4, out _);
    }

    /// <summary>t ← (t + a·b + m·n) / 2⁶⁴ with the m that makes the lowest limb vanish.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ulong a, in Scalar b, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        var carry = 0UL;
        t0 = Limbs.MultiplyAdd(a, b._0, t0, ref carry);
        t1 = Limbs.MultiplyAdd(a, b._1, t1, ref carry);
        t2 = Limbs.MultiplyAdd(a, b._2, t2, ref carry);
        t3 = Limbs.MultiplyAdd(a, b._3, t3, ref carry);
        var top = 0UL;
        t4 = Limbs.Add(t4, carry, ref top);

        var m = t0 * NegatedInverse;
        carry = 0;
        Limbs.MultiplyAdd(m, N0, t0, ref carry);
        t0 = Limbs.MultiplyAdd(m, N1, t1, ref carry);
        t1 = Limbs.MultiplyAdd(m, N2, t2, ref carry);
        t2 = Limbs.MultiplyAdd(m, N3, t3, ref carry);
        var last = 0UL;
        t3 = Limbs.Add(t4, carry, ref last);
        t4 = top + last;
    }

    /// <summary>The five-limb number, below 2n, modulo n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Scalar SubtractOrder(ulong r0, ulong r1, ulong r2, ulong r3, ulong r4, out ulong subtracted)
    {
        var borrow = 0UL;
        var s0 = Limbs.Subtract(r0, N0, ref borrow);
        var s1 = Limbs.Subtract(r1, N1, ref borrow);
        var s2 = Limbs.Subtract(r2, N2, ref borrow);
        var s3 = Limbs.Subtract(r3, N3, ref borrow);
        subtracted = r4 | (borrow ^ 1);
        return Select(Limbs.Mask(subtracted), new(s0, s1, s2, s3), new(r0, r1, r2, r3));
    }
}
