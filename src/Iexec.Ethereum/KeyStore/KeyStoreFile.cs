using System.Globalization;
using System.Security.Cryptography;
using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.KeyStore;

/// <summary>
/// Web3 Secret Storage version 3 ("UTC/JSON"): aes-128-ctr under scrypt or pbkdf2. Reads both spellings of the member
/// <c>crypto</c>/<c>Crypto</c>; writes scrypt with n = 131072, r = 8, p = 1 and the spelling <c>Crypto</c>, as the official client does.
/// </summary>
public static class KeyStoreFile
{
    /// <summary>The JSON text, one line.</summary>
    public static string Encrypt(PrivateKey key, string password, IEntropySource entropy)
    {
        Span<byte> random = stackalloc byte[32 + 16 + 16];
        entropy.Fill(random);
        var secret = key.ExportSecret();
        var derivation = KeyDerivation.Written(random[..32]);
        var passwordBytes = KeyStorePassword.Written(password);
        var derived = derivation.DeriveKey(passwordBytes);
        try
        {
            var iv = random[32..48];
            var ciphertext = AesCtr.Transform(derived.AsSpan(0, 16), iv, secret);
            return KeyStoreJson.Write(new(
                key.Address,
                UuidV4(random[48..]),
                iv.ToArray(),
                ciphertext,
                derivation,
                Mac(derived, ciphertext)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passwordBytes);
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Opens the file. Work factors are bounded, so that a hostile file cannot eat the machine.</summary>
    /// <exception cref="WrongPasswordException">The MAC does not fit.</exception>
    /// <exception cref="FormatException">Not a version 3 keystore; says which member.</exception>
    public static PrivateKey Decrypt(string json, string password)
    {
        var content = KeyStoreJson.Read(json);
        foreach (var candidate in KeyStorePassword.Read(password))
        {
            if (TryDecrypt(content, candidate) is { } key)
            {
                if (content.Address is null || content.Address == key.Address)
                {
                    return key;
                }

                key.Dispose();
                throw new FormatException("keystore: 'address' is not the address of the key inside; the file was altered.");
            }
        }

        throw new WrongPasswordException();
    }

    /// <summary>The address written in the file, without the password; null when the file has none.</summary>
    /// <exception cref="FormatException">Not JSON, or the address is none.</exception>
    public static Address? ReadAddress(string json) => KeyStoreJson.ReadAddress(json);

    /// <summary><c>UTC--2026-11-21T09-32-57.532000000Z--{checksummed address without 0x}</c>.</summary>
    public static string FileName(Address address, DateTimeOffset now)
    {
        // .NET's clock ticks seven digits deep; the name has nine.
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss.fffffff", CultureInfo.InvariantCulture);
        return $"UTC--{time}00Z--{address.ToString()[2..]}";
    }

    private static PrivateKey? TryDecrypt(KeyStoreContent content, byte[] password)
    {
        var derived = content.Derivation.DeriveKey(password);
        var secret = Array.Empty<byte>();
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Mac(derived, content.Ciphertext).AsSpan(), content.Mac.AsSpan()))
            {
                return null;
            }

            secret = AesCtr.Transform(derived.AsSpan(0, 16), content.Iv, content.Ciphertext);
            return new PrivateKey(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(password);
        }
    }

    /// <summary>keccak-256(second half of the derived key ‖ ciphertext).</summary>
    private static Bytes32 Mac(ReadOnlySpan<byte> derived, ReadOnlySpan<byte> ciphertext)
    {
        var stream = new Keccak256Stream();
        stream.Append(derived[16..32]);
        stream.Append(ciphertext);
        return stream.Finish();
    }

    /// <summary>RFC 9562 §5.4.</summary>
    private static Guid UuidV4(Span<byte> random)
    {
        random[6] = (byte)((random[6] & 0x0f) | 0x40);
        random[8] = (byte)((random[8] & 0x3f) | 0x80);
        return new Guid(random, bigEndian: true);
    }
}
