using System.IO.Enumeration;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Images;

/// <summary>
/// A user's folder as the build context of its image. Keys never go into it: an image is for everybody, and <c>COPY .</c> takes what it finds.
/// Links are left out, since they may lead out of the folder.
/// </summary>
internal sealed class FolderContext
{
    private const long LargestBytes = 1L << 31;

    // What a project of ours keeps beside its code.
    private static readonly string[] Secret = [".git", ".secrets", ".tee-secrets", "wallet.json", "encrypted-wallet.json", "deployed.json", "orders.json", "chain.json", "iexec.json", ".iexec-run.json", ".iexec-run.json.lock", ".iexec-run.json.buying", "results"];

    private readonly string _folder;
    private readonly string[] _files;

    public FolderContext(string folder)
    {
        _folder = folder;
        if (!File.Exists(Path.Combine(folder, "Dockerfile")))
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The folder has no Dockerfile", "Write one, or name an image instead of the folder.");
        }

        var ignored = Ignored();
        _files = [.. Walk(folder, "").Where(file => !ignored.Any(pattern => Matches(file, pattern))).Order(StringComparer.Ordinal)];
        if (_files.Sum(file => new FileInfo(Path.Combine(folder, file)).Length) > LargestBytes)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"The folder has more than {LargestBytes} bytes", "Keep data out of the image with .dockerignore, and give it as --input.");
        }
    }

    /// <summary>A digest of names and contents: equal contexts need no second build.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
        {
            using var content = File.OpenRead(Path.Combine(_folder, file));
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\0{(IsExecutable(file) ? 'x' : '-')}"));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The context in tar form, in a file that vanishes when it is closed.</summary>
    public async Task<Stream> ToTarAsync(CancellationToken cancellationToken)
    {
        var tar = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var file in _files)
            {
                await using var content = File.OpenRead(Path.Combine(_folder, file));
                var entry = new PaxTarEntry(TarEntryType.RegularFile, file)
                {
                    DataStream = content,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode = IsExecutable(file) ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100,
                };
                await writer.WriteEntryAsync(entry, cancellationToken);
            }
        }

        tar.Position = 0;
        return tar;
    }

    private bool IsExecutable(string file) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(Path.Combine(_folder, file)) & UnixFileMode.UserExecute) != 0;

    private static IEnumerable<string> Walk(string folder, string prefix)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var name = prefix + entry.Name;
            if (entry.LinkTarget is not null || Secret.Contains(entry.Name) || entry.Name.StartsWith("UTC--", StringComparison.Ordinal))
            {
                continue;
            }

            if (entry is not DirectoryInfo inner)
            {
                yield return name;
                continue;
            }

            foreach (var file in Walk(inner.FullName, name + "/"))
            {
                yield return file;
            }
        }
    }

    private string[] Ignored()
    {
        var path = Path.Combine(_folder, ".dockerignore");
        return File.Exists(path)
            ? [.. File.ReadLines(path).Select(line => line.Trim().TrimStart('/').TrimEnd('/')).Where(line => line.Length > 0 && line[0] is not ('#' or '!'))]
            : [];
    }

    // A name or a pattern with * and ?, for a file or any folder above it.
    private static bool Matches(string file, string pattern)
    {
        var anywhere = pattern.StartsWith("**/", StringComparison.Ordinal);
        var expression = anywhere ? pattern[3..] : pattern;
        var parts = file.Split('/');
        return file != "Dockerfile" && Enumerable.Range(1, parts.Length).Any(count =>
            FileSystemName.MatchesSimpleExpression(expression, anywhere ? parts[count - 1] : string.Join('/', parts[..count])));
    }
}
