using Iexec.Ethereum.Crypto.Secp256k1;
using Iexec.Ethereum.Signing;

namespace Iexec.Ethereum.Crypto;

/// <summary>
/// A secp256k1 secret. Signing is deterministic (RFC 6979), low-s (EIP-2) and takes the same time for every secret.
/// The bytes are wiped on <see cref="Dispose"/> and never appear in <see cref="ToString"/>. Safe for concurrent use.
/// </summary>
public sealed class PrivateKey : ISigner, IDisposable
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    // Pinned: the collector must not leave copies behind when it moves objects.
    private readonly byte[] _secret = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private volatile bool _disposed;

    /// <summary>Takes 32 bytes, 1 … n−1.</summary>
    /// <exception cref="FormatException">Another length, zero, or not below the group order.</exception>
    public PrivateKey(ReadOnlySpan<byte> secret)
    {
        if (!IsValid(secret))
        {
            throw new FormatException("Not a private key: it has 32 bytes and lies between 1 and the order of secp256k1.");
        }

        secret.CopyTo(_secret);
        PublicKey = new PublicKey(GeneratorComb.Multiply(Scalar.Read(_secret, out _)));
    }

    /// <summary>A fresh key.</summary>
    public static PrivateKey Generate(IEntropySource entropy)
    {
        Span<byte> secret = stackalloc byte[Size];
        try
        {
            do
            {
                entropy.Fill(secret);
            }
            while (!IsValid(secret));

            return new PrivateKey(secret);
        }
        finally
        {
            SecretBytes.Wipe(secret);
        }
    }

    /// <summary>Reads 64 hexadecimal digits with or without <c>0x</c>.</summary>
    /// <exception cref="FormatException">Not a private key. The message does not repeat the text.</exception>
    public static PrivateKey Parse(string hex)
    {
        Span<byte> secret = stackalloc byte[Size];
        try
        {
            return Hex.TryDecode(hex, secret)
                ? new PrivateKey(secret)
                : throw new FormatException("Not a private key: it is written in 64 hexadecimal digits, with or without 0x.");
        }
        finally
        {
            SecretBytes.Wipe(secret);
        }
    }

    /// <summary>The point.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The account.</summary>
    public Address Address => PublicKey.Address;

    /// <summary>Signs a 32-byte digest as it is.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public Signature Sign(in Bytes32 digest)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Ecdsa.Sign(_secret, digest);
    }

    /// <summary>Signs a message with the EIP-191 personal-sign prefix.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public Signature SignMessage(ReadOnlySpan<byte> message) => Sign(Eip191.HashMessage(message));

    ValueTask<Signature> ISigner.SignAsync(SigningRequest request, CancellationToken cancellationToken) => new(Sign(request.Digest));

    /// <summary>The 32 secret bytes; the caller wipes them.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public byte[] ExportSecret()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return [.. _secret];
    }

    /// <summary>The address, never the secret.</summary>
    public override string ToString() => Address.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        SecretBytes.Wipe(_secret);
    }

    private static bool IsValid(ReadOnlySpan<byte> secret) =>
        secret.Length == Size && (Scalar.Read(secret, out var overflow).IsZero | overflow) == 0;
}
