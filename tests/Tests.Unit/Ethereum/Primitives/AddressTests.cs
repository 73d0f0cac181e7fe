using System.Text.Json;
using Iexec.Ethereum;
using Xunit;

namespace Tests.Unit.Ethereum.Primitives;

public sealed class AddressTests
{
    /// <summary>The test cases of EIP-55.</summary>
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Checksums_are_those_of_EIP_55(string checksummed)
    {
        var digits = checksummed[2..];
        foreach (var spelling in (string[])[checksummed, digits, "0x" + digits.ToLowerInvariant(), "0X" + digits.ToUpperInvariant()])
        {
            Assert.Equal(checksummed, Address.Parse(spelling).ToString());
        }

        Assert.Equal(checksummed.ToLowerInvariant(), Address.Parse(checksummed).ToHex());
        Assert.Equal($"\"{checksummed}\"", JsonSerializer.Serialize(Address.Parse(checksummed)));
        Assert.Equal(Address.Parse(checksummed), JsonSerializer.Deserialize<Address>($"\"{digits}\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x12")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7a")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EEg")]
    [InlineData(" 0x52908400098527886E0F7030069857D2E4169EE7")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out _));
        Assert.Equal($"{text} is not a valid ethereum address", Assert.Throws<FormatException>(() => Address.Parse(text)).Message);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Address>(JsonSerializer.Serialize(text)));
    }
}
