using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// A residue modulo p = 2²⁵⁶ − 2³² − 977 in four little-endian limbs. Any 256-bit value is a legal representation
/// (0 and p are the same number); only <see cref="Normalize"/>, and what is built on it, needs the canonical one.
/// Every operation takes the same time for every value.
/// </summary>
internal readonly struct FieldElement
{
    /// <summary>2²⁵⁶ mod p: what a carry out of the top limb is worth.</summary>
    private const ulong Fold = 0x1_0000_03d1;

    private const ulong P0 = 0xffff_fffe_ffff_fc2f;

    private readonly ulong _0, _1, _2, _3;

    internal FieldElement(ulong l0, ulong l1, ulong l2, ulong l3) => (_0, _1, _2, _3) = (l0, l1, l2, l3);

    internal static FieldElement Zero => default;

    internal static FieldElement One => new(1, 0, 0, 0);

    /// <summary>Reads 32 bytes, most significant first; false if the number is not below p.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bigEndian, out FieldElement value)
    {
        value = new(
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian));
        var inRange = !(value._3 == ulong.MaxValue && value._2 == ulong.MaxValue && value._1 == ulong.MaxValue && value._0 >= P0);
        value = inRange ? value : default;
        return inRange;
    }

    /// <summary>Writes the canonical 32 bytes, most significant first.</summary>
    internal void Write(Span<byte> bigEndian)
    {
        var value = Normalize();
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, value._3);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], value._2);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], value._1);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], value._0);
    }

    /// <summary>The representation below p.</summary>
    internal FieldElement Normalize()
    {
        // value ≥ p exactly when value + Fold carries out; then that sum, cut to 256 bits, is value − p.
        var carry = 0UL;
        var r0 = Limbs.Add(_0, Fold, ref carry);
        var r1 = Limbs.Add(_1, 0, ref carry);
        var r2 = Limbs.Add(_2, 0, ref carry);
        var r3 = Limbs.Add(_3, 0, ref carry);
        return Select(Limbs.Mask(carry), new(r0, r1, r2, r3), this);
    }

    /// <summary>1 if zero modulo p, else 0.</summary>
    internal ulong IsZero
    {
        get
        {
            var value = Normalize();
            return 1 ^ Limbs.NonZero(value._0 | value._1 | value._2 | value._3);
        }
    }

    /// <summary>Lowest bit of the canonical form.</summary>
    internal ulong IsOdd => Normalize()._0 & 1;

    /// <summary>1 if both are the same modulo p.</summary>
    internal static ulong AreEqual(in FieldElement a, in FieldElement b) => (a - b).IsZero;

    /// <summary><paramref name="mask"/> is all ones or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FieldElement Select(ulong mask, in FieldElement whenSet, in FieldElement whenClear) => new(
        Limbs.Select(mask, whenSet._0, whenClear._0),
        Limbs.Select(mask, whenSet._1, whenClear._1),
        Limbs.Select(mask, whenSet._2, whenClear._2),
        Limbs.Select(mask, whenSet._3, whenClear._3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement a, in FieldElement b)
    {
        var carry = 0UL;
        var r0 = Limbs.Add(a._0, b._0, ref carry);
        var r1 = Limbs.Add(a._1, b._1, ref carry);
        var r2 = Limbs.Add(a._2, b._2, ref carry);
        var r3 = Limbs.Add(a._3, b._3, ref carry);
        return FoldCarry(r0, r1, r2, r3, Limbs.Mask(carry) & Fold);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        var borrow = 0UL;
        var r0 = Limbs.Subtract(a._0, b._0, ref borrow);
        var r1 = Limbs.Subtract(a._1, b._1, ref borrow);
        var r2 = Limbs.Subtract(a._2, b._2, ref borrow);
        var r3 = Limbs.Subtract(a._3, b._3, ref borrow);
        var fold = Limbs.Mask(borrow) & Fold;
        borrow = 0;
        r0 = Limbs.Subtract(r0, fold, ref borrow);
        r1 = Limbs.Subtract(r1, 0, ref borrow);
        r2 = Limbs.Subtract(r2, 0, ref borrow);
        r3 = Limbs.Subtract(r3, 0, ref borrow);
        // A second borrow leaves a number just below 2²⁵⁶, so this one stays within the lowest limb.
        return new(r0 - (Limbs.Mask(borrow) & Fold), r1, r2, r3);
    }

    public static FieldElement operator -(in FieldElement a) => Zero - a;

    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        ulong a0 = a._0, a1 = a._1, a2 = a._2, a3 = a._3;
        ulong b0 = b._0, b1 = b._1, b2 = b._2, b3 = b._3;

        var carry = 0UL;
        var t0 = Limbs.MultiplyAdd(a0, b0, 0, ref carry);
        var t1 = Limbs.MultiplyAdd(a0, b1, 0, ref carry);
        var t2 = Limbs.MultiplyAdd(a0, b2, 0, ref carry);
        var t3 = Limbs.MultiplyAdd(a0, b3, 0, ref carry);
        var t4 = carry;

        carry = 0;
        t1 = Limbs.MultiplyAdd(a1, b0, t1, ref carry);
        t2 = Limbs.MultiplyAdd(a1, b1, t2, ref carry);
        t3 = Limbs.MultiplyAdd(a1, b2, t3, ref carry);
        t4 = Limbs.MultiplyAdd(a1, b3, t4, ref carry);
        var t5 = carry;

        carry = 0;
        t2 = Limbs.MultiplyAdd(a2, b0, t2, ref carry);
        t3 = Limbs.MultiplyAdd(a2, b1, t3, ref carry);
        t4 = Limbs.MultiplyAdd(a2, b2, t4, ref carry);
        t5 = Limbs.MultiplyAdd(a2, b3, t5, ref carry);
        var t6 = carry;

        carry = 0;
        t3 = Limbs.MultiplyAdd(a3, b0, t3, ref carry);
        t4 = Limbs.MultiplyAdd(a3, b1, t4, ref carry);
        t5 = Limbs.MultiplyAdd(a3, b2, t5, ref carry);
        t6 = Limbs.MultiplyAdd(a3, b3, t6, ref carry);
        return Reduce(t0, t1, t2, t3, t4, t5, t6, carry);
    }

    internal FieldElement Square()
    {
        ulong a0 = _0, a1 = _1, a2 = _2, a3 = _3;

        // The six products of different limbs…
        var carry = 0UL;
        var t1 = Limbs.MultiplyAdd(a0, a1, 0, ref carry);
        var t2 = Limbs.MultiplyAdd(a0, a2, 0, ref carry);
        var t3 = Limbs.MultiplyAdd(a0, a3, 0, ref carry);
        var t4 = carry;
        carry = 0;
        t3 = Limbs.MultiplyAdd(a1, a2, t3, ref carry);
        t4 = Limbs.MultiplyAdd(a1, a3, t4, ref carry);
        var t5 = carry;
        carry = 0;
        t5 = Limbs.MultiplyAdd(a2, a3, t5, ref carry);
        var t6 = carry;

        // …count twice, …
        var t7 = t6 >> 63;
        t6 = (t6 << 1) | (t5 >> 63);
        t5 = (t5 << 1) | (t4 >> 63);
        t4 = (t4 << 1) | (t3 >> 63);
        t3 = (t3 << 1) | (t2 >> 63);
        t2 = (t2 << 1) | (t1 >> 63);
        t1 <<= 1;

        // …the four squares once.
        var high = Limbs.MultiplyHigh(a0, a0);
        var t0 = a0 * a0;
        carry = 0;
        t1 = Limbs.Add(t1, high, ref carry);
        high = Limbs.MultiplyHigh(a1, a1);
        var low = a1 * a1;
        t2 = Limbs.Add(t2, low, ref carry);
        t3 = Limbs.Add(t3, high, ref carry);
        high = Limbs.MultiplyHigh(a2, a2);
        low = a2 * a2;
        t4 = Limbs.Add(t4, low, ref carry);
        t5 = Limbs.Add(t5, high, ref carry);
        high = Limbs.MultiplyHigh(a3, a3);
        low = a3 * a3;
        t6 = Limbs.Add(t6, low, ref carry);
        t7 = Limbs.Add(t7, high, ref carry);
        return Reduce(t0, t1, t2, t3, t4, t5, t6, t7);
    }

    /// <summary>Product with a small public constant.</summary>
    internal FieldElement Times(uint factor)
    {
        var carry = 0UL;
        var r0 = Limbs.MultiplyAdd(_0, factor, 0, ref carry);
        var r1 = Limbs.MultiplyAdd(_1, factor, 0, ref carry);
        var r2 = Limbs.MultiplyAdd(_2, factor, 0, ref carry);
        var r3 = Limbs.MultiplyAdd(_3, factor, 0, ref carry);
        // carry < 2³¹ for every factor in use, so the product below fits one limb.
        return FoldCarry(r0, r1, r2, r3, carry * Fold);
    }

    /// <summary>A 512-bit product modulo p: the upper half is worth Fold each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduce(ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5, ulong t6, ulong t7)
    {
        var carry = 0UL;
        t0 = Limbs.MultiplyAdd(t4, Fold, t0, ref carry);
        t1 = Limbs.MultiplyAdd(t5, Fold, t1, ref carry);
        t2 = Limbs.MultiplyAdd(t6, Fold, t2, ref carry);
        t3 = Limbs.MultiplyAdd(t7, Fold, t3, ref carry);

        // carry ≤ Fold, so carry · Fold has up to 67 bits.
        var high = Limbs.MultiplyHigh(carry, Fold);
        var low = carry * Fold;
        carry = 0;
        t0 = Limbs.Add(t0, low, ref carry);
        t1 = Limbs.Add(t1, high, ref carry);
        t2 = Limbs.Add(t2, 0, ref carry);
        t3 = Limbs.Add(t3, 0, ref carry);

        // A carry here leaves a number below 2⁶⁸, so that what it is worth goes no further than the second limb.
        var fold = Limbs.Mask(carry) & Fold;
        carry = 0;
        t0 = Limbs.Add(t0, fold, ref carry);
        return new(t0, t1 + carry, t2, t3);
    }

    /// <summary>Adds one limb; a carry out leaves a number so small that folding it touches the lowest limb only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement FoldCarry(ulong r0, ulong r1, ulong r2, ulong r3, ulong addend)
    {
        var carry = 0UL;
        r0 = Limbs.Add(r0, addend, ref carry);
        r1 = Limbs.Add(r1, 0, ref carry);
        r2 = Limbs.Add(r2, 0, ref carry);
        r3 = Limbs.Add(r3, 0, ref carry);
        return new(r0 + (Limbs.Mask(carry) & Fold), r1, r2, r3);
    }
}
