using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// Arithmetic of 64-bit limbs with explicit carries. Nothing here branches on a value: a comparison is materialised as a
/// flag byte (setcc), never as a jump, so that secrets do not show in the time taken.
/// </summary>
internal static class Limbs
{
    /// <summary>0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Bit(bool condition) => Unsafe.BitCast<bool, byte>(condition);

    /// <summary>All ones if the lowest bit is set, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mask(ulong bit) => 0UL - bit;

    /// <summary>1 if the value is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong NonZero(ulong value) => (value | (0UL - value)) >> 63;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Select(ulong mask, ulong whenSet, ulong whenClear) => whenClear ^ (mask & (whenSet ^ whenClear));

    /// <summary>a + b + carry (0 or 1); carry becomes the carry out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        var partial = a + b;
        var sum = partial + carry;
        carry = Bit(partial < a) + Bit(sum < partial);
        return sum;
    }

    /// <summary>a − b − borrow (0 or 1); borrow becomes the borrow out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Subtract(ulong a, ulong b, ref ulong borrow)
    {
        var partial = a - b;
        var difference = partial - borrow;
        borrow = Bit(a < b) + Bit(partial < borrow);
        return difference;
    }

    /// <summary>Low half of a·b + addend + carry; carry becomes the high half. Cannot overflow 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        var high = MultiplyHigh(a, b);
        var low = a * b;
        low += addend;
        high += Bit(low < addend);
        low += carry;
        high += Bit(low < carry);
        carry = high;
        return low;
    }

    /// <summary>
    /// Upper half of a·b. Asking for the halves separately is twice as fast here as asking for both at once, which hands
    /// the lower half over through memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);
}
