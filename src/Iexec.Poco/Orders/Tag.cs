using Iexec.Ethereum;

namespace Iexec.Poco.Orders;

/// <summary>The 32-byte bit field of execution conditions. Bit 0 is the lowest bit of the last byte.</summary>
public readonly record struct Tag(Bytes32 Value)
{
    /// <summary>No condition.</summary>
    public static Tag None => default;

    /// <summary>Bit 0: trusted execution environment.</summary>
    public const int TeeBit = 0;

    /// <summary>Bit 1: SCONE.</summary>
    public const int SconeBit = 1;

    /// <summary>Bit 2: Gramine.</summary>
    public const int GramineBit = 2;

    /// <summary>Bit 3: Intel TDX.</summary>
    public const int TdxBit = 3;

    /// <summary>Bit 8: GPU.</summary>
    public const int GpuBit = 8;

    /// <summary>True if the bit is set.</summary>
    public bool Has(int bit) => (Value.AsSpan()[31 - (bit / 8)] & (1 << (bit % 8))) != 0;

    /// <summary>The conditions of both.</summary>
    public static Tag operator |(Tag left, Tag right) => Combine(left, right, static (a, b) => (byte)(a | b));

    /// <summary>The conditions that both have.</summary>
    public static Tag operator &(Tag left, Tag right) => Combine(left, right, static (a, b) => (byte)(a & b));

    /// <summary>The conditions of this one that <paramref name="other"/> lacks.</summary>
    public Tag Except(Tag other) => Combine(this, other, static (a, b) => (byte)(a & ~b));

    /// <summary>No bit set.</summary>
    public bool IsNone => Value.IsZero;

    /// <summary>The tag with these bits.</summary>
    public static Tag Of(params ReadOnlySpan<int> bits)
    {
        Span<byte> bytes = stackalloc byte[32];
        foreach (var bit in bits)
        {
            bytes[31 - (bit / 8)] |= (byte)(1 << (bit % 8));
        }

        return new Tag(new Bytes32(bytes));
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    private static Tag Combine(Tag left, Tag right, Func<byte, byte, byte> combine)
    {
        Span<byte> bytes = stackalloc byte[32];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = combine(left.Value.AsSpan()[i], right.Value.AsSpan()[i]);
        }

        return new Tag(new Bytes32(bytes));
    }
}
