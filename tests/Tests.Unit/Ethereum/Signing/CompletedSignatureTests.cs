using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Testing.Signing;
using Xunit;

namespace Tests.Unit.Ethereum.Signing;

/// <summary>The answers of a key management service, which names no v and knows nothing of a low s.</summary>
public sealed class CompletedSignatureTests : IDisposable
{
    private readonly KeyService _service = new();
    private readonly Address _address;

    public CompletedSignatureTests() => _address = new KeyServiceSigner(_service).Address;

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData(DSASignatureFormat.Rfc3279DerSequence)]
    [InlineData(DSASignatureFormat.IeeeP1363FixedFieldConcatenation)]
    public async Task Every_answer_becomes_a_signature_of_the_account(DSASignatureFormat format)
    {
        var (high, odd) = (0, 0);
        for (var run = 0; run < 64; run++)
        {
            var digest = Keccak256.Hash([(byte)run]);
            var answer = await _service.SignAsync(digest, format);
            Assert.True(Signature.TryComplete(answer, digest, _address, out var signature));
            Assert.Equal(_address, PublicKey.RecoverAddress(digest, signature));
            high += format == DSASignatureFormat.IeeeP1363FixedFieldConcatenation && answer[32] >= 0x80 ? 1 : 0;
            odd += signature.V - 27;
        }

        // Both halves and both parities came up, so that neither branch was left out: the chance of a miss is 2⁻⁶³.
        Assert.InRange(odd, 1, 63);
        Assert.InRange(high, format == DSASignatureFormat.IeeeP1363FixedFieldConcatenation ? 1 : 0, 63);
    }

    [Fact]
    public async Task What_is_no_signature_or_another_keys_is_not_completed()
    {
        var digest = Keccak256.Hash("digest");
        var der = await _service.SignAsync(digest);
        Assert.False(Signature.TryComplete(der, Keccak256.Hash("another"), _address, out _));
        Assert.False(Signature.TryComplete(der, digest, Address.Zero, out _));
        Assert.False(Signature.TryComplete(default, digest, _address, out _));
        Assert.False(Signature.TryComplete(new byte[64], digest, _address, out _));
        Assert.False(Signature.TryComplete(Enumerable.Repeat((byte)0xff, 64).ToArray(), digest, _address, out _));
        for (var length = 0; length < der.Length; length++)
        {
            Assert.False(Signature.TryComplete(der.AsSpan(0, length), digest, _address, out _));
        }

        Assert.False(Signature.TryComplete([.. der, 0], digest, _address, out _));
        // Two numbers: one negative, one of 264 bits, and three instead of two.
        Assert.False(Signature.TryComplete([0x30, 6, 2, 1, 0xff, 2, 1, 1], digest, _address, out _));
        Assert.False(Signature.TryComplete([0x30, 38, 2, 33, 1, .. new byte[32], 2, 1, 1], digest, _address, out _));
        Assert.False(Signature.TryComplete([0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1], digest, _address, out _));
    }
}
