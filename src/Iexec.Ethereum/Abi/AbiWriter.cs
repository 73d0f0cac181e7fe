using System.Buffers.Binary;
using System.Text;

namespace Iexec.Ethereum.Abi;

/// <summary>
/// Writes one tuple of the contract ABI: static values into the head, dynamic ones into the tail behind an offset.
/// The generated bindings call it; there is no reflection and no boxing.
/// Source: Solidity documentation, "Contract ABI Specification".
/// </summary>
public sealed class AbiWriter
{
    internal const int WordSize = 32;

    private readonly AbiBuffer _head = new();
    private readonly AbiBuffer _tail = new();

    // Where the head waits for an offset, and which place in the tail it means: the length of the head is known only at the end.
    private readonly List<(int Head, int Tail)> _offsets = [];

    /// <summary>uint8 … uint256, right-aligned.</summary>
    public AbiWriter Uint(UInt256 value)
    {
        value.WriteBigEndian(_head.Append(WordSize));
        return this;
    }

    /// <summary>bool.</summary>
    public AbiWriter Bool(bool value)
    {
        _head.Append(WordSize)[^1] = value ? (byte)1 : (byte)0;
        return this;
    }

    /// <summary>address.</summary>
    public AbiWriter Address(Address value)
    {
        value.AsSpan().CopyTo(_head.Append(WordSize)[12..]);
        return this;
    }

    /// <summary>bytes32.</summary>
    public AbiWriter Bytes32(Bytes32 value)
    {
        value.AsSpan().CopyTo(_head.Append(WordSize));
        return this;
    }

    /// <summary>bytes1 … bytes32, left-aligned.</summary>
    public AbiWriter FixedBytes(ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, WordSize, nameof(value));
        value.CopyTo(_head.Append(WordSize));
        return this;
    }

    /// <summary>bytes.</summary>
    public AbiWriter Bytes(ReadOnlySpan<byte> value)
    {
        Offset();
        Length(value.Length);
        value.CopyTo(_tail.Append(PaddedLength(value.Length)));
        return this;
    }

    /// <summary>string, UTF-8.</summary>
    /// <exception cref="EncoderFallbackException">A lone surrogate: what was signed must be what the caller meant.</exception>
    public AbiWriter String(string value)
    {
        var length = StrictUtf8.GetByteCount(value);
        Offset();
        Length(length);
        StrictUtf8.GetBytes(value, _tail.Append(PaddedLength(length)));
        return this;
    }

    /// <summary>A tuple without dynamic members: written in place.</summary>
    public AbiWriter StaticTuple(Action<AbiWriter> members) => StaticTuple(members, static (writer, write) => write(writer));

    /// <inheritdoc cref="StaticTuple(Action{AbiWriter})"/>
    public AbiWriter StaticTuple<T>(T value, Action<AbiWriter, T> members)
    {
        var offsets = _offsets.Count;
        members(this, value);
        ThrowIfDynamic(_offsets.Count != offsets);
        return this;
    }

    /// <summary>A tuple with a dynamic member: written into the tail.</summary>
    public AbiWriter DynamicTuple(Action<AbiWriter> members) => DynamicTuple(members, static (writer, write) => write(writer));

    /// <inheritdoc cref="DynamicTuple(Action{AbiWriter})"/>
    public AbiWriter DynamicTuple<T>(T value, Action<AbiWriter, T> members)
    {
        var tuple = new AbiWriter();
        members(tuple, value);
        Offset();
        tuple.CopyTo(_tail);
        return this;
    }

    /// <summary>T[] of elements that each take a fixed number of words.</summary>
    public AbiWriter StaticArray<T>(IReadOnlyCollection<T> items, Action<AbiWriter, T> element) => Array(items, element, dynamic: false);

    /// <summary>T[] of elements that are dynamic themselves (bytes, string, dynamic tuples).</summary>
    public AbiWriter DynamicArray<T>(IReadOnlyCollection<T> items, Action<AbiWriter, T> element) => Array(items, element, dynamic: true);

    /// <summary>Head and tail.</summary>
    public byte[] ToArray() => ToCallData([]);

    /// <summary>4-byte selector, head, tail.</summary>
    public byte[] ToCallData(ReadOnlySpan<byte> selector)
    {
        var data = new byte[selector.Length + _head.Count + _tail.Count];
        selector.CopyTo(data);
        Write(data.AsSpan(selector.Length));
        return data;
    }

    internal static int PaddedLength(int length) => checked(length + WordSize - 1) / WordSize * WordSize;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private AbiWriter Array<T>(IReadOnlyCollection<T> items, Action<AbiWriter, T> element, bool dynamic)
    {
        var body = new AbiWriter();
        foreach (var item in items)
        {
            element(body, item);
        }

        ThrowIfDynamic(!dynamic && body._offsets.Count != 0);
        Offset();
        Length(items.Count);
        body.CopyTo(_tail);
        return this;
    }

    private static void ThrowIfDynamic(bool isDynamic)
    {
        if (isDynamic)
        {
            throw new InvalidOperationException("A dynamic value was written into a static tuple or array; use the dynamic form.");
        }
    }

    private void Offset()
    {
        _offsets.Add((_head.Count, _tail.Count));
        _head.Append(WordSize);
    }

    private void Length(int length) => WriteInt(_tail.Append(WordSize), length);

    private void CopyTo(AbiBuffer destination) => Write(destination.Append(_head.Count + _tail.Count));

    private void Write(Span<byte> destination)
    {
        _head.Written.CopyTo(destination);
        _tail.Written.CopyTo(destination[_head.Count..]);
        foreach (var (head, tail) in _offsets)
        {
            WriteInt(destination[head..], _head.Count + tail);
        }
    }

    private static void WriteInt(Span<byte> word, int value) => BinaryPrimitives.WriteInt32BigEndian(word[(WordSize - 4)..], value);
}
