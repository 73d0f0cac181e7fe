using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto;

public sealed class SignatureTests
{
    private static readonly Bytes32 R = Keccak256.Hash("r");
    private static readonly Bytes32 S = UInt256.Parse("0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0").ToBytes32();

    [Theory]
    [InlineData(0, 27)]
    [InlineData(1, 28)]
    [InlineData(27, 27)]
    [InlineData(28, 28)]
    public void V_is_read_in_both_numberings(byte written, byte v)
    {
        Assert.True(Signature.TryParse([.. R.AsSpan(), .. S.AsSpan(), written], out var signature));
        Assert.Equal(new Signature(R, S, v), signature);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(26)]
    [InlineData(29)]
    [InlineData(35)]
    [InlineData(229)]
    [InlineData(255)]
    public void Another_v_is_refused(byte v) => Assert.False(Signature.TryParse([.. R.AsSpan(), .. S.AsSpan(), v], out _));

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(66)]
    [InlineData(96)]
    public void Another_length_is_refused(int length) => Assert.False(Signature.TryParse(new byte[length], out _));

    /// <summary>The examples of EIP-2098.</summary>
    [Theory]
    [InlineData(
        "Hello World",
        "0x68a020a209d3d56c46f38cc50a33f704f4a9a10a59377f8dd762ac66910e9b907e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064",
        "0x68a020a209d3d56c46f38cc50a33f704f4a9a10a59377f8dd762ac66910e9b907e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea520641b")]
    [InlineData(
        "It's a small(er) world",
        "0x9328da16089fcba9bececa81663203989f2df5fe1faa6291a45381c81bd17f76939c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f550793",
        "0x9328da16089fcba9bececa81663203989f2df5fe1faa6291a45381c81bd17f76139c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f5507931c")]
    public void The_compact_form_is_read(string message, string compact, string full)
    {
        Assert.True(Signature.TryParse(Hex.Decode(compact), out var signature));
        Assert.Equal(full, signature.ToString());
        using var key = PrivateKey.Parse("0x1234567890123456789012345678901234567890123456789012345678901234");
        Assert.Equal(signature, key.SignMessage(System.Text.Encoding.ASCII.GetBytes(message)));
    }
}
