using System.Security.Cryptography;
using Iexec.Ethereum;

namespace Iexec.Testing.Signing;

/// <summary>
/// Stands for a key management service: it makes a key on secp256k1 that never leaves it (here the system's own library has it), gives the
/// public half, and answers 32 bytes with a DER signature whose s lies in either half of the group order.
/// </summary>
public sealed class KeyService : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));

    /// <summary>64 bytes x ‖ y.</summary>
    public byte[] PublicPoint
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return [.. point.X!, .. point.Y!];
        }
    }

    /// <summary>Signs a digest as it is.</summary>
    public Task<byte[]> SignAsync(Bytes32 digest, DSASignatureFormat format = DSASignatureFormat.Rfc3279DerSequence) =>
        Task.FromResult(_key.SignHash(digest.ToArray(), format));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
