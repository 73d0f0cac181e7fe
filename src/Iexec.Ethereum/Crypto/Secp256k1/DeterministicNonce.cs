using System.Security.Cryptography;

namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// The nonces of RFC 6979 §3.2 with HMAC-SHA-256: a generator seeded by secret and digest, so that no random source can
/// repeat a nonce and give the key away. A ref struct on the caller's stack; wipe it by <see cref="Dispose"/>.
/// </summary>
internal ref struct DeterministicNonce
{
    private const int Length = 32;

    private readonly Span<byte> _key;

    /// <summary>V, then one byte and the seed material: the input of each step lies here in one piece.</summary>
    private readonly Span<byte> _input;

    private bool _started;

    /// <param name="secret">The private key, 32 bytes.</param>
    /// <param name="reducedDigest">The digest modulo n, 32 bytes (bits2octets).</param>
    /// <param name="workspace">At least <see cref="WorkspaceSize"/> bytes.</param>
    internal DeterministicNonce(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> reducedDigest, Span<byte> workspace)
    {
        _key = workspace[..Length];
        _input = workspace[Length..WorkspaceSize];
        _key.Clear();
        _input[..Length].Fill(0x01);
        secret.CopyTo(_input[(Length + 1)..]);
        reducedDigest.CopyTo(_input[(Length + 1 + Length)..]);
        Rekey(0x00, _input.Length);
        Rekey(0x01, _input.Length);
    }

    internal static int WorkspaceSize => Length + (Length + 1 + Length + Length);

    /// <summary>The next candidate; the caller refuses those out of range.</summary>
    internal Scalar Next(out ulong overflow)
    {
        if (_started)
        {
            Rekey(0x00, Length + 1);
        }

        _started = true;
        Advance();
        return Scalar.Read(_input[..Length], out overflow);
    }

    internal readonly void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_input);
    }

    private readonly void Rekey(byte separator, int inputLength)
    {
        _input[Length] = separator;
        HMACSHA256.HashData(_key, _input[..inputLength], _key);
        Advance();
    }

    private readonly void Advance() => HMACSHA256.HashData(_key, _input[..Length], _input[..Length]);
}
