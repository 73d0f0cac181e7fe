using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Xunit;

namespace Tests.Unit.Sdk.Results;

public sealed class EncryptedResultTests : IDisposable
{
    // The tests need keys, not strong ones.
    private readonly RSA _beneficiary = RSA.Create(2048);
    private readonly byte[] _inner = Zip(("result.txt", Encoding.UTF8.GetBytes("hello")), ("big", RandomNumberGenerator.GetBytes(700_000)));

    [Fact]
    public async Task A_result_of_today_is_decrypted()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        Assert.Equal(_inner, await DecryptAsync(Archive(_beneficiary.Encrypt(key, RSAEncryptionPadding.Pkcs1), Cbc(key)), _beneficiary));
    }

    [Fact]
    public async Task A_result_of_the_first_TEE_releases_is_decrypted()
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var sealedKey = Convert.ToBase64String(_beneficiary.Encrypt(Encoding.ASCII.GetBytes(Convert.ToBase64String(key)), RSAEncryptionPadding.Pkcs1));
        using var aes = Aes.Create();
        aes.Key = key;
        var payload = Convert.ToBase64String(aes.EncryptEcb(_inner, PaddingMode.PKCS7), Base64FormattingOptions.InsertLineBreaks);
        Assert.Equal(_inner, await DecryptAsync(Archive(Encoding.ASCII.GetBytes(sealedKey), Encoding.ASCII.GetBytes(payload)), _beneficiary));
    }

    [Fact]
    public async Task Another_key_does_not_open_it()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        using var other = RSA.Create(2048);
        var error = await Assert.ThrowsAsync<IexecException>(() => DecryptAsync(Archive(_beneficiary.Encrypt(key, RSAEncryptionPadding.Pkcs1), Cbc(key)), other));
        Assert.Equal("Failed to decrypt results key with beneficiary key", error.Message);
    }

    [Fact]
    public async Task A_damaged_payload_is_never_taken_for_a_result()
    {
        var (key, wrong) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var sealedKey = _beneficiary.Encrypt(key, RSAEncryptionPadding.Pkcs1);
        foreach (var payload in (byte[][])[Cbc(wrong), [], new byte[7], Cbc(key)[..^8], Cbc(key, "no zip"u8.ToArray())])
        {
            var error = await Assert.ThrowsAsync<IexecException>(() => DecryptAsync(Archive(sealedKey, payload), _beneficiary));
            Assert.Equal("Failed to decrypt results with decrypted results key", error.Message);
        }
    }

    [Fact]
    public async Task What_is_no_such_archive_is_named()
    {
        Assert.Equal("The encrypted result is not a zip file", (await Assert.ThrowsAsync<IexecException>(() => DecryptAsync([1, 2, 3], _beneficiary))).Message);
        Assert.Equal("Missing aes-key.rsa file in zip input file", (await Assert.ThrowsAsync<IexecException>(() => DecryptAsync(Zip(("x", [])), _beneficiary))).Message);
        var big = Zip(("aes-key.rsa", new byte[1001]), ("iexec_out.zip.aes", new byte[32]));
        Assert.Equal("aes-key.rsa is larger than 1000 bytes", (await Assert.ThrowsAsync<IexecException>(() => DecryptAsync(big, _beneficiary))).Message);
    }

    private byte[] Cbc(byte[] key) => Cbc(key, _inner);

    private static byte[] Cbc(byte[] key, byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var iv = RandomNumberGenerator.GetBytes(16);
        return [.. iv, .. aes.EncryptCbc(plain, iv)];
    }

    private static byte[] Archive(byte[] key, byte[] payload) => Zip(("aes-key.rsa", key), ("iexec_out.zip.aes", payload));

    private static byte[] Zip(params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return buffer.ToArray();
    }

    private static async Task<byte[]> DecryptAsync(byte[] archive, RSA key)
    {
        using var plain = new MemoryStream();
        await EncryptedResult.DecryptAsync(new MemoryStream(archive), key, plain, default);
        return plain.ToArray();
    }

    public void Dispose() => _beneficiary.Dispose();
}
