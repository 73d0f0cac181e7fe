using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum.Crypto;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto;

public sealed class SigningPropertyTests
{
    [Fact]
    public void Who_signs_is_recovered_and_verified() => Prop.ForAll<byte[], byte[]>((seed, message) =>
    {
        using var key = new PrivateKey(Keccak256.Hash(seed).AsSpan());
        var digest = Keccak256.Hash(message);
        var signature = key.Sign(digest);
        return signature.V is 27 or 28
            && PublicKey.TryRecover(digest, signature, out var recovered) && recovered.Equals(key.PublicKey)
            && key.PublicKey.Verify(digest, signature)
            && PublicKey.RecoverAddress(digest, signature with { V = (byte)(55 - signature.V) }) != key.Address;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_signature_survives_both_written_forms() => Prop.ForAll<byte[]>(seed =>
    {
        using var key = new PrivateKey(Keccak256.Hash(seed).AsSpan());
        var signature = key.Sign(Keccak256.Hash(seed));
        var compact = signature.ToArray()[..64];
        compact[32] |= (byte)((signature.V - 27) << 7);
        return Signature.TryParse(signature.ToArray(), out var full) && full == signature
            && Signature.TryParse(compact, out var read) && read == signature;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_flipped_bit_of_a_signature_never_keeps_its_signer() => Prop.ForAll<byte[], ushort>((seed, position) =>
    {
        using var key = new PrivateKey(Keccak256.Hash(seed).AsSpan());
        var digest = Keccak256.Hash(seed);
        var bytes = key.Sign(digest).ToArray();
        bytes[position % 512 / 8] ^= (byte)(1 << (position % 8));
        return Signature.TryParse(bytes, out var altered)
            && PublicKey.RecoverAddress(digest, altered) != key.Address
            && !key.PublicKey.Verify(digest, altered);
    }).QuickCheckThrowOnFailure();
}
