using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Iexec.Ethereum;

/// <summary>32 bytes: a hash, a salt, a tag. Written as lower-case hexadecimal.</summary>
[JsonConverter(typeof(Bytes32JsonConverter))]
public readonly struct Bytes32 : IEquatable<Bytes32>, IComparable<Bytes32>, ISpanParsable<Bytes32>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly Storage _bytes;

    /// <summary>Takes exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Bytes32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A bytes32 has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        bytes.CopyTo(_bytes);
    }

    /// <summary>32 zero bytes.</summary>
    public static Bytes32 Zero => default;

    /// <summary>True for 32 zero bytes.</summary>
    public bool IsZero => this == default;

    /// <summary>The 32 bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.CreateReadOnlySpan(in Unsafe.As<Storage, byte>(ref Unsafe.AsRef(in _bytes)), Size);

    /// <summary>A copy of the 32 bytes.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary>Lower-case hexadecimal with <c>0x</c>.</summary>
    public override string ToString() => Hex.Encode(AsSpan());

    /// <summary>Reads 64 hexadecimal digits in any case, with or without <c>0x</c>.</summary>
    /// <exception cref="FormatException">Not 32 bytes of hexadecimal.</exception>
    public static Bytes32 Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"{text} is not a bytes32 hexstring");

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out Bytes32 value) => TryParse(text.AsSpan(), null, out value);

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse(ReadOnlySpan<char> text, IFormatProvider? provider, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var valid = Hex.TryDecode(text, bytes);
        value = valid ? new Bytes32(bytes) : default;
        return valid;
    }

    static Bytes32 IParsable<Bytes32>.Parse(string text, IFormatProvider? provider) => Parse(text);

    static bool IParsable<Bytes32>.TryParse(string? text, IFormatProvider? provider, out Bytes32 value) => TryParse(text, out value);

    static Bytes32 ISpanParsable<Bytes32>.Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => Parse(text.ToString());

    /// <inheritdoc/>
    public bool Equals(Bytes32 other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bytes32 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(AsSpan()[28..]);

    /// <inheritdoc/>
    public int CompareTo(Bytes32 other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <summary>Byte equality.</summary>
    public static bool operator ==(Bytes32 left, Bytes32 right) => left.Equals(right);

    /// <summary>Byte inequality.</summary>
    public static bool operator !=(Bytes32 left, Bytes32 right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Storage
    {
        private byte _first;
    }
}
