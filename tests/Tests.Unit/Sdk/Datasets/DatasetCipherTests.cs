using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Errors;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Sdk.Datasets;

public sealed class DatasetCipherTests
{
    private const string KeyText = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

    [Fact]
    public async Task A_file_has_the_bytes_that_the_official_client_writes()
    {
        using var encrypted = new MemoryStream();
        var checksum = await DatasetCipher.EncryptAsync(
            new MemoryStream(Encoding.UTF8.GetBytes("hello dataset")), encrypted, DatasetKey.Parse(KeyText), new NineEntropy(), null, default);
        Assert.Equal("0x09090909090909090909090909090909e3e9b857d76915601c38083c295adda0", Hex.Encode(encrypted.ToArray()));
        Assert.Equal("0x6e4cb0257b7e0194f5028697f2a17e5ec5617c9950873900ada15f9900921392", checksum.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((3 << 20) + 12345)]
    public async Task Every_length_can_be_decrypted_again_and_the_checksum_is_that_of_the_encrypted_file(int length)
    {
        var plain = new byte[length];
        new SeededEntropy(7).Fill(plain);
        var key = DatasetKey.Generate(new SeededEntropy(8));
        using var encrypted = new MemoryStream();
        var reports = new List<long>();
        var checksum = await DatasetCipher.EncryptAsync(new Dribble(plain), encrypted, key, new SeededEntropy(9), new Recorder(reports), default);

        var bytes = encrypted.ToArray();
        using var aes = Aes.Create();
        aes.SetKey(key.Bytes);
        Assert.Equal(plain, aes.DecryptCbc(bytes.AsSpan(16), bytes.AsSpan(0, 16)));
        Assert.Equal(Hex.Encode(SHA256.HashData(bytes)), checksum.ToString());
        Assert.Equal(length, reports[^1]);
    }

    [Fact]
    public async Task A_target_that_fails_is_told_and_nothing_goes_on_writing()
    {
        var target = new FullDisk();
        await Assert.ThrowsAsync<IOException>(() => DatasetCipher.EncryptAsync(
            new MemoryStream(new byte[10 << 20]), target, DatasetKey.Parse(KeyText), new NineEntropy(), null, default));
        var written = target.Writes;
        await Task.Yield();
        Assert.Equal(written, target.Writes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw==")]
    [InlineData("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc!")]
    [InlineData("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc= ")]
    public void What_is_no_key_is_refused_without_repeating_it(string text)
    {
        var error = Assert.Throws<IexecException>(() => DatasetKey.Parse(text));
        Assert.Equal(ErrorCode.ValidationError, error.Code);
        Assert.EndsWith("is not a valid encryption key (must be base64 encoded 256 bits key)", error.Message, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !error.Message.Contains(text, StringComparison.Ordinal));
    }

    private sealed class NineEntropy : IEntropySource
    {
        public void Fill(Span<byte> destination) => destination.Fill(9);
    }

    private sealed class Recorder(List<long> reports) : IProgress<long>
    {
        public void Report(long value) => reports.Add(value);
    }

    /// <summary>Gives less than asked for, as pipes and sockets do.</summary>
    private sealed class Dribble(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 70_001)], cancellationToken);
    }

    private sealed class FullDisk : MemoryStream
    {
        public int Writes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            return buffer.Length > 16 ? throw new IOException("No space left on device") : ValueTask.CompletedTask;
        }
    }
}
