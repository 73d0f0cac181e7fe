using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Iexec.Ethereum;

/// <summary>
/// An unsigned 256-bit integer, the EVM's word. Arithmetic is checked: a result outside 0 … 2²⁵⁶−1 throws
/// <see cref="OverflowException"/>, because a silent wrap of an amount is a loss of somebody's money.
/// </summary>
[JsonConverter(typeof(UInt256JsonConverter))]
public readonly struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>, ISpanParsable<UInt256>, ISpanFormattable
{
    // Not two UInt128: whatever holds one of those is left out of ready-made images, and would be compiled at each start.
    // The number behind the name is the weight: limb n counts 2⁶⁴ⁿ.
    private readonly ulong _limb3;
    private readonly ulong _limb2;
    private readonly ulong _limb1;
    private readonly ulong _limb0;

    private UInt256(ulong limb3, ulong limb2, ulong limb1, ulong limb0)
    {
        _limb3 = limb3;
        _limb2 = limb2;
        _limb1 = limb1;
        _limb0 = limb0;
    }

    /// <summary>0.</summary>
    public static UInt256 Zero => default;

    /// <summary>1.</summary>
    public static UInt256 One => 1UL;

    /// <summary>2²⁵⁶−1.</summary>
    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>True for 0.</summary>
    public bool IsZero => (_limb3 | _limb2 | _limb1 | _limb0) == 0;

    private bool Fits64Bits => (_limb3 | _limb2 | _limb1) == 0;

    /// <summary>Reads up to 32 bytes, most significant first.</summary>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        Span<byte> word = stackalloc byte[32];
        bytes.CopyTo(word[(32 - bytes.Length)..]);
        return new(
            BinaryPrimitives.ReadUInt64BigEndian(word), BinaryPrimitives.ReadUInt64BigEndian(word[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(word[16..]), BinaryPrimitives.ReadUInt64BigEndian(word[24..]));
    }

    /// <summary>Writes 32 bytes, most significant first.</summary>
    public void WriteBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _limb3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _limb2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _limb1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _limb0);
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
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseHex(text[2..], out value);
        }

        // The runtime's parsers let characters of code zero follow.
        if (text is [.., '\0'])
        {
            value = default;
            return false;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var small))
        {
            value = small;
            return true;
        }

        return TryParseLarge(text, out value);
    }

    // What needs BigInteger stands in methods of its own: its library is not even loaded for everyday numbers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseLarge(ReadOnlySpan<char> text, out UInt256 value)
    {
        value = default;
        if (text.Length is 0 or > 160 || !BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number.GetBitLength() > 256)
        {
            return false;
        }

        value = FromBigInteger(number);
        return true;
    }

    private static bool TryParseHex(ReadOnlySpan<char> digits, out UInt256 value)
    {
        value = default;
        if (digits.Length is 0 or > 64)
        {
            return false;
        }

        Span<char> padded = stackalloc char[64];
        padded.Fill('0');
        digits.CopyTo(padded[(64 - digits.Length)..]);
        Span<byte> word = stackalloc byte[32];
        if (Convert.FromHexString(padded, word, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        value = FromBigEndian(word);
        return true;
    }

    static UInt256 IParsable<UInt256>.Parse(string text, IFormatProvider? provider) => Parse(text);

    static bool IParsable<UInt256>.TryParse(string? text, IFormatProvider? provider, out UInt256 value) => TryParse(text, out value);

    static UInt256 ISpanParsable<UInt256>.Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => Parse(text.ToString());

    /// <summary>Decimal digits.</summary>
    public override string ToString() => Fits64Bits ? _limb0.ToString(CultureInfo.InvariantCulture) : LargeToString();

    // Nine digits at a time, by long division of 32-bit limbs.
    private string LargeToString()
    {
        const uint Billion = 1_000_000_000;
        Span<uint> limbs = [High(_limb3), Low(_limb3), High(_limb2), Low(_limb2), High(_limb1), Low(_limb1), High(_limb0), Low(_limb0)];
        Span<char> digits = stackalloc char[81];
        var start = digits.Length;
        uint rest;
        do
        {
            rest = 0;
            var remainder = 0UL;
            foreach (ref var limb in limbs)
            {
                (var quotient, remainder) = Math.DivRem((remainder << 32) | limb, Billion);
                limb = (uint)quotient;
                rest |= limb;
            }

            for (var i = 0; i < 9; i++, remainder /= 10)
            {
                digits[--start] = (char)('0' + (remainder % 10));
            }
        }
        while (rest != 0);

        return digits[start..].TrimStart('0').ToString();
    }

    private static uint High(ulong limb) => (uint)(limb >> 32);

    private static uint Low(ulong limb) => (uint)limb;

    /// <summary>A JSON-RPC quantity: <c>0x</c>, no leading zero.</summary>
    public string ToQuantity()
    {
        var digits = Convert.ToHexStringLower(ToBytes32().AsSpan()).TrimStart('0');
        return digits.Length == 0 ? "0x0" : "0x" + digits;
    }

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) =>
        string.IsNullOrEmpty(format) ? ToString() : FormatLarge(format, formatProvider);

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var text = format.IsEmpty ? ToString() : FormatLarge(format.ToString(), provider);
        var fits = text.TryCopyTo(destination);
        charsWritten = fits ? text.Length : 0;
        return fits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string FormatLarge(string format, IFormatProvider? provider) => ToBigInteger().ToString(format, provider);

    /// <summary>The same number without an upper bound.</summary>
    public BigInteger ToBigInteger()
    {
        Span<byte> word = stackalloc byte[32];
        WriteBigEndian(word);
        return new BigInteger(word, isUnsigned: true, isBigEndian: true);
    }

    /// <exception cref="OverflowException">Negative or above 2²⁵⁶−1.</exception>
    public static UInt256 FromBigInteger(BigInteger value)
    {
        if (value.Sign < 0 || value.GetBitLength() > 256)
        {
            throw new OverflowException($"{value} is outside 0 … 2^256-1.");
        }

        Span<byte> word = stackalloc byte[32];
        _ = value.TryWriteBytes(word, out var written, isUnsigned: true, isBigEndian: true);
        return FromBigEndian(word[..written]);
    }

    /// <summary>Widening.</summary>
    public static implicit operator UInt256(ulong value) => new(0, 0, 0, value);

    /// <summary>Widening; a negative value throws.</summary>
    public static implicit operator UInt256(int value) => new(0, 0, 0, checked((uint)value));

    /// <summary>Narrowing; a larger value throws <see cref="OverflowException"/>.</summary>
    public static explicit operator ulong(UInt256 value) =>
        value.Fits64Bits ? value._limb0 : throw new OverflowException($"{value} does not fit 64 bits.");

    /// <summary>Narrowing; a larger value throws <see cref="OverflowException"/>.</summary>
    public static explicit operator long(UInt256 value) => checked((long)(ulong)value);

    /// <summary>Narrowing; a larger value throws <see cref="OverflowException"/>.</summary>
    public static explicit operator int(UInt256 value) => checked((int)(ulong)value);

    /// <summary>Checked sum.</summary>
    public static UInt256 operator +(UInt256 left, UInt256 right)
    {
        var carry = 0UL;
        var limb0 = Add(left._limb0, right._limb0, ref carry);
        var limb1 = Add(left._limb1, right._limb1, ref carry);
        var limb2 = Add(left._limb2, right._limb2, ref carry);
        return new(checked(left._limb3 + right._limb3 + carry), limb2, limb1, limb0);
    }

    /// <summary>Checked difference.</summary>
    public static UInt256 operator -(UInt256 left, UInt256 right)
    {
        var borrow = 0UL;
        var limb0 = Subtract(left._limb0, right._limb0, ref borrow);
        var limb1 = Subtract(left._limb1, right._limb1, ref borrow);
        var limb2 = Subtract(left._limb2, right._limb2, ref borrow);
        return new(checked(left._limb3 - right._limb3 - borrow), limb2, limb1, limb0);
    }

    /// <summary>Checked product.</summary>
    public static UInt256 operator *(UInt256 left, UInt256 right) => FromBigInteger(left.ToBigInteger() * right.ToBigInteger());

    /// <summary>Quotient, rounded down.</summary>
    public static UInt256 operator /(UInt256 left, UInt256 right) =>
        left.Fits64Bits && right.Fits64Bits ? left._limb0 / right._limb0 : DivideLarge(left, right);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UInt256 DivideLarge(UInt256 left, UInt256 right) => FromBigInteger(left.ToBigInteger() / right.ToBigInteger());

    /// <summary>Remainder.</summary>
    public static UInt256 operator %(UInt256 left, UInt256 right) => FromBigInteger(left.ToBigInteger() % right.ToBigInteger());

    /// <summary>The smaller of two.</summary>
    public static UInt256 Min(UInt256 left, UInt256 right) => left < right ? left : right;

    /// <summary>The larger of two.</summary>
    public static UInt256 Max(UInt256 left, UInt256 right) => left > right ? left : right;

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => _limb3 == other._limb3 && _limb2 == other._limb2 && _limb1 == other._limb1 && _limb0 == other._limb0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_limb3, _limb2, _limb1, _limb0);

    /// <inheritdoc/>
    public int CompareTo(UInt256 other) =>
        _limb3 != other._limb3 ? _limb3.CompareTo(other._limb3)
        : _limb2 != other._limb2 ? _limb2.CompareTo(other._limb2)
        : _limb1 != other._limb1 ? _limb1.CompareTo(other._limb1)
        : _limb0.CompareTo(other._limb0);

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

    private static ulong Add(ulong left, ulong right, ref ulong carry)
    {
        var partial = unchecked(left + right);
        var sum = unchecked(partial + carry);
        carry = partial < left || sum < partial ? 1UL : 0;
        return sum;
    }

    private static ulong Subtract(ulong left, ulong right, ref ulong borrow)
    {
        var partial = unchecked(left - right);
        var difference = unchecked(partial - borrow);
        borrow = left < right || partial < borrow ? 1UL : 0;
        return difference;
    }
}
