using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto;

public sealed class KeyTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Order)]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364142")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("01")]
    [InlineData("")]
    [InlineData("not hexadecimal, and secret all the same")]
    public void What_is_no_key_is_refused_without_repeating_it(string text)
    {
        var message = Assert.Throws<FormatException>(() => PrivateKey.Parse(text)).Message;
        Assert.True(text.Length < 4 || !message.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Another_length_is_refused(int length) => Assert.Throws<FormatException>(() => new PrivateKey(new byte[length]));

    [Theory]
    [InlineData("0x", "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData("", "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData("0X", "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    public void A_key_is_read_with_and_without_prefix(string prefix, string address)
    {
        using var key = PrivateKey.Parse(prefix + "AC0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        Assert.Equal("0x" + address, key.Address.ToString());
        Assert.Equal("0x" + address, key.ToString());
    }

    [Fact]
    public void A_disposed_key_is_wiped_and_signs_no_more()
    {
        var key = PrivateKey.Parse(new string('7', 64));
        var address = key.Address;
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(Bytes32.Zero));
        Assert.Throws<ObjectDisposedException>(() => key.ExportSecret());
        Assert.Equal(address, key.Address);
        var secret = (byte[])typeof(PrivateKey).GetField("_secret", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(key)!;
        Assert.All(secret, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Generation_draws_again_when_the_draw_is_no_key()
    {
        using var key = PrivateKey.Generate(new Draws(new byte[32], Convert.FromHexString(Order), Hex.Decode(new string('6', 64))));
        Assert.Equal(Hex.Decode(new string('6', 64)), key.ExportSecret());
    }

    [Fact]
    public void The_generator_is_the_public_key_of_one()
    {
        using var key = PrivateKey.Parse(new string('0', 63) + "1");
        Assert.Equal(
            "0x0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
            key.PublicKey.ToString());
        Assert.Equal("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", key.Address.ToString());
    }

    [Fact]
    public void Public_keys_are_read_in_every_form()
    {
        using var key = PrivateKey.Parse(new string('7', 64));
        foreach (var bytes in (byte[][])[key.PublicKey.ToUncompressed(), key.PublicKey.ToUncompressed()[1..], key.PublicKey.ToCompressed()])
        {
            Assert.True(PublicKey.TryParse(bytes, out var read));
            Assert.Equal(key.PublicKey, read);
            Assert.Equal(key.Address, read.Address);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000005")]
    [InlineData("02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")]
    [InlineData("0579be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    [InlineData("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b9")]
    [InlineData("0679be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")]
    [InlineData("0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_point_of_the_curve_is_refused(string hex) =>
        Assert.False(Hex.TryDecode(hex, out var bytes) && PublicKey.TryParse(bytes, out _));

    private sealed class Draws(params byte[][] draws) : IEntropySource
    {
        private int _next;

        public void Fill(Span<byte> destination) => draws[_next++].CopyTo(destination);
    }
}
