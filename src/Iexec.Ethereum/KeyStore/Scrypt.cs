using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Iexec.Ethereum.KeyStore;

/// <summary>scrypt (RFC 7914): a key from a password at the price of 128·n·r bytes of memory and 4·n·r·p block mixes.</summary>
public static class Scrypt
{
    /// <param name="password">Any bytes.</param>
    /// <param name="salt">Any bytes.</param>
    /// <param name="n">Rounds, a power of two above 1.</param>
    /// <param name="r">Block size in units of 128 bytes.</param>
    /// <param name="p">How many blocks are mixed, one after the other.</param>
    /// <param name="derived">Filled whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is no power of two above 1, or a factor is not positive or too large.</exception>
    public static void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, Span<byte> derived)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(n & (n - 1), 0, nameof(n));
        ArgumentOutOfRangeException.ThrowIfLessThan(r, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(32L * n * r, Array.MaxLength, nameof(r));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(128L * p * r, Array.MaxLength, nameof(p));

        var blockBytes = 128 * r;
        var blocks = new byte[blockBytes * p];
        var memory = GC.AllocateUninitializedArray<uint>(32 * n * r);
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt, blocks, 1, HashAlgorithmName.SHA256);
            for (var offset = 0; offset < blocks.Length; offset += blockBytes)
            {
                Mix(blocks.AsSpan(offset, blockBytes), n, memory);
            }

            Rfc2898DeriveBytes.Pbkdf2(password, blocks, derived, 1, HashAlgorithmName.SHA256);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(blocks);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(memory.AsSpan()));
        }
    }

    /// <summary>scryptROMix (RFC 7914 §5).</summary>
    private static void Mix(Span<byte> block, int n, uint[] memory)
    {
        // The words are little-endian in the block whatever the machine's order.
        var words = new uint[block.Length / sizeof(uint)];
        var x = new uint[words.Length];
        var y = new uint[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);
        }

        Salsa20Core.Gather(words, x);
        for (var i = 0; i < n; i++)
        {
            x.CopyTo(memory, i * x.Length);
            BlockMix(x, [], y);
            (x, y) = (y, x);
        }

        for (var i = 0; i < n; i++)
        {
            // Integerify: the first word of the last 64 bytes, which stays first in diagonal order.
            var j = (int)(x[^Salsa20Core.Words] & (uint)(n - 1));
            BlockMix(x, memory.AsSpan(j * x.Length, x.Length), y);
            (x, y) = (y, x);
        }

        Salsa20Core.Scatter(x, words);
        for (var i = 0; i < words.Length; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(block[(i * sizeof(uint))..], words[i]);
        }

        foreach (var buffer in (uint[][])[words, x, y])
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(buffer.AsSpan()));
        }
    }

    /// <summary>scryptBlockMix (RFC 7914 §4) of input ⊕ mask; an empty mask is none.</summary>
    private static void BlockMix(ReadOnlySpan<uint> input, ReadOnlySpan<uint> mask, Span<uint> output)
    {
        var source = MemoryMarshal.Cast<uint, Vector128<uint>>(input);
        var other = MemoryMarshal.Cast<uint, Vector128<uint>>(mask);
        var target = MemoryMarshal.Cast<uint, Vector128<uint>>(output);
        Vector128<uint> x0 = source[^4], x1 = source[^3], x2 = source[^2], x3 = source[^1];
        if (other.Length > 0)
        {
            x0 ^= other[^4];
            x1 ^= other[^3];
            x2 ^= other[^2];
            x3 ^= other[^1];
        }

        for (var i = 0; i < source.Length; i += 4)
        {
            x0 ^= source[i];
            x1 ^= source[i + 1];
            x2 ^= source[i + 2];
            x3 ^= source[i + 3];
            if (other.Length > 0)
            {
                x0 ^= other[i];
                x1 ^= other[i + 1];
                x2 ^= other[i + 2];
                x3 ^= other[i + 3];
            }

            Salsa20Core.Permute(ref x0, ref x1, ref x2, ref x3);

            // Even blocks go to the first half, odd ones to the second.
            var place = (i / 2 & ~3) + ((i & 4) == 0 ? 0 : source.Length / 2);
            target[place] = x0;
            target[place + 1] = x1;
            target[place + 2] = x2;
            target[place + 3] = x3;
        }
    }
}
