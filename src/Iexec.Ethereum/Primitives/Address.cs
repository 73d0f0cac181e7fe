using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum;

/// <summary>A 20-byte account or contract address. <see cref="ToString"/> gives the EIP-55 checksummed form.</summary>
[JsonConverter(typeof(AddressJsonConverter))]
public readonly struct Address : IEquatable<Address>, IComparable<Address>, ISpanParsable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    private readonly Bytes20 _bytes;

    /// <summary>Takes exactly 20 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"An address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        bytes.CopyTo(_bytes);
    }

    /// <summary>The null address.</summary>
    public static Address Zero => default;

    /// <summary>True for the null address.</summary>
    public bool IsZero => this == default;

    /// <summary>The 20 bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.CreateReadOnlySpan(in Unsafe.As<Bytes20, byte>(ref Unsafe.AsRef(in _bytes)), Size);

    /// <summary>A copy of the 20 bytes.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary>Lower-case hexadecimal with <c>0x</c>.</summary>
    public string ToHex() => Hex.Encode(AsSpan());

    /// <summary>The EIP-55 form: mixed case that carries a checksum.</summary>
    public override string ToString()
    {
        Span<byte> ascii = stackalloc byte[Size * 2];
        var lower = Convert.ToHexStringLower(AsSpan());
        System.Text.Encoding.ASCII.GetBytes(lower, ascii);
        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(ascii, hash);
        return string.Create(2 + (Size * 2), (lower, hash: hash.ToArray()), static (text, state) =>
        {
            "0x".CopyTo(text);
            for (var i = 0; i < state.lower.Length; i++)
            {
                var nibble = (state.hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
                text[i + 2] = nibble >= 8 ? char.ToUpperInvariant(state.lower[i]) : state.lower[i];
            }
        });
    }

    /// <summary>
    /// Reads 40 hexadecimal digits in any case, with or without <c>0x</c>. The checksum is not demanded:
    /// the official clients accept any case.
    /// </summary>
    /// <exception cref="FormatException">Not an address.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"{text} is not a valid ethereum address");

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address) => TryParse(text.AsSpan(), null, out address);

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse(ReadOnlySpan<char> text, IFormatProvider? provider, out Address address)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var valid = Hex.TryDecode(text, bytes);
        address = valid ? new Address(bytes) : default;
        return valid;
    }

    static Address IParsable<Address>.Parse(string text, IFormatProvider? provider) => Parse(text);

    static bool IParsable<Address>.TryParse(string? text, IFormatProvider? provider, out Address address) => TryParse(text, out address);

    static Address ISpanParsable<Address>.Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => Parse(text.ToString());

    /// <inheritdoc/>
    public bool Equals(Address other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(AsSpan()[12..]);

    /// <inheritdoc/>
    public int CompareTo(Address other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <summary>Byte equality.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Byte inequality.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Bytes20
    {
        private byte _first;
    }
}
