using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// A residue modulo p = 2²⁵⁶ − 2³² − 977 in five limbs of 52 bits (the top one of 48), with room above for sums that are
/// not yet carried. No operation compares or branches, so every one takes the same time for every value.
/// </summary>
/// <remarks>
/// Magnitude m: limbs up to 2m·(2⁵²−1), the top one up to 2m·(2⁴⁸−1). Products, squares, <see cref="Times"/> and
/// <see cref="Normalize"/> give magnitude 1; a sum has the sum of the magnitudes; what is subtracted or negated must be of
/// magnitude 2 at most and adds 3. Factors take magnitude 8 at most; Debug builds check it.
/// </remarks>
internal readonly struct FieldElement
{
    private const ulong Mask52 = (1UL << 52) - 1;
    private const ulong Mask48 = (1UL << 48) - 1;

    /// <summary>2²⁵⁶ mod p: what a bit above the top limb is worth.</summary>
    private const ulong Fold = 0x1_0000_03d1;

    /// <summary>2²⁶⁰ mod p: what a sixth limb would be worth.</summary>
    private const ulong FoldLimb = Fold << 4;

    private const ulong P0 = Mask52 - Fold + 1;

    private readonly ulong _0, _1, _2, _3, _4;

    /// <summary>Takes four words of 64 bits, least significant first.</summary>
    internal FieldElement(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        _0 = w0 & Mask52;
        _1 = ((w0 >> 52) | (w1 << 12)) & Mask52;
        _2 = ((w1 >> 40) | (w2 << 24)) & Mask52;
        _3 = ((w2 >> 28) | (w3 << 36)) & Mask52;
        _4 = w3 >> 16;
    }

    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_0, _1, _2, _3, _4) = (l0, l1, l2, l3, l4);

    internal static FieldElement Zero => default;

    internal static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>Reads 32 bytes, most significant first; false if the number is not below p.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bigEndian, out FieldElement value)
    {
        value = new(
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian));
        var inRange = !(value._4 == Mask48 && value._3 == Mask52 && value._2 == Mask52 && value._1 == Mask52 && value._0 >= P0);
        value = inRange ? value : default;
        return inRange;
    }

    /// <summary>Writes the canonical 32 bytes, most significant first.</summary>
    internal void Write(Span<byte> bigEndian)
    {
        var v = Normalize();
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, (v._4 << 16) | (v._3 >> 36));
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], (v._3 << 28) | (v._2 >> 24));
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], (v._2 << 40) | (v._1 >> 12));
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], (v._1 << 52) | v._0);
    }

    /// <summary>The representation below p.</summary>
    internal FieldElement Normalize()
    {
        // Carried twice, the value is below 2²⁵⁶ plus a little, so at most one p is left in it.
        var v = Carry(Carry(this));

        // v ≥ p exactly when v + Fold reaches 2²⁵⁶; then that sum, cut to 256 bits, is v − p.
        var r0 = v._0 + Fold;
        var r1 = v._1 + (r0 >> 52);
        var r2 = v._2 + (r1 >> 52);
        var r3 = v._3 + (r2 >> 52);
        var r4 = v._4 + (r3 >> 52);
        var reduced = new FieldElement(r0 & Mask52, r1 & Mask52, r2 & Mask52, r3 & Mask52, r4 & Mask48);
        return Select(Limbs.Mask(r4 >> 48), reduced, v);
    }

    /// <summary>1 if zero modulo p, else 0.</summary>
    internal ulong IsZero => AreEqual(this, Zero);

    /// <summary>Lowest bit of the canonical form.</summary>
    internal ulong IsOdd => Normalize()._0 & 1;

    /// <summary>1 if both are the same modulo p.</summary>
    internal static ulong AreEqual(in FieldElement a, in FieldElement b)
    {
        var (x, y) = (a.Normalize(), b.Normalize());
        return 1 ^ Limbs.NonZero((x._0 ^ y._0) | (x._1 ^ y._1) | (x._2 ^ y._2) | (x._3 ^ y._3) | (x._4 ^ y._4));
    }

    /// <summary><paramref name="mask"/> is all ones or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FieldElement Select(ulong mask, in FieldElement whenSet, in FieldElement whenClear) => new(
        Limbs.Select(mask, whenSet._0, whenClear._0),
        Limbs.Select(mask, whenSet._1, whenClear._1),
        Limbs.Select(mask, whenSet._2, whenClear._2),
        Limbs.Select(mask, whenSet._3, whenClear._3),
        Limbs.Select(mask, whenSet._4, whenClear._4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        new(a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        b.AssertMagnitude(2);
        // 6·p, limb by limb, is above every limb of magnitude 2.
        return new(
            a._0 + ((6 * P0) - b._0),
            a._1 + ((6 * Mask52) - b._1),
            a._2 + ((6 * Mask52) - b._2),
            a._3 + ((6 * Mask52) - b._3),
            a._4 + ((6 * Mask48) - b._4));
    }

    public static FieldElement operator -(in FieldElement a) => Zero - a;

    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        a.AssertMagnitude(8);
        b.AssertMagnitude(8);
        ulong a0 = a._0, a1 = a._1, a2 = a._2, a3 = a._3, a4 = a._4;
        ulong b0 = b._0, b1 = b._1, b2 = b._2, b3 = b._3, b4 = b._4;

        var t1 = High(a0, b0);
        var t0 = Low(a0, b0);
        var t2 = High(a0, b1) + High(a1, b0);
        t1 += Low(a0, b1) + Low(a1, b0);
        var t3 = High(a0, b2) + High(a1, b1) + High(a2, b0);
        t2 += Low(a0, b2) + Low(a1, b1) + Low(a2, b0);
        var t4 = High(a0, b3) + High(a1, b2) + High(a2, b1) + High(a3, b0);
        t3 += Low(a0, b3) + Low(a1, b2) + Low(a2, b1) + Low(a3, b0);
        var t5 = High(a0, b4) + High(a1, b3) + High(a2, b2) + High(a3, b1) + High(a4, b0);
        t4 += Low(a0, b4) + Low(a1, b3) + Low(a2, b2) + Low(a3, b1) + Low(a4, b0);
        var t6 = High(a1, b4) + High(a2, b3) + High(a3, b2) + High(a4, b1);
        t5 += Low(a1, b4) + Low(a2, b3) + Low(a3, b2) + Low(a4, b1);
        var t7 = High(a2, b4) + High(a3, b3) + High(a4, b2);
        t6 += Low(a2, b4) + Low(a3, b3) + Low(a4, b2);
        var t8 = High(a3, b4) + High(a4, b3);
        t7 += Low(a3, b4) + Low(a4, b3);
        var t9 = High(a4, b4);
        t8 += Low(a4, b4);
        return Reduce(t0, t1, t2, t3, t4, t5, t6, t7, t8, t9);
    }

    internal FieldElement Square()
    {
        AssertMagnitude(8);
        ulong a0 = _0, a1 = _1, a2 = _2, a3 = _3, a4 = _4;
        ulong d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2, d3 = 2 * a3;

        var t1 = High(a0, a0);
        var t0 = Low(a0, a0);
        var t2 = High(d0, a1);
        t1 += Low(d0, a1);
        var t3 = High(d0, a2) + High(a1, a1);
        t2 += Low(d0, a2) + Low(a1, a1);
        var t4 = High(d0, a3) + High(d1, a2);
        t3 += Low(d0, a3) + Low(d1, a2);
        var t5 = High(d0, a4) + High(d1, a3) + High(a2, a2);
        t4 += Low(d0, a4) + Low(d1, a3) + Low(a2, a2);
        var t6 = High(d1, a4) + High(d2, a3);
        t5 += Low(d1, a4) + Low(d2, a3);
        var t7 = High(d2, a4) + High(a3, a3);
        t6 += Low(d2, a4) + Low(a3, a3);
        var t8 = High(d3, a4);
        t7 += Low(d3, a4);
        var t9 = High(a4, a4);
        t8 += Low(a4, a4);
        return Reduce(t0, t1, t2, t3, t4, t5, t6, t7, t8, t9);
    }

    /// <summary>Product with a small public constant, below 128.</summary>
    internal FieldElement Times(uint factor)
    {
        AssertMagnitude(8);
        return Carry(new(_0 * factor, _1 * factor, _2 * factor, _3 * factor, _4 * factor));
    }

    /// <summary>Bits 52 and up of a product: with 6 zero bits behind each factor they are the upper word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) => Limbs.MultiplyHigh(a << 6, b << 6);

    /// <summary>The lowest 52 bits of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Low(ulong a, ulong b) => (a * b) & Mask52;

    /// <summary>
    /// Ten columns of weight 2^(52i), each below 2⁶³, modulo p: the upper five go down by five limbs, worth FoldLimb each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduce(
        ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5, ulong t6, ulong t7, ulong t8, ulong t9)
    {
        t0 += Low(t5, FoldLimb);
        t1 += HighOfFold(t5) + Low(t6, FoldLimb);
        t2 += HighOfFold(t6) + Low(t7, FoldLimb);
        t3 += HighOfFold(t7) + Low(t8, FoldLimb);
        t4 += HighOfFold(t8) + Low(t9, FoldLimb);
        t5 = HighOfFold(t9);
        t0 += Low(t5, FoldLimb);
        t1 += HighOfFold(t5);
        return Carry(new(t0, t1, t2, t3, t4));
    }

    /// <summary>Bits 52 and up of t · FoldLimb, for any t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HighOfFold(ulong t) => Limbs.MultiplyHigh(t, FoldLimb << 12);

    /// <summary>Limbs of any size back to magnitude 1: the lowest is left below 2⁵² + 2⁴⁹, the others are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Carry(in FieldElement v)
    {
        var r1 = v._1 + (v._0 >> 52);
        var r2 = v._2 + (r1 >> 52);
        var r3 = v._3 + (r2 >> 52);
        var r4 = v._4 + (r3 >> 52);
        var r0 = (v._0 & Mask52) + ((r4 >> 48) * Fold);
        return new(r0, r1 & Mask52, r2 & Mask52, r3 & Mask52, r4 & Mask48);
    }

    [Conditional("DEBUG")]
    private void AssertMagnitude(uint magnitude)
    {
        var limit = 2 * magnitude * Mask52;
        Debug.Assert(_0 <= limit && _1 <= limit && _2 <= limit && _3 <= limit && _4 <= 2 * magnitude * Mask48, "magnitude");
    }
}
