using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto;

/// <summary>The authorizations of the protocol are EIP-191 signatures over 32 raw bytes. Vectors made with ethers 6.</summary>
public sealed class PersonalSignTests
{
    [Theory]
    [InlineData(
        "dd3b993ec21c71c1f6d63a5240850e0d4d8dd83ff70d29e49247958548c1d479",
        "0x5cd0e9c5180dd35e2b8285d0db4ded193a9b4be6fbfab90cbadccecab130acad",
        "0xfcc6bce5eb04284c2eb1ed14405b943574343b1abda33628fbf94a374b18dd16541c6ebf63c6943d8643ff03c7aa17f1cb17b0a8d297d0fd95fc914bdd0e85f81b")]
    [InlineData(
        "2222222222222222222222222222222222222222222222222222222222222222",
        "0xf8f67b7b0c094e2ed5e29e0d7a5f54a305b644f0b806be39b0f18796d37ae4ac",
        "0xf36de2cbcd2af9faabb8cbb6e7ded4a00059837bc9d8b5f48aa867520be63bbc4a49e29a9ca5e590597784d0c69422d54b922ad5c9c731f1f21857e59bc10d4e1c")]
    [InlineData(
        "3333333333333333333333333333333333333333333333333333333333333333",
        "0x945a4e2ef0e2284e94433c19aea8f6ba83bd97e3f4f98980e507a417c6bd5ff0",
        "0x8f4bab4aaeb4fb6a15c4149ab34f03c42d301431b8a9f2f961794f9e1f5346130d1336f4b6b0215956d3d8cdcae948234bc74deaa8d282ec7c115e9567ddb5781c")]
    public void Authorizations_are_signed_byte_for_byte(string secret, string hash, string signature)
    {
        using var key = PrivateKey.Parse(secret);
        Assert.Equal(signature, key.SignMessage(Bytes32.Parse(hash).AsSpan()).ToString());
    }

    [Fact]
    public void A_digest_is_signed_as_it_is_when_asked()
    {
        using var key = PrivateKey.Parse(new string('1', 64));
        Assert.Equal("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A", key.Address.ToString());
        Assert.Equal(
            "0xb5b777ac2f1d4454396035a41cbf14413a282e2cdf732e2e5dbce73eeb0c541c1dfde47855e0f0759e1f0813d800d6af0d59db5c3f60861de58505e1776fa4261b",
            key.Sign(Bytes32.Parse("0x86e5ceb3c5c059f4f6ae842dd6429152b8d5d822b743f2fbe8e006458bd23347")).ToString());
    }

    [Theory]
    [InlineData("0x9ca8cbf81a285c62778678c874dae13fdc6857566b67a9a825434dd557e18a8d", "748e091bf16048cb5103E0E10F9D5a8b7fBDd860", "d94b63fc2d3ec4b96daf84b403bbafdc8c8517e8e2addd51fec0fa4e67801be8")]
    [InlineData("0x54a76d209e8167e1ffa3bde8e3e7b30068423ca9554e1d605d8ee8fd0f165562", "748e091bf16048cb5103E0E10F9D5a8b7fBDd860", "d94b63fc2d3ec4b96daf84b403bbafdc8c8517e8e2addd51fec0fa4e67801be8", "9a43BB008b7A657e1936ebf5d8e28e5c5E021596")]
    [InlineData("0xe06c86d6bb750dbd9be9e002482854b3b3f21550dbe37236767b9cac29e3ce28", "a0b0fd396b0f79f14e4d6b34af7180bd9e80e2d86afda91c6127c5c17a268e66", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0xf04c900c69b2687067bbda7f4040b37d36989c18645b1cd121054e319ee3cac8", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "0000000000000000000000000000000000000000000000000000000000000002")]
    [InlineData("0xe7fa784a8067a1c46b5b321171f9e0c67253f7b8b5ed1c9adf820c498649254c", "f04c900c69b2687067bbda7f4040b37d36989c18645b1cd121054e319ee3cac8")]
    public void Concatenations_hash_to_the_published_ids(string hash, params string[] parts) =>
        Assert.Equal(hash, Keccak256.Hash([.. parts.SelectMany(Hex.Decode)]).ToString());
}
