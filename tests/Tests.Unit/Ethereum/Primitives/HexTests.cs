using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Xunit;

namespace Tests.Unit.Ethereum.Primitives;

public sealed class HexTests
{
    [Fact]
    public void Bytes_round_trip_in_every_spelling() => Prop.ForAll<byte[]>(bytes =>
    {
        var text = Hex.Encode(bytes);
        return text == "0x" + Convert.ToHexString(bytes).ToLowerInvariant()
            && Hex.Decode(text).AsSpan().SequenceEqual(bytes)
            && Hex.Decode(text[2..].ToUpperInvariant()).AsSpan().SequenceEqual(bytes);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0x1")]
    [InlineData("0xgg")]
    [InlineData("0x 1")]
    [InlineData("0x0x")]
    [InlineData("é9")]
    public void What_is_not_hexadecimal_is_refused(string text)
    {
        Assert.False(Hex.TryDecode(text, out var bytes));
        Assert.Empty(bytes);
        Assert.Throws<FormatException>(() => Hex.Decode(text));
    }

    [Fact]
    public void A_fixed_length_is_exact()
    {
        var two = new byte[2];
        Assert.True(Hex.TryDecode("0xabcd", two));
        Assert.Equal([0xab, 0xcd], two);
        Assert.False(Hex.TryDecode("0xab", two));
        Assert.False(Hex.TryDecode("0xabcdef", two));
    }

    [Fact]
    public void Words_keep_order_and_equality_of_their_bytes() => Prop.ForAll<byte[], byte[]>((a, b) =>
    {
        Bytes32 x = Word(a), y = Word(b);
        return x == Bytes32.Parse(x.ToString())
            && Math.Sign(x.CompareTo(y)) == Math.Sign(x.AsSpan().SequenceCompareTo(y.AsSpan()))
            && x.Equals(y) == x.AsSpan().SequenceEqual(y.AsSpan())
            && x == y == x.Equals(y)
            && (x != y || x.GetHashCode() == y.GetHashCode());
    }).QuickCheckThrowOnFailure();

    private static Bytes32 Word(byte[] bytes) => new([.. bytes.Take(32), .. new byte[Math.Max(0, 32 - bytes.Length)]]);
}
