namespace Iexec.Ethereum.Rlp;

/// <summary>
/// Reads RLP in order and accepts the canonical form only: one value has one encoding, so a hash over it means one thing.
/// Every length is checked against the data before it is used.
/// </summary>
public sealed class RlpReader(ReadOnlyMemory<byte> data)
{
    private const int ShortLength = 55;

    private ReadOnlyMemory<byte> _rest = data;

    /// <summary>True when everything was read.</summary>
    public bool IsAtEnd => _rest.IsEmpty;

    /// <summary>A byte string.</summary>
    /// <exception cref="RlpException">A list, a truncated or a non-canonical form.</exception>
    public ReadOnlyMemory<byte> Bytes()
    {
        var first = First();
        if (first >= 0xc0)
        {
            throw new RlpException("Expected a byte string, found a list.");
        }

        if (first < 0x80)
        {
            return Take(1);
        }

        var payload = Payload(first, 0x80);
        return payload.Length == 1 && payload.Span[0] < 0x80
            ? throw new RlpException("A byte below 0x80 must stand for itself.")
            : payload;
    }

    /// <summary>A scalar of at most 256 bits, without leading zeros.</summary>
    public UInt256 Scalar()
    {
        var bytes = Bytes().Span;
        if (bytes.Length > 32 || (bytes.Length > 0 && bytes[0] == 0))
        {
            throw new RlpException("A scalar has at most 32 bytes and no leading zero.");
        }

        return UInt256.FromBigEndian(bytes);
    }

    /// <summary>A scalar of at most 64 bits.</summary>
    public ulong Ulong() => Scalar() is var value && value <= ulong.MaxValue
        ? (ulong)value
        : throw new RlpException($"{value} does not fit 64 bits.");

    /// <summary>A reader of the items of a list.</summary>
    public RlpReader List()
    {
        var first = First();
        return first >= 0xc0 ? new RlpReader(Payload(first, 0xc0)) : throw new RlpException("Expected a list, found a byte string.");
    }

    /// <summary>Demands that nothing follows.</summary>
    public void End()
    {
        if (!IsAtEnd)
        {
            throw new RlpException($"{_rest.Length} bytes follow where the data should end.");
        }
    }

    private byte First() => _rest.IsEmpty ? throw new RlpException("The data ends where an item was expected.") : _rest.Span[0];

    private ReadOnlyMemory<byte> Payload(byte first, byte offset)
    {
        Take(1);
        var length = first - offset;
        return Take(length <= ShortLength ? length : LongLength(length - ShortLength));
    }

    private int LongLength(int lengthOfLength)
    {
        var bytes = Take(lengthOfLength).Span;
        var length = bytes[0] == 0 ? UInt256.Zero : UInt256.FromBigEndian(bytes);
        if (length <= ShortLength)
        {
            throw new RlpException("The length is not in its shortest form.");
        }

        return length <= (ulong)_rest.Length
            ? (int)length
            : throw new RlpException($"An item of {length} bytes does not fit the {_rest.Length} bytes that are left.");
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw new RlpException($"An item of {length} bytes does not fit the {_rest.Length} bytes that are left.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
