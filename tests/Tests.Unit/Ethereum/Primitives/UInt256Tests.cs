using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Xunit;

namespace Tests.Unit.Ethereum.Primitives;

public sealed class UInt256Tests
{
    private static readonly BigInteger Limit = BigInteger.One << 256;

    /// <summary>Numbers of every length, and those next to the powers where limbs meet.</summary>
    private static readonly Arbitrary<BigInteger> Numbers = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => new BigInteger(bytes.AsSpan(0, Math.Min(32, bytes.Length)), isUnsigned: true)),
        Gen.Elements(0, 1, 63, 64, 127, 128, 129, 192, 255).SelectMany(
            _ => Gen.Choose(-2, 2), (power, offset) => BigInteger.Max(0, (BigInteger.One << power) + offset)),
        Gen.Choose(0, 3).Select(below => Limit - 1 - below)).ToArbitrary();

    [Fact]
    public void Arithmetic_is_that_of_whole_numbers_or_overflows() => Prop.ForAll(Numbers, Numbers, (a, b) =>
    {
        UInt256 x = UInt256.FromBigInteger(a), y = UInt256.FromBigInteger(b);
        return Same(() => x + y, a + b)
            && Same(() => x - y, a - b)
            && Same(() => x * y, a * b)
            && (b.IsZero || (Same(() => x / y, a / b) && Same(() => x % y, a % b)))
            && x < y == a < b && x > y == a > b && x <= y == a <= b && x >= y == a >= b && x == y == (a == b) && x != y == (a != b)
            && UInt256.Min(x, y).ToBigInteger() == BigInteger.Min(a, b) && UInt256.Max(x, y).ToBigInteger() == BigInteger.Max(a, b)
            && Math.Sign(x.CompareTo(y)) == a.CompareTo(b);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_written_form_is_read_back() => Prop.ForAll(Numbers, a =>
    {
        var x = UInt256.FromBigInteger(a);
        return x.ToString() == a.ToString()
            && UInt256.Parse(x.ToString()) == x
            && UInt256.Parse(x.ToQuantity()) == x
            && UInt256.Parse(x.ToBytes32().ToString()) == x
            && UInt256.FromBigEndian(x.ToBytes32().AsSpan()) == x
            && JsonSerializer.Deserialize<UInt256>(JsonSerializer.Serialize(x)) == x
            && JsonSerializer.Deserialize<UInt256>(a.ToString()) == x
            && JsonSerializer.Serialize(x) == $"\"{a}\""
            && (x == default || x.ToQuantity()[2] != '0');
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("0x")]
    [InlineData("0xg")]
    [InlineData("0x-1")]
    [InlineData("5\0")]
    [InlineData("340282366920938463463374607431768211456\0")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("0x10000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_uint256_is_refused(string text)
    {
        Assert.False(UInt256.TryParse(text, out _));
        Assert.Equal($"{text} is not a valid uint256", Assert.Throws<FormatException>(() => UInt256.Parse(text)).Message);
    }

    [Fact]
    public void Division_by_zero_throws()
    {
        Assert.Throws<DivideByZeroException>(() => UInt256.One / UInt256.Zero);
        Assert.Throws<DivideByZeroException>(() => UInt256.MaxValue % UInt256.Zero);
    }

    [Fact]
    public void Narrowing_throws_instead_of_cutting()
    {
        Assert.Equal(ulong.MaxValue, (ulong)(UInt256)ulong.MaxValue);
        Assert.Throws<OverflowException>(() => (ulong)((UInt256)ulong.MaxValue + 1));
        Assert.Throws<OverflowException>(() => (long)((UInt256)long.MaxValue + 1));
        Assert.Throws<OverflowException>(() => (int)((UInt256)int.MaxValue + 1));
        Assert.Throws<OverflowException>(() => (ulong)UInt256.MaxValue);
        Assert.Throws<OverflowException>(() => (UInt256)(-1));
    }

    private static bool Same(Func<UInt256> ours, BigInteger expected)
    {
        try
        {
            return ours().ToBigInteger() == expected;
        }
        catch (OverflowException)
        {
            return expected < 0 || expected >= Limit;
        }
    }
}
