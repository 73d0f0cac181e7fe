namespace Iexec.Ethereum.Crypto;

/// <summary>
/// A secp256k1 secret. Signing is deterministic (RFC 6979), low-s (EIP-2) and takes the same time for every secret.
/// The bytes are wiped on <see cref="Dispose"/> and never appear in <see cref="ToString"/>.
/// </summary>
public sealed class PrivateKey : IDisposable
{
    /// <summary>Takes 32 bytes, 1 … n−1.</summary>
    /// <exception cref="FormatException">Another length, zero, or not below the group order.</exception>
    public PrivateKey(ReadOnlySpan<byte> secret) => throw new NotImplementedException();

    /// <summary>A fresh key.</summary>
    public static PrivateKey Generate(IEntropySource entropy) => throw new NotImplementedException();

    /// <summary>Reads 64 hexadecimal digits with or without <c>0x</c>.</summary>
    /// <exception cref="FormatException">Not a private key. The message does not repeat the text.</exception>
    public static PrivateKey Parse(string hex) => throw new NotImplementedException();

    /// <summary>The point.</summary>
    public PublicKey PublicKey => throw new NotImplementedException();

    /// <summary>The account.</summary>
    public Address Address => throw new NotImplementedException();

    /// <summary>Signs a 32-byte digest as it is.</summary>
    public Signature Sign(in Bytes32 digest) => throw new NotImplementedException();

    /// <summary>Signs a message with the EIP-191 personal-sign prefix.</summary>
    public Signature SignMessage(ReadOnlySpan<byte> message) => Sign(Eip191.HashMessage(message));

    /// <summary>The 32 secret bytes; the caller wipes them.</summary>
    public byte[] ExportSecret() => throw new NotImplementedException();

    /// <summary>The address, never the secret.</summary>
    public override string ToString() => Address.ToString();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
