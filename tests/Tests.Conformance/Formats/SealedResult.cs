using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Tests.Conformance.Formats;

/// <summary>Makes an encrypted result as a trusted worker does, in the form of today or in one of those of the first releases.</summary>
/// <param name="KeyBytes">32: AES-256-CBC after its IV; 16: base64 of AES-128-ECB.</param>
/// <param name="IsKeyInBase64">The key in base64 around and inside the RSA.</param>
internal sealed record SealedResult(int KeyBytes, bool IsKeyInBase64)
{
    /// <summary>Encrypts a zip for a beneficiary.</summary>
    public async Task WriteAsync(string path, byte[] plain, string publicPem)
    {
        using var aes = Aes.Create();
        aes.Key = RandomNumberGenerator.GetBytes(KeyBytes);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(publicPem);
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create);
        await WriteAsync(zip, "iexec_out.zip.aes", KeyBytes == 32 ? [.. aes.IV, .. aes.EncryptCbc(plain, aes.IV)] : Base64(aes.EncryptEcb(plain, PaddingMode.PKCS7)));
        await WriteAsync(zip, "aes-key.rsa", IsKeyInBase64
            ? Base64(rsa.Encrypt(Base64(aes.Key), RSAEncryptionPadding.Pkcs1))
            : rsa.Encrypt(aes.Key, RSAEncryptionPadding.Pkcs1));
    }

    private static byte[] Base64(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));

    private static async Task WriteAsync(ZipArchive zip, string name, byte[] content)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync();
        await entry.WriteAsync(content);
    }
}
