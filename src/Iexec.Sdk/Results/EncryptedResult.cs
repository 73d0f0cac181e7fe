using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Results;

/// <summary>
/// The archive of an encrypted result: <c>aes-key.rsa</c>, a key encrypted for the beneficiary (RSA, PKCS#1 v1.5), and
/// <c>iexec_out.zip.aes</c>, the result (16 bytes of IV, then AES-256-CBC). The forms of the first TEE releases are read, too: the key in base64
/// around and inside the RSA; and a key of 128 bits, with the result as base64 of AES-128-ECB. Either goes with either.
/// </summary>
internal static class EncryptedResult
{
    private const string KeyEntry = "aes-key.rsa";
    private const string PayloadEntry = "iexec_out.zip.aes";
    private const int LargestKeyEntryBytes = 1000;
    private const long LargestPayloadBytes = 1L << 30;
    private const int IvSize = 16;
    private const int LegacyKeySize = 16;
    private const int KeySize = 32;

    /// <summary>Decrypts into <paramref name="target"/>, streamed. On a failure what was written is worth nothing.</summary>
    /// <exception cref="IexecException">ValidationError: not such an archive, or not for this key.</exception>
    public static async Task DecryptAsync(Stream archive, RSA beneficiary, Stream target, CancellationToken cancellationToken)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            var key = await ReadKeyAsync(Entry(zip, KeyEntry, LargestKeyEntryBytes), beneficiary, cancellationToken).ConfigureAwait(false);
            using var payload = await Entry(zip, PayloadEntry, LargestPayloadBytes).OpenAsync(cancellationToken).ConfigureAwait(false);
            await DecryptPayloadAsync(payload, key, target, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException notAZip)
        {
            throw new IexecException(ErrorCode.ValidationError, "The encrypted result is not a zip file", "Name the downloaded file as it is.", notAZip);
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name, long largest)
    {
        var entry = zip.GetEntry(name) ?? throw new IexecException(
            ErrorCode.ValidationError, $"Missing {name} file in zip input file", "Is the result encrypted? One that is not can be opened as it is.");
        return entry.Length <= largest ? entry : throw new IexecException(ErrorCode.ValidationError, $"{name} is larger than {largest} bytes");
    }

    private static async Task<byte[]> ReadKeyAsync(ZipArchiveEntry entry, RSA beneficiary, CancellationToken cancellationToken)
    {
        using var stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LargestKeyEntryBytes];
        var sealedKey = buffer[..await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)];
        try
        {
            if (sealedKey.Length == beneficiary.KeySize / 8)
            {
                return Sized(beneficiary.Decrypt(sealedKey, RSAEncryptionPadding.Pkcs1));
            }

            var inBase64 = beneficiary.Decrypt(Convert.FromBase64String(Encoding.ASCII.GetString(sealedKey)), RSAEncryptionPadding.Pkcs1);
            return Sized(Convert.FromBase64String(Encoding.ASCII.GetString(inBase64)));
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            throw new IexecException(
                ErrorCode.ValidationError, "Failed to decrypt results key with beneficiary key", new Advice("The result was encrypted for another key.", Remedy.NameResultKey), wrong);
        }
    }

    // A wrong key does not always fail: some libraries then give random bytes, so that nobody learns from the failure.
    private static byte[] Sized(byte[] key) => key.Length is KeySize or LegacyKeySize ? key : throw new CryptographicException("Not a key of either form.");

    private static async Task DecryptPayloadAsync(Stream payload, byte[] key, Stream target, CancellationToken cancellationToken)
    {
        try
        {
            using var aes = Aes.Create();
            aes.Key = key;
            if (key.Length == LegacyKeySize)
            {
                aes.Mode = CipherMode.ECB;
                using var fromBase64 = new FromBase64Transform(FromBase64TransformMode.IgnoreWhiteSpaces);
                using var decoded = new CryptoStream(payload, fromBase64, CryptoStreamMode.Read, leaveOpen: true);
                await CopyAsync(decoded, aes, target, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var iv = new byte[IvSize];
                await payload.ReadExactlyAsync(iv, cancellationToken).ConfigureAwait(false);
                aes.IV = iv;
                await CopyAsync(payload, aes, target, cancellationToken).ConfigureAwait(false);
            }
        }
        // An entry that was stored as it is gives a stream that a decryption cannot be ended on before its end: it refuses the flush.
        catch (Exception wrong) when (wrong is CryptographicException or EndOfStreamException or FormatException or NotSupportedException)
        {
            throw new IexecException(ErrorCode.ValidationError, "Failed to decrypt results with decrypted results key", "The archive is damaged.", wrong);
        }
    }

    private static async Task CopyAsync(Stream encrypted, Aes aes, Stream target, CancellationToken cancellationToken)
    {
        using var decryptor = aes.CreateDecryptor();
        using var plain = new CryptoStream(encrypted, decryptor, CryptoStreamMode.Read, leaveOpen: true);
        // The padding alone lets one wrong key in 256 pass; the result is a zip, which says so.
        var start = new byte[2];
        if (await plain.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < start.Length || start is not [(byte)'P', (byte)'K'])
        {
            throw new CryptographicException("No zip inside.");
        }

        await target.WriteAsync(start, cancellationToken).ConfigureAwait(false);
        await plain.CopyToAsync(target, 1 << 18, cancellationToken).ConfigureAwait(false);
    }
}
