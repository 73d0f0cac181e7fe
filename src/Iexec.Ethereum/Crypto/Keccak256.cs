using System.Buffers.Binary;
using System.Text;

namespace Iexec.Ethereum.Crypto;

/// <summary>Keccak-256 with the original padding (0x01), as Ethereum uses it; not NIST SHA3-256.</summary>
public static class Keccak256
{
    internal const int RateBytes = 136;

    private const int StackLimit = 1024;

    /// <summary>Hash of the bytes.</summary>
    public static Bytes32 Hash(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Bytes32.Size];
        Hash(data, digest);
        return new Bytes32(digest);
    }

    /// <summary>Hash of the UTF-8 form of a text.</summary>
    public static Bytes32 Hash(string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        return Hash(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Writes the 32-byte hash into <paramref name="digest"/>. The two spans may overlap.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        Span<ulong> state = stackalloc ulong[KeccakPermutation.Lanes];
        state.Clear();
        while (data.Length >= RateBytes)
        {
            Absorb(state, data[..RateBytes]);
            data = data[RateBytes..];
        }

        Finish(state, data, digest);
    }

    /// <summary>Mixes one whole block into the state.</summary>
    internal static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var lane = 0; lane < RateBytes / sizeof(ulong); lane++)
        {
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        }

        KeccakPermutation.Apply(state);
    }

    /// <summary>Pads the last, incomplete block, absorbs it and squeezes the digest.</summary>
    internal static void Finish(Span<ulong> state, ReadOnlySpan<byte> rest, Span<byte> digest)
    {
        Span<byte> block = stackalloc byte[RateBytes];
        block.Clear();
        rest.CopyTo(block);
        block[rest.Length] ^= 0x01;
        block[^1] ^= 0x80;
        Absorb(state, block);
        for (var lane = 0; lane < Bytes32.Size / sizeof(ulong); lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(lane * sizeof(ulong))..], state[lane]);
        }
    }
}
