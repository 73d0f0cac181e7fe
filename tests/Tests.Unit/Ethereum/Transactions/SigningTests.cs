using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Rlp;
using Iexec.Ethereum.Transactions;
using Xunit;

namespace Tests.Unit.Ethereum.Transactions;

public sealed class SigningTests
{
    private static readonly PrivateKey Key = PrivateKey.Parse(string.Concat(Enumerable.Repeat("46", 32)));

    /// <summary>The example of EIP-155 (CC0): nonce 9, 20 gwei, 21000 gas, 1 ether to 0x3535…35, chain 1.</summary>
    private static readonly TransactionRequest Eip155Example = new(
        1,
        9,
        Address.Parse("0x3535353535353535353535353535353535353535"),
        UInt256.Parse("1000000000000000000"),
        ReadOnlyMemory<byte>.Empty,
        21000,
        new TransactionFees.Legacy(20_000_000_000));

    private static readonly TransactionRequest DynamicFeeExample = Eip155Example with
    {
        ChainId = 65535,
        Data = new byte[] { 1, 2, 3 },
        Fees = new TransactionFees.DynamicFee(3_000_000_000, 1_000_000_000),
    };

    [Fact]
    public void Signing_hash_of_the_eip155_example() => Assert.Equal(
        "0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53", Eip155Example.SigningHash.ToString());

    [Fact]
    public void Signed_form_of_the_eip155_example() => Assert.Equal(
        "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025"
        + "a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
        + "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
        Hex.Encode(Eip155Example.Sign(Key).Raw));

    [Fact]
    public void Legacy_transaction_is_read_back_with_its_sender() => AssertReadBack(Eip155Example);

    [Fact]
    public void Dynamic_fee_transaction_is_read_back_with_its_sender() => AssertReadBack(DynamicFeeExample);

    [Fact]
    public void Creation_has_no_recipient() => AssertReadBack(DynamicFeeExample with { To = null, ValueWei = 0, Nonce = 0 });

    [Fact]
    public void Legacy_transaction_on_a_large_chain_id() => AssertReadBack(Eip155Example with { ChainId = 421614 });

    [Fact]
    public void Hash_is_that_of_the_raw_bytes()
    {
        var signed = DynamicFeeExample.Sign(Key);
        Assert.Equal(2, signed.Raw[0]);
        Assert.Equal(Keccak256.Hash(signed.Raw), signed.Hash);
    }

    [Fact]
    public void Changed_content_changes_the_sender()
    {
        var raw = DynamicFeeExample.Sign(Key).Raw;
        var nonceAt = Array.IndexOf(raw, (byte)9);
        raw[nonceAt] = 8;
        Assert.NotEqual(Key.Address, TrySender(raw));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01c0")]
    [InlineData("02c0")]
    [InlineData("c0")]
    [InlineData("80")]
    [InlineData("7f")]
    public void What_is_no_transaction_is_refused(string raw) =>
        Assert.Throws<RlpException>(() => SignedTransaction.Decode(Convert.FromHexString(raw)));

    [Fact]
    public void Transaction_followed_by_bytes_is_refused() =>
        Assert.Throws<RlpException>(() => SignedTransaction.Decode((byte[])[.. Eip155Example.Sign(Key).Raw, 0]));

    [Fact]
    public void Transaction_without_replay_protection_is_refused()
    {
        var raw = new RlpWriter().List(list => list
            .Scalar(9).Scalar(1).Scalar(21000).Bytes(new byte[20]).Scalar(0).Bytes([]).Scalar(27).Scalar(1).Scalar(1)).ToArray();
        Assert.Throws<RlpException>(() => SignedTransaction.Decode(raw));
    }

    private static Address? TrySender(byte[] raw)
    {
        try
        {
            return SignedTransaction.Decode(raw).Sender;
        }
        catch (RlpException)
        {
            return null;
        }
    }

    private static void AssertReadBack(TransactionRequest request)
    {
        var signed = request.Sign(Key);
        var decoded = SignedTransaction.Decode(signed.Raw);
        Assert.Equal(Key.Address, decoded.Sender);
        Assert.Equal(signed.Hash, decoded.Hash);
        Assert.Equal(request.Data.ToArray(), decoded.Request.Data.ToArray());
        Assert.Equal(request with { Data = default }, decoded.Request with { Data = default });
    }
}
