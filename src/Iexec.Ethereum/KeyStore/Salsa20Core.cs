using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Iexec.Ethereum.KeyStore;

/// <summary>
/// Salsa20/8 (RFC 7914 §3) on four vectors that hold the diagonals of the 4×4 matrix, so that each quarter-round of a
/// column or row round is one lane. <see cref="Gather"/> and <see cref="Scatter"/> change between that order and the plain one.
/// </summary>
internal static class Salsa20Core
{
    internal const int Words = 16;

    /// <summary>Plain index of each word in diagonal order.</summary>
    private static ReadOnlySpan<byte> Diagonals => [0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11];

    /// <summary>Plain order to diagonal order, block by block.</summary>
    internal static void Gather(ReadOnlySpan<uint> plain, Span<uint> diagonal)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            diagonal[i] = plain[(i & ~15) + Diagonals[i & 15]];
        }
    }

    /// <summary>Diagonal order to plain order, block by block.</summary>
    internal static void Scatter(ReadOnlySpan<uint> diagonal, Span<uint> plain)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            plain[(i & ~15) + Diagonals[i & 15]] = diagonal[i];
        }
    }

    /// <summary>x ← x + doubleround⁴(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Permute(ref Vector128<uint> x0, ref Vector128<uint> x1, ref Vector128<uint> x2, ref Vector128<uint> x3)
    {
        var (a, b, c, d) = (x0, x1, x2, x3);
        for (var round = 0; round < 8; round += 2)
        {
            QuarterRounds(ref a, ref b, ref c, ref d);
            // The row round is the same on the transposed matrix: turn the vectors, and b and d change places.
            (b, c, d) = (RotateLanes3(d, b, out var nextD), RotateLanes2(c), nextD);
            QuarterRounds(ref a, ref b, ref c, ref d);
            (b, c, d) = (RotateLanes3(d, b, out nextD), RotateLanes2(c), nextD);
        }

        x0 += a;
        x1 += b;
        x2 += c;
        x3 += d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRounds(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        b ^= Rotate(a + d, 7);
        c ^= Rotate(b + a, 9);
        d ^= Rotate(c + b, 13);
        a ^= Rotate(d + c, 18);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLanes2(Vector128<uint> value) => Vector128.Shuffle(value, Vector128.Create(2u, 3, 0, 1));

    /// <summary>Gives d turned by one lane, for b; and b turned the other way, for d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLanes3(Vector128<uint> d, Vector128<uint> b, out Vector128<uint> nextD)
    {
        nextD = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
        return Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
    }
}
