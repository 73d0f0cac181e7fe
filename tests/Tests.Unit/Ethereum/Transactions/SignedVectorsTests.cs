using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Transactions;
using Xunit;

namespace Tests.Unit.Ethereum.Transactions;

/// <summary>Transactions signed with ethers 6.17.0 and the key of the EIP-155 example: the same bytes come out here.</summary>
public sealed class SignedVectorsTests
{
    private static readonly PrivateKey Key = new(Enumerable.Repeat((byte)0x46, 32).ToArray());
    private static readonly Address To = Address.Parse("0x3535353535353535353535353535353535353535");

    [Fact]
    public void Dynamic_fee_transfer_with_data() => AssertSigned(
        new(65535, 9, To, 1_000_000_000_000_000_000UL, new byte[] { 1, 2, 3 }, 21000, new TransactionFees.DynamicFee(3_000_000_000, 1_000_000_000)),
        "0x02f87782ffff09843b9aca0084b2d05e00825208943535353535353535353535353535353535353535880de0b6b3a764000083010203c080"
        + "a0a10678a125586788712ffd059d858164848b6e8549b36fe191f2c1ddc5c18f84a0745374ffc4476ee8314b1fbac6acfcaf83682c1b826a59bfdef39373bbe6ef21",
        "0x8abbeda551a49a6ca07f2ee5ab8c837236c44572ad71ccc649930eb0e70c1a52");

    [Fact]
    public void Creation_with_80_bytes_of_code_and_without_fees() => AssertSigned(
        new(1, 0, null, 0, Hex.Decode(string.Concat(Enumerable.Repeat("6001", 40))), 8_000_000, new TransactionFees.DynamicFee(0, 0)),
        "0x02f8a001808080837a12008080b850" + string.Concat(Enumerable.Repeat("6001", 40))
        + "c080a084cd77ab8ee82f5a7bb085a3c7ff8835cb4006a8fddee8c81c7d5fea1bd67a36a07012c62d6cad3528f1de208c3b48bb85bc92ac960c85d03aeb2775c785065181",
        "0xdc674cb80b0c4ab00517838616c150f1d3c227f0ec2ebb36a2994885eea22eca");

    [Fact]
    public void Legacy_call_with_a_nonce_of_128_and_56_bytes_of_data() => AssertSigned(
        new(421614, 128, To, 0, Hex.Decode(string.Concat(Enumerable.Repeat("ab", 56))), 100_000, new TransactionFees.Legacy(1)),
        "0xf89d818001830186a094353535353535353535353535353535353535353580b838" + string.Concat(Enumerable.Repeat("ab", 56))
        + "830cde00a0581e3ac12fc5da6f22f8c1d6a920387c465c7e0286d540a041538858923487dfa05d59ec9a3fa1ab836da1c297d7a652681c3cdea8d483d9d2c073ab4ad899a9cf",
        "0x3fb3bc6919bc207dd3fe85e2d115300a60efd8d8d8d7a4ab9143fcac7cb495e4");

    private static void AssertSigned(TransactionRequest request, string raw, string hash)
    {
        var signed = request.Sign(Key);
        Assert.Equal(raw, Hex.Encode(signed.Raw));
        Assert.Equal(hash, signed.Hash.ToString());
    }
}
