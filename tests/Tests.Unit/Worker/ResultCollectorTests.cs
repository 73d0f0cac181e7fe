using System.Diagnostics;
using System.IO.Compression;
using Iexec.Sdk.Results;
using Iexec.Worker.Containers;
using Iexec.Worker.Results;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class ResultCollectorTests : IDisposable
{
    private static readonly RunOutcome Silent = new() { End = RunEnd.Exited, ExitCode = 0 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iexec-test-");

    public ResultCollectorTests() => _folder.CreateSubdirectory("out");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Digest_of_a_file_is_its_sha256()
    {
        Write("result.txt", "A result");
        Compute("/iexec_out/result.txt");
        Assert.Equal("0xd885f429a59e0816822fc0927be6a6af20ade2c79db49df6c6022f79cb27ac16", (await CollectAsync()).Digest.ToString());
    }

    [Fact]
    public async Task Digest_of_a_folder_covers_its_files_in_order_and_no_sub_folder()
    {
        Write("folder/result2.txt", "Another result");
        Write("folder/result1.txt", "A result");
        Write("folder/deeper/result3.txt", "ignored");
        Compute("/iexec_out/folder");
        Assert.Equal("0xcc77508549295dd5de5876a2f4f00d4c3c27a547c6403450e43ab4de191bf1bc", (await CollectAsync()).Digest.ToString());
    }

    [Fact]
    public async Task Digest_of_callback_data_is_its_keccak()
    {
        Write("computed.json", """{"callback-data":"0x0000000000000000000000000000000000000000000000000000000000000001"}""");
        var result = await CollectAsync(wantsCallback: true);
        Assert.Equal("0xb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6", result.Digest.ToString());
        Assert.Equal(32, result.CallbackData.Length);
    }

    [Theory]
    [InlineData("/iexec_out/result.txt", false)]
    [InlineData("/iexec_out/folder", false)]
    [InlineData("/iexec_out/folder/../folder//deeper/.", false)]
    [InlineData("/iexec_out/empty", false)]
    [InlineData("/iexec_out/nested", false)]
    [InlineData("/iexec_out", false)]
    [InlineData("/iexec_out/result.txt", true)]
    public async Task Who_checks_the_archive_finds_the_digest_that_was_contributed(string path, bool wantsCallback)
    {
        Write("result.txt", "A result");
        Write("folder/b", "b");
        Write("folder/a", "a");
        Write("folder/deeper/c", "c");
        Directory.CreateDirectory(At("empty"));
        Directory.CreateDirectory(At("nested/empty"));
        Write("computed.json", $$"""{{'\uFEFF'}}{ "deterministic-output-path": "{{path}}", /* both */ "callback-data": "0x{{new string('a', 128 * 1024)}}", }""");

        var result = await CollectAsync(Silent with { Stdout = "said" }, wantsCallback);

        await using var archive = File.OpenRead(result.ArchivePath);
        Assert.Equal(result.Digest, ResultArchive.ComputeDigest(archive, wantsCallback, 1 << 20));
    }

    [Fact]
    public async Task Archive_holds_the_files_and_the_streams_and_is_the_same_twice()
    {
        Write("b/c.txt", "deep");
        Write("a.txt", "flat");
        Compute("/iexec_out/a.txt");
        var outcome = Silent with { Stdout = "said", Stderr = "" };

        var first = await CollectAsync(outcome);
        var bytes = await File.ReadAllBytesAsync(first.ArchivePath);
        var second = await CollectAsync(outcome);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(second.ArchivePath));
        Assert.Equal(bytes.Length, first.ArchiveBytes);
        using var zip = ZipFile.OpenRead(first.ArchivePath);
        Assert.Equal(["a.txt", "b/c.txt", "computed.json", "stdout.txt"], zip.Entries.Select(entry => entry.FullName));
        using var text = new StreamReader(zip.GetEntry("b/c.txt")!.Open());
        Assert.Equal("deep", await text.ReadToEndAsync());
    }

    [Fact]
    public async Task Link_as_the_result_is_refused()
    {
        File.CreateSymbolicLink(At("result.txt"), "/etc/passwd");
        Compute("/iexec_out/result.txt");
        var error = await Assert.ThrowsAsync<ResultException>(() => CollectAsync());
        Assert.Equal(ResultFault.BadOutputPath, error.Fault);
        Assert.Contains("link", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_on_the_way_to_the_result_is_refused()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_folder.FullName, "outside"));
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "secret"), "secret");
        Directory.CreateSymbolicLink(At("link"), outside.FullName);
        Compute("/iexec_out/link/secret");
        Assert.Equal(ResultFault.BadOutputPath, (await Assert.ThrowsAsync<ResultException>(() => CollectAsync())).Fault);
        Compute("/iexec_out/link");
        Assert.Equal(ResultFault.BadOutputPath, (await Assert.ThrowsAsync<ResultException>(() => CollectAsync())).Fault);
    }

    [Fact]
    public async Task Links_and_pipes_beside_the_result_stay_out_of_the_archive_and_are_told()
    {
        Write("result.txt", "A result");
        Compute("/iexec_out/result.txt");
        File.CreateSymbolicLink(At("passwd"), "/etc/passwd");
        Directory.CreateSymbolicLink(At("etc"), "/etc");
        using (var mkfifo = Process.Start("mkfifo", At("pipe")))
        {
            await mkfifo.WaitForExitAsync();
        }

        var result = await CollectAsync();

        using var zip = ZipFile.OpenRead(result.ArchivePath);
        Assert.Equal(["computed.json", "result.txt"], zip.Entries.Select(entry => entry.FullName));
        Assert.Contains("etc, passwd, pipe", result.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_is_never_written_through_a_link()
    {
        var victim = Path.Combine(_folder.FullName, "victim");
        await File.WriteAllTextAsync(victim, "untouched");
        File.CreateSymbolicLink(At("stdout.txt"), victim);
        Write("result.txt", "A result");
        Compute("/iexec_out/result.txt");

        await CollectAsync(Silent with { Stdout = "said" });

        Assert.Equal("untouched", await File.ReadAllTextAsync(victim));
        Assert.Equal("said", await File.ReadAllTextAsync(At("stdout.txt")));
    }

    [Fact]
    public async Task Computed_file_that_is_a_link_does_not_count()
    {
        Write("real.json", """{"deterministic-output-path":"/iexec_out"}""");
        File.CreateSymbolicLink(At("computed.json"), At("real.json"));
        Assert.Equal(ResultFault.NoComputedFile, (await Assert.ThrowsAsync<ResultException>(() => CollectAsync())).Fault);
    }

    [Fact]
    public async Task Names_that_would_leave_the_folder_elsewhere_stay_out()
    {
        Write("""..\..\evil.txt""", "x");
        Write("result.txt", "A result");
        Compute("/iexec_out/result.txt");
        using var zip = ZipFile.OpenRead((await CollectAsync()).ArchivePath);
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_result_and_missing_computed_file_are_told()
    {
        Assert.Equal(ResultFault.NoComputedFile, (await Assert.ThrowsAsync<ResultException>(() => CollectAsync())).Fault);
        Compute("/iexec_out/nothing");
        Assert.Equal(ResultFault.BadOutputPath, (await Assert.ThrowsAsync<ResultException>(() => CollectAsync())).Fault);
    }

    [Theory]
    [InlineData(20, 100)]
    [InlineData(1000, 2)]
    public async Task Result_beyond_its_limits_is_refused(long bytes, int entries)
    {
        Write("a", "some bytes");
        Write("b", "some bytes");
        Compute("/iexec_out/a");
        var error = await Assert.ThrowsAsync<ResultException>(() => CollectAsync(limits: new ResultLimits { MaxBytes = bytes, MaxEntries = entries }));
        Assert.Equal(ResultFault.TooLarge, error.Fault);
    }

    private string At(string name) => Path.Combine(_folder.FullName, "out", name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    private void Compute(string path) => Write("computed.json", $$"""{"deterministic-output-path":"{{path}}"}""");

    private Task<CollectedResult> CollectAsync(RunOutcome? outcome = null, bool wantsCallback = false, ResultLimits? limits = null) =>
        ResultCollector.CollectAsync(
            Path.Combine(_folder.FullName, "out"), outcome ?? Silent, wantsCallback, Path.Combine(_folder.FullName, "result.zip"), limits ?? new ResultLimits(), CancellationToken.None);
}
