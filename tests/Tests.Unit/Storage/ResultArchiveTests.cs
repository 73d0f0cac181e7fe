using System.IO.Compression;
using System.Text;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Xunit;

namespace Tests.Unit.Storage;

/// <summary>Digest vectors are those of the original's own tests (iexec-common, FileHashUtils and ResultUtils).</summary>
public sealed class ResultArchiveTests
{
    private const string FileDigest = "0xd885f429a59e0816822fc0927be6a6af20ade2c79db49df6c6022f79cb27ac16";
    private const string FolderDigest = "0xcc77508549295dd5de5876a2f4f00d4c3c27a547c6403450e43ab4de191bf1bc";

    [Theory]
    [InlineData("/iexec_out/result.txt")]
    [InlineData("/iexec_out//./result.txt")]
    [InlineData("result.txt")]
    public void A_file_counts_by_its_SHA_256(string path) =>
        Assert.Equal(FileDigest, Digest(("computed.json", Computed(path)), ("result.txt", "A result")));

    [Theory]
    [InlineData("/iexec_out/out", "out/")]
    [InlineData("/iexec_out/out/", "out/")]
    public void A_folder_counts_by_its_direct_files_in_order_of_path(string path, string prefix) =>
        Assert.Equal(
            FolderDigest,
            Digest(("computed.json", Computed(path)), (prefix + "result2.txt", "Another result"), (prefix + "sub/ignored.txt", "x"), (prefix + "result1.txt", "A result")));

    [Fact]
    public void Callback_data_counts_by_its_keccak() =>
        Assert.Equal(
            "0xb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6",
            CallbackDigest("""{"callback-data":"0x0000000000000000000000000000000000000000000000000000000000000001"}"""));

    [Fact]
    public void The_deal_decides_when_both_are_named()
    {
        const string Both = """{"deterministic-output-path":"/iexec_out/result.txt","callback-data":"0x0000000000000000000000000000000000000000000000000000000000000001"}""";
        Assert.Equal(FileDigest, Digest(("computed.json", Both), ("result.txt", "A result")));
        Assert.Equal("0xb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6", CallbackDigest(Both));
    }

    [Fact]
    public void What_the_deal_asks_for_must_be_there()
    {
        Assert.Contains("has a callback", Assert.Throws<IexecException>(() => CallbackDigest(Computed("/iexec_out"))).Message, StringComparison.Ordinal);
        Assert.Contains("no \"deterministic", Assert.Throws<IexecException>(() => Digest(("computed.json", """{"callback-data":"0x01"}"""))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_is_cut_off_or_changed_anywhere_has_a_digest_or_is_refused_in_words()
    {
        var whole = Zip(("computed.json", Computed("/iexec_out/result.txt")), ("result.txt", "A result")).ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            RequireWords(whole[..at]);
            foreach (var with in (byte[])[0x01, 0x80, 0xff])
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= with;
                RequireWords(changed);
            }
        }

        static void RequireWords(byte[] archive)
        {
            var error = Record.Exception(() => ResultArchive.ComputeDigest(new MemoryStream(archive), wantsCallback: false, 1 << 20));
            Assert.True(error is null or IexecException { Code: ErrorCode.ValidationError }, error?.ToString());
        }
    }

    [Fact]
    public void Two_files_of_one_name_are_refused() =>
        Assert.Contains("one name", Assert.Throws<IexecException>(
            () => Digest(("computed.json", Computed("/iexec_out/result.txt")), ("result.txt", "A result"), ("result.txt", "Another"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"deterministic-output-path":"/iexec_out/../etc/passwd"}""", "lies outside")]
    [InlineData("""{"deterministic-output-path":"/iexec_out/missing"}""", "does not exist")]
    [InlineData("""{"callback-data":"0x1"}""", "hexadecimal")]
    [InlineData("""{"deterministic-output-path":7}""", "text members")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not JSON")]
    public void An_unusable_computed_json_is_named(string computed, string expected) =>
        Assert.Contains(expected, Assert.Throws<IexecException>(() => Digest(("computed.json", computed), ("result.txt", "A result"))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_archive_without_computed_json_is_refused() =>
        Assert.Contains("no computed.json", Assert.Throws<IexecException>(() => Digest(("result.txt", "A result"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_zip_are_refused() =>
        Assert.Throws<IexecException>(() => ResultArchive.ComputeDigest(new MemoryStream("not a zip"u8.ToArray()), wantsCallback: false, 1000));

    [Fact]
    public void Content_that_unpacks_beyond_the_limit_is_refused()
    {
        var error = Assert.Throws<IexecException>(() => ResultArchive.ComputeDigest(Zip(("computed.json", Computed("/iexec_out/big")), ("big", new string('x', 100_000))), wantsCallback: false, 50_000));
        Assert.Contains("larger than the limit", error.Message, StringComparison.Ordinal);
    }

    private static string Computed(string path) => $$"""{"deterministic-output-path":"{{path}}"}""";

    private static string Digest(params (string Name, string Content)[] files) => ResultArchive.ComputeDigest(Zip(files), wantsCallback: false, 1 << 20).ToString();

    private static string CallbackDigest(string computed) => ResultArchive.ComputeDigest(Zip(("computed.json", computed)), wantsCallback: true, 1 << 20).ToString();

    private static MemoryStream Zip(params (string Name, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        stream.Position = 0;
        return stream;
    }
}
