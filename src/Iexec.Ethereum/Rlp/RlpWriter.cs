using System.Buffers.Binary;
using System.Numerics;

namespace Iexec.Ethereum.Rlp;

/// <summary>Recursive length prefix, canonical form. Source: Ethereum yellow paper, appendix B.</summary>
public sealed class RlpWriter
{
    private const byte StringOffset = 0x80;
    private const byte ListOffset = 0xc0;

    // A payload up to this long has its length in the prefix byte itself.
    private const int ShortLength = 55;

    private byte[] _bytes = new byte[64];
    private int _count;

    /// <summary>A byte string.</summary>
    public RlpWriter Bytes(ReadOnlySpan<byte> value)
    {
        if (value.Length == 1 && value[0] < StringOffset)
        {
            Append(1)[0] = value[0];
            return this;
        }

        Prefix(StringOffset, value.Length);
        value.CopyTo(Append(value.Length));
        return this;
    }

    /// <summary>A scalar: big endian without leading zeros; 0 is the empty string.</summary>
    public RlpWriter Scalar(UInt256 value)
    {
        Span<byte> word = stackalloc byte[32];
        value.WriteBigEndian(word);
        return Bytes(word.TrimStart((byte)0));
    }

    /// <summary>A list.</summary>
    public RlpWriter List(Action<RlpWriter> items)
    {
        var list = new RlpWriter();
        items(list);
        Prefix(ListOffset, list._count);
        list._bytes.AsSpan(0, list._count).CopyTo(Append(list._count));
        return this;
    }

    /// <summary>The bytes.</summary>
    public byte[] ToArray() => _bytes[.._count];

    private void Prefix(byte offset, int length)
    {
        if (length <= ShortLength)
        {
            Append(1)[0] = (byte)(offset + length);
            return;
        }

        var lengthOfLength = (BitOperations.Log2((uint)length) / 8) + 1;
        Span<byte> bigEndian = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bigEndian, length);
        var prefix = Append(1 + lengthOfLength);
        prefix[0] = (byte)(offset + ShortLength + lengthOfLength);
        bigEndian[^lengthOfLength..].CopyTo(prefix[1..]);
    }

    private Span<byte> Append(int length)
    {
        var start = _count;
        _count = checked(start + length);
        if (_count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_count, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        }

        return _bytes.AsSpan(start, length);
    }
}
