using System.Buffers.Binary;
using System.Text;

namespace Iexec.Ethereum.Abi;

/// <summary>
/// Reads one tuple of the contract ABI in order. Offsets and lengths are checked against the data, so that hostile bytes
/// give an <see cref="AbiException"/> and never a large allocation. Offsets may overlap, as the format allows, but the work
/// that overlapping can cause is limited to a small multiple of the data.
/// </summary>
public sealed class AbiReader
{
    private const int WordSize = AbiWriter.WordSize;

    private readonly ReadOnlyMemory<byte> _tuple;
    private readonly Budget _budget;
    private int _position;

    /// <summary>Starts at the first word of a tuple.</summary>
    public AbiReader(ReadOnlyMemory<byte> data)
        : this(data, new Budget(data.Length))
    {
    }

    private AbiReader(ReadOnlyMemory<byte> tuple, Budget budget)
    {
        _tuple = tuple;
        _budget = budget;
    }

    /// <summary>uint8 … uint256.</summary>
    public UInt256 Uint() => UInt256.FromBigEndian(Word());

    /// <summary>A uint that the protocol bounds to 64 bits (times, indices). Throws when larger.</summary>
    public ulong Ulong()
    {
        var word = Word();
        return word[..^8].ContainsAnyExcept((byte)0)
            ? throw new AbiException($"{UInt256.FromBigEndian(word)} does not fit 64 bits.")
            : BinaryPrimitives.ReadUInt64BigEndian(word[^8..]);
    }

    /// <summary>uint8. Throws when larger.</summary>
    public byte Byte()
    {
        var value = Ulong();
        return value <= byte.MaxValue ? (byte)value : throw new AbiException($"{value} does not fit a uint8.");
    }

    /// <summary>bool: 0 or 1.</summary>
    public bool Bool() => Ulong() switch
    {
        0 => false,
        1 => true,
        var other => throw new AbiException($"{other} is not a bool."),
    };

    /// <summary>address: the upper 12 bytes must be zero.</summary>
    public Address Address()
    {
        var word = Word();
        return word[..12].ContainsAnyExcept((byte)0)
            ? throw new AbiException($"{Hex.Encode(word)} is not an address.")
            : new Address(word[12..]);
    }

    /// <summary>bytes32.</summary>
    public Bytes32 Bytes32() => new(Word());

    /// <summary>bytes1 … bytes31 of <paramref name="size"/> bytes: the bytes after them must be zero.</summary>
    public byte[] FixedBytes(int size)
    {
        var word = Word();
        return word[size..].ContainsAnyExcept((byte)0)
            ? throw new AbiException($"{Hex.Encode(word)} is not a bytes{size}.")
            : word[..size].ToArray();
    }

    /// <summary>bytes.</summary>
    public byte[] Bytes() => Blob().ToArray();

    /// <summary>string; bytes that are not UTF-8 become U+FFFD, since a stranger may have written them.</summary>
    public string String() => Encoding.UTF8.GetString(Blob());

    /// <summary>A tuple without dynamic members.</summary>
    public T StaticTuple<T>(Func<AbiReader, T> members) => members(this);

    /// <summary>A tuple with a dynamic member.</summary>
    public T DynamicTuple<T>(Func<AbiReader, T> members) => members(new AbiReader(Target(), _budget));

    /// <summary>T[] of elements that each take <paramref name="wordsPerItem"/> words.</summary>
    public T[] StaticArray<T>(int wordsPerItem, Func<AbiReader, T> element)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wordsPerItem, 1);
        return Array(wordsPerItem, element);
    }

    /// <summary>T[] of dynamic elements.</summary>
    public T[] DynamicArray<T>(Func<AbiReader, T> element) => Array(1, element);

    private T[] Array<T>(int headWordsPerItem, Func<AbiReader, T> element)
    {
        var (count, body) = Counted();
        if (count > body.Length / ((long)headWordsPerItem * WordSize))
        {
            throw new AbiException($"An array of {count} elements does not fit the {body.Length} bytes that are left.");
        }

        // Paid before the array is made: overlapping arrays must not allocate more than the data justifies.
        _budget.Spend((long)count * headWordsPerItem * WordSize);
        var reader = new AbiReader(body, _budget);
        var items = new T[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = element(reader);
        }

        return items;
    }

    private ReadOnlySpan<byte> Blob()
    {
        var (length, body) = Counted();
        if (length > body.Length)
        {
            throw new AbiException($"A value of {length} bytes does not fit the {body.Length} bytes that are left.");
        }

        _budget.Spend(length);
        return body.Span[..length];
    }

    /// <summary>Follows an offset to a length word; what comes after that word.</summary>
    private (int Count, ReadOnlyMemory<byte> Body) Counted()
    {
        var target = Target();
        var reader = new AbiReader(target, _budget);
        var count = reader.Int("length");
        return (count, target[WordSize..]);
    }

    private ReadOnlyMemory<byte> Target()
    {
        var offset = Int("offset");
        return offset <= _tuple.Length
            ? _tuple[offset..]
            : throw new AbiException($"The offset {offset} points past the end of {_tuple.Length} bytes.");
    }

    private int Int(string what)
    {
        var word = Word();
        return word[..^4].ContainsAnyExcept((byte)0) || word[^4] > 0x7f
            ? throw new AbiException($"The {what} {UInt256.FromBigEndian(word)} points past the end of the data.")
            : BinaryPrimitives.ReadInt32BigEndian(word[^4..]);
    }

    private ReadOnlySpan<byte> Word()
    {
        if (_tuple.Length - _position < WordSize)
        {
            throw new AbiException($"The data ends at byte {_tuple.Length} of this tuple, where a word was expected at byte {_position}.");
        }

        _budget.Spend(WordSize);
        var word = _tuple.Span.Slice(_position, WordSize);
        _position += WordSize;
        return word;
    }

    /// <summary>
    /// Nested arrays whose offsets all point to the same bytes describe a value far larger than the data.
    /// Honest encoders write every value once; array heads are counted twice.
    /// </summary>
    private sealed class Budget(int dataLength)
    {
        private long _left = (4L * dataLength) + 1024;

        public void Spend(long bytes)
        {
            _left -= bytes;
            if (_left < 0)
            {
                throw new AbiException("The offsets overlap so much that the value is far larger than the data.");
            }
        }
    }
}
