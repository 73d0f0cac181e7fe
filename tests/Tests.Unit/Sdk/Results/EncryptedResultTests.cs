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

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public async Task It_makes_no_difference_how_the_archive_is_packed(CompressionLevel packed)
    {
        var (key, wrong) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var sealedKey = _beneficiary.Encrypt(key, RSAEncryptionPadding.Pkcs1);
        Assert.Equal(_inner, await DecryptAsync(Zip(packed, ("aes-key.rsa", sealedKey), ("iexec_out.zip.aes", Cbc(key))), _beneficiary));
        var error = await Assert.ThrowsAsync<IexecException>(() => DecryptAsync(Zip(packed, ("aes-key.rsa", sealedKey), ("iexec_out.zip.aes", Cbc(wrong))), _beneficiary));
        Assert.Equal("Failed to decrypt results with decrypted results key", error.Message);
    }

    [Fact]
    public async Task What_is_no_such_archive_is_named()
    {
        Assert.Equal("The encrypted result is not a zip file", (await Assert.ThrowsAsync<IexecException>(() => DecryptAsync([1, 2, 3], _beneficiary))).Message);
        Assert.Equal("Missing aes-key.rsa file in zip input file", (await Assert.ThrowsAsync<IexecException>(() => DecryptAsync(Zip(("x", [])), _beneficiary))).Message);
        var big = Zip(("aes-key.rsa", new byte[1001]), ("iexec_out.zip.aes", new byte[32]));
        Assert.Equal("aes-key.rsa is larger than 1000 bytes", (await Assert.ThrowsAsync<IexecException>(() => DecryptAsync(big, _beneficiary))).Message);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_or_changed_anywhere_is_refused_in_words_or_gives_a_zip()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var whole = Archive(_beneficiary.Encrypt(key, RSAEncryptionPadding.Pkcs1), Cbc(key, Zip(("x", [1, 2, 3]))));
        for (var at = 0; at < whole.Length; at++)
        {
            await RequireWordsAsync(whole[..at]);
            foreach (var with in (byte[])[0x01, 0xff])
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= with;
                await RequireWordsAsync(changed);
            }
        }

        async Task RequireWordsAsync(byte[] archive)
        {
            try
            {
                Assert.Equal("PK"u8.ToArray(), (await DecryptAsync(archive, _beneficiary))[..2]);
            }
            catch (IexecException told)
            {
                Assert.Equal(ErrorCode.ValidationError, told.Code);
            }
        }
    }

    [Fact]
    public async Task An_entry_that_unpacks_to_more_than_it_says_is_cut_at_what_it_says()
    {
        // 64 MB of zeros, said to be 32 bytes: once in the header before it, once in the directory.
        var zip = Zip(("aes-key.rsa", _beneficiary.Encrypt(new byte[32], RSAEncryptionPadding.Pkcs1)), ("iexec_out.zip.aes", new byte[64 << 20]));
        var size = BitConverter.GetBytes(64 << 20);
        for (var at = zip.AsSpan().IndexOf(size); at >= 0; at = zip.AsSpan().IndexOf(size))
        {
            BitConverter.TryWriteBytes(zip.AsSpan(at), 32);
        }

        using var plain = new MemoryStream();
        await Assert.ThrowsAsync<IexecException>(() => EncryptedResult.DecryptAsync(new MemoryStream(zip), _beneficiary, plain, default));
        Assert.InRange(plain.Length, 0, 32);
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

    private static byte[] Zip(params ReadOnlySpan<(string Name, byte[] Content)> entries) => Zip(CompressionLevel.Optimal, entries);

    private static byte[] Zip(CompressionLevel packed, params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, packed).Open();
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
