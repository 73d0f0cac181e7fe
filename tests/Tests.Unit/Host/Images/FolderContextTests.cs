using System.Formats.Tar;
using Iexec.Host.Images;
using Iexec.Sdk.Errors;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Host.Images;

public sealed class FolderContextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Image_never_gets_keys_or_links_or_what_is_ignored()
    {
        Write("Dockerfile", "FROM scratch\n");
        Write("main.sh", "echo\n");
        Write("src/deep/code.txt", "x");
        foreach (var secret in new[] { "wallet.json", "sub/wallet.json", "encrypted-wallet.json", ".secrets/datasets/a.key", ".git/config", "UTC--2019-01-01--aa", ".iexec-run.json", "results/0x1.zip" })
        {
            Write(secret, "secret");
        }

        Write("data/large.bin", "x");
        Write("notes/a.tmp", "x");
        Write(".dockerignore", "# kept out\ndata\n**/*.tmp\nDockerfile\n");
        File.CreateSymbolicLink(_folder.File("outside"), "/etc/hostname");

        await using var tar = await new FolderContext(_folder.Path).ToTarAsync(CancellationToken.None);

        Assert.Equal([".dockerignore", "Dockerfile", "main.sh", "src/deep/code.txt"], await NamesAsync(tar));
    }

    [Fact]
    public void Digest_changes_with_content_name_and_mode_and_with_nothing_else()
    {
        Write("Dockerfile", "FROM scratch\n");
        Write("main.sh", "echo\n");
        var first = Digest();

        File.SetLastWriteTimeUtc(_folder.File("main.sh"), DateTime.UnixEpoch);
        Write("wallet.json", "ignored");
        Assert.Equal(first, Digest());

        Write("main.sh", "echo 2\n");
        var second = Digest();
        File.Move(_folder.File("main.sh"), _folder.File("other.sh"));
        var third = Digest();
        Assert.Equal(3, new HashSet<string> { first, second, third }.Count);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File("other.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Assert.NotEqual(third, Digest());
        }
    }

    [Fact]
    public void Folder_without_Dockerfile_is_refused()
    {
        var refused = Assert.Throws<IexecException>(() => new FolderContext(_folder.Path));
        Assert.Equal(ErrorCode.ConfigurationError, refused.Code);
        Assert.Contains("no Dockerfile", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Digest() => new FolderContext(_folder.Path).Digest();

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllText(_folder.File(name), content);
    }

    private static async Task<List<string>> NamesAsync(Stream tar)
    {
        var names = new List<string>();
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
