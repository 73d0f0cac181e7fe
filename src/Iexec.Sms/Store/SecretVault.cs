using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sms.Store;

/// <summary>
/// Seals values: AES-256-GCM (NIST SP 800-38D) with a random nonce per record. Chain, kind, owner and name are associated data, so a sealed value that
/// is moved to another row does not open. Keys are derived from the master key by HKDF-SHA-256 (RFC 5869), one per purpose.
/// </summary>
internal sealed class SecretVault : IDisposable
{
    public const int KeySize = 32;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly AesGcm _cipher;
    private readonly byte[] _markKey;
    private readonly ulong _chainId;
    private readonly IEntropySource _entropy;

    public SecretVault(ReadOnlySpan<byte> masterKey, ulong chainId, IEntropySource entropy)
    {
        Span<byte> sealing = stackalloc byte[KeySize];
        Derive(masterKey, sealing, "iexec sms seal v1");
        _cipher = new AesGcm(sealing, TagSize);
        CryptographicOperations.ZeroMemory(sealing);
        _markKey = new byte[KeySize];
        Derive(masterKey, _markKey, "iexec sms mark v1");
        _chainId = chainId;
        _entropy = entropy;
    }

    /// <summary>nonce ‖ ciphertext ‖ tag, base64.</summary>
    public string Seal(SecretReference secret, ReadOnlySpan<byte> value) => Seal(ContextOf(secret), value);

    /// <summary>The value.</summary>
    /// <exception cref="CryptographicException">Another key, another place, or a changed record.</exception>
    public byte[] Open(SecretReference secret, string sealedValue) => Open(ContextOf(secret), sealedValue);

    /// <summary>The same for the same value of the same secret.</summary>
    public string Mark(SecretReference secret, ReadOnlySpan<byte> value)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _markKey);
        hmac.AppendData(ContextOf(secret));
        hmac.AppendData([0]);
        hmac.AppendData(value);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <summary>A record that only this key opens.</summary>
    public string SealCheck() => Seal(CheckContext(), "key check"u8);

    /// <summary>True if the record was made with this key for this chain.</summary>
    public bool PassesCheck(string sealedCheck)
    {
        try
        {
            return Open(CheckContext(), sealedCheck).AsSpan().SequenceEqual("key check"u8);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_markKey);
    }

    private string Seal(byte[] context, ReadOnlySpan<byte> value)
    {
        var record = new byte[NonceSize + value.Length + TagSize];
        var nonce = record.AsSpan(0, NonceSize);
        _entropy.Fill(nonce);
        _cipher.Encrypt(nonce, value, record.AsSpan(NonceSize, value.Length), record.AsSpan(NonceSize + value.Length), context);
        return Convert.ToBase64String(record);
    }

    private byte[] Open(byte[] context, string sealedValue)
    {
        var record = Convert.FromBase64String(sealedValue);
        if (record.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The record is too short.");
        }

        var value = new byte[record.Length - NonceSize - TagSize];
        _cipher.Decrypt(record.AsSpan(0, NonceSize), record.AsSpan(NonceSize, value.Length), record.AsSpan(NonceSize + value.Length), value, context);
        return value;
    }

    // Names hold no line break, so the parts cannot run into each other.
    private byte[] ContextOf(SecretReference secret) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"secret\n{_chainId}\n{secret.Kind}\n{secret.Owner.ToHex()}\n{secret.Name}"));

    private byte[] CheckContext() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"check\n{_chainId}"));

    private static void Derive(ReadOnlySpan<byte> masterKey, Span<byte> key, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, key, [], Encoding.UTF8.GetBytes(purpose));
}
