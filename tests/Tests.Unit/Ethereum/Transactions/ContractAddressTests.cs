using Iexec.Ethereum;
using Iexec.Ethereum.Transactions;
using Xunit;

namespace Tests.Unit.Ethereum.Transactions;

public sealed class ContractAddressTests
{
    /// <summary>Addresses that the first transactions of a well-known sender created on the Ethereum main network.</summary>
    [Theory]
    [InlineData(0, "0xcd234A471b72ba2F1Ccf0A70FCABA648a5eeCD8d")]
    [InlineData(1, "0x343c43A37D37dfF08AE8C4A11544c718AbB4fCF8")]
    [InlineData(2, "0xf778B86FA74E846c4f0a1fBd1335FE81c00a0C91")]
    [InlineData(3, "0xffFd933A0bC612844eaF0C6Fe3E5b8E9B6C1d19c")]
    public void Create(ulong nonce, string expected) =>
        Assert.Equal(Address.Parse(expected), ContractAddress.Create(Address.Parse("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0"), nonce));

    /// <summary>Examples of EIP-1014 (CC0).</summary>
    [Theory]
    [InlineData("0x0000000000000000000000000000000000000000", "00", "00", "0x4D1A2e2bB4F88F0250f26Ffff098B0b30B26BF38")]
    [InlineData("0xdeadbeef00000000000000000000000000000000", "00", "00", "0xB928f69Bb1D91Cd65274e3c79d8986362984fDA3")]
    [InlineData("0x00000000000000000000000000000000deadbeef", "cafebabe", "deadbeef", "0x60f3f640a8508fC6a86d45DF051962668E1e8AC7")]
    [InlineData("0x0000000000000000000000000000000000000000", "00", "", "0xE33C0C7F7df4809055C3ebA6c09CFe4BaF1BD9e0")]
    public void Create2(string factory, string salt, string initCode, string expected) => Assert.Equal(
        Address.Parse(expected),
        ContractAddress.Create2(Address.Parse(factory), Bytes32.Parse(salt.PadLeft(64, '0')), Convert.FromHexString(initCode)));
}
