using System.Text;
using Iexec.Ethereum.KeyStore;
using Org.BouncyCastle.Crypto.Generators;
using Xunit;

namespace Tests.Unit.Ethereum.KeyStore;

public sealed class ScryptTests
{
    /// <summary>RFC 7914 §12, without the vector that takes a gigabyte.</summary>
    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    public void The_vectors_of_the_RFC_come_out(string password, string salt, int n, int r, int p, string expected)
    {
        var derived = new byte[64];
        Scrypt.DeriveKey(Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(salt), n, r, p, derived);
        Assert.Equal(expected, Convert.ToHexStringLower(derived));
    }

    [Theory]
    [InlineData(2, 1, 1, 1)]
    [InlineData(4, 3, 2, 33)]
    [InlineData(256, 2, 3, 100)]
    public void Odd_parameters_agree_with_BouncyCastle(int n, int r, int p, int length)
    {
        byte[] password = [1, 2, 3], salt = [4, 5];
        var derived = new byte[length];
        Scrypt.DeriveKey(password, salt, n, r, p, derived);
        Assert.Equal(SCrypt.Generate(password, salt, n, r, p, length), derived);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(-2147483648, 1, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(1 << 30, 8, 1)]
    [InlineData(2, 1, int.MaxValue)]
    public void Impossible_parameters_are_refused(int n, int r, int p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Scrypt.DeriveKey([], [], n, r, p, new byte[32]));
}
