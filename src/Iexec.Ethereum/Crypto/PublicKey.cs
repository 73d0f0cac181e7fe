namespace Iexec.Ethereum.Crypto;

/// <summary>A point on secp256k1: 64 bytes x ‖ y.</summary>
public sealed class PublicKey
{
    /// <summary>Uncompressed SEC 1 form: 0x04 ‖ x ‖ y, 65 bytes.</summary>
    public byte[] ToUncompressed() => throw new NotImplementedException();

    /// <summary>Last 20 bytes of keccak-256(x ‖ y).</summary>
    public Address Address => throw new NotImplementedException();

    /// <summary>True if <paramref name="signature"/> (low s only, EIP-2) was made by this key over <paramref name="digest"/>.</summary>
    public bool Verify(in Bytes32 digest, in Signature signature) => throw new NotImplementedException();

    /// <summary>The key that signed <paramref name="digest"/>; false if the signature is malformed, has a high s (EIP-2), or no key fits.</summary>
    public static bool TryRecover(in Bytes32 digest, in Signature signature, out PublicKey? key) => throw new NotImplementedException();

    /// <summary>The address that signed <paramref name="digest"/>; null as in <see cref="TryRecover"/>.</summary>
    public static Address? RecoverAddress(in Bytes32 digest, in Signature signature) =>
        TryRecover(digest, signature, out var key) ? key!.Address : null;
}
