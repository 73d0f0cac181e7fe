using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Iexec.Ethereum;

/// <summary>
/// An unsigned 256-bit integer, the EVM's word. Arithmetic is checked: a result outside 0 … 2²⁵⁶−1 throws
/// <see cref="OverflowException"/>, because a silent wrap of an amount is a loss of somebody's money.
/// </summary>
[JsonConverter(typeof(UInt256JsonConverter))]
public readonly struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>, ISpanParsable<UInt256>, ISpanFormattable
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private UInt256(UInt128 high, UInt128 low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>0.</summary>
    public static UInt256 Zero => default;

    /// <summary>1.</summary>
    public static UInt256 One => new(0, 1);

    /// <summary>2²⁵⁶−1.</summary>
    public static UInt256 MaxValue => new(UInt128.MaxValue, UInt128.MaxValue);

    /// <summary>True for 0.</summary>
    public bool IsZero => _high == 0 && _low == 0;

    /// <summary>Reads up to 32 bytes, most significant first.</summary>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        Span<byte> word = stackalloc byte[32];
        bytes.CopyTo(word[(32 - bytes.Length)..]);
        return new(BinaryPrimitives.ReadUInt128BigEndian(word), BinaryPrimitives.ReadUInt128BigEndian(word[16..]));
    }

    /// <summary>Writes 32 bytes, most significant first.</summary>
    public void WriteBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    /// <summary>The 32 bytes, most significant first.</summary>
    public Bytes32 ToBytes32()
    {
        Span<byte> word = stackalloc byte[32];
        WriteBigEndian(word);
        return new Bytes32(word);
    }

    /// <summary>Reads decimal digits, or hexadecimal with <c>0x</c> as JSON-RPC writes quantities.</summary>
    /// <exception cref="FormatException">Not a whole number from 0 to 2²⁵⁶−1.</exception>
    public static UInt256 Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"{text} is not a valid uint256");

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out UInt256 value) => TryParse(text.AsSpan(), null, out value);

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse(ReadOnlySpan<char> text, IFormatProvider? provider, out UInt256 value)
    {
        value = default;
        BigInteger number;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            // A leading zero keeps BigInteger from reading the top bit as a sign.
            if (text.Length is < 3 or > 66 || !BigInteger.TryParse($"0{text[2..]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number))
            {
                return false;
            }
        }
        else if (text.Length is 0 or > 160 || !BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        if (number.GetBitLength() > 256)
        {
            return false;
        }

        value = FromBigInteger(number);
        return true;
    }

    static UInt256 IParsable<UInt256>.Parse(string text, IFormatProvider? provider) => Parse(text);

    static bool IParsable<UInt256>.TryParse(string? text, IFormatProvider? provider, out UInt256 value) => TryParse(text, out value);

    static UInt256 ISpanParsable<UInt256>.Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => Parse(text.ToString());

    /// <summary>Decimal digits.</summary>
    public override string ToString() => _high == 0 ? _low.ToString(CultureInfo.InvariantCulture) : ToBigInteger().ToString(CultureInfo.InvariantCulture);

    /// <summary>A JSON-RPC quantity: <c>0x</c>, no leading zero.</summary>
    public string ToQuantity()
    {
        var digits = Convert.ToHexStringLower(ToBytes32().AsSpan()).TrimStart('0');
        return digits.Length == 0 ? "0x0" : "0x" + digits;
    }

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToBigInteger().ToString(format, formatProvider);

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ToBigInteger().TryFormat(destination, out charsWritten, format, provider);

    /// <summary>The same number without an upper bound.</summary>
    public BigInteger ToBigInteger() => ((BigInteger)_high << 128) | _low;

    /// <exception cref="OverflowException">Negative or above 2²⁵⁶−1.</exception>
    public static UInt256 FromBigInteger(BigInteger value)
    {
        if (value.Sign < 0 || value.GetBitLength() > 256)
        {
            throw new OverflowException($"{value} is outside 0 … 2^256-1.");
        }

        return new((UInt128)(value >> 128), (UInt128)(value & UInt128.MaxValue));
    }

    /// <summary>Widening.</summary>
    public static implicit operator UInt256(ulong value) => new(0, value);

    /// <summary>Widening; a negative value throws.</summary>
    public static implicit operator UInt256(int value) => new(0, checked((uint)value));

    /// <summary>Narrowing; a larger value throws <see cref="OverflowException"/>.</summary>
    public static explicit operator ulong(UInt256 value) =>
        value._high == 0 ? checked((ulong)value._low) : throw new OverflowException($"{value} does not fit 64 bits.");

    /// <summary>Narrowing; a larger value throws <see cref="OverflowException"/>.</summary>
    public static explicit operator long(UInt256 value) => checked((long)(ulong)value);

    /// <summary>Narrowing; a larger value throws <see cref="OverflowException"/>.</summary>
    public static explicit operator int(UInt256 value) => checked((int)(ulong)value);

    /// <summary>Checked sum.</summary>
    public static UInt256 operator +(UInt256 left, UInt256 right)
    {
        var low = unchecked(left._low + right._low);
        var carry = low < left._low ? UInt128.One : UInt128.Zero;
        return new(checked(left._high + right._high + carry), low);
    }

    /// <summary>Checked difference.</summary>
    public static UInt256 operator -(UInt256 left, UInt256 right)
    {
        var borrow = left._low < right._low ? UInt128.One : UInt128.Zero;
        return new(checked(left._high - right._high - borrow), unchecked(left._low - right._low));
    }

    /// <summary>Checked product.</summary>
    public static UInt256 operator *(UInt256 left, UInt256 right) => FromBigInteger(left.ToBigInteger() * right.ToBigInteger());

    /// <summary>Quotient, rounded down.</summary>
    public static UInt256 operator /(UInt256 left, UInt256 right) =>
        left._high == 0 && right._high == 0 ? new(0, left._low / right._low) : FromBigInteger(left.ToBigInteger() / right.ToBigInteger());

    /// <summary>Remainder.</summary>
    public static UInt256 operator %(UInt256 left, UInt256 right) => FromBigInteger(left.ToBigInteger() % right.ToBigInteger());

    /// <summary>The smaller of two.</summary>
    public static UInt256 Min(UInt256 left, UInt256 right) => left < right ? left : right;

    /// <summary>The larger of two.</summary>
    public static UInt256 Max(UInt256 left, UInt256 right) => left > right ? left : right;

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <inheritdoc/>
    public int CompareTo(UInt256 other) => _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    /// <summary>Equality.</summary>
    public static bool operator ==(UInt256 left, UInt256 right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(UInt256 left, UInt256 right) => !left.Equals(right);

    /// <summary>Order.</summary>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;
}
