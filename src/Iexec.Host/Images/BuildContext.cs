using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Iexec.Host.Images;

/// <summary>The files of an image's build context.</summary>
internal sealed class BuildContext(string folder)
{
    // Dates are left out of images as far as we can, so that the same files give the same context.
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private string[] Files => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];

    /// <summary>A digest of names and contents: equal contexts need no second build.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The context in tar form.</summary>
    public async Task<Stream> ToTarAsync(CancellationToken cancellationToken)
    {
        var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var file in Files)
            {
                await using var content = File.OpenRead(file);
                await writer.WriteEntryAsync(
                    new UstarTarEntry(TarEntryType.RegularFile, Path.GetFileName(file))
                    {
                        DataStream = content,
                        ModificationTime = Epoch,
                        Mode = (UnixFileMode)0b111_101_101,
                    },
                    cancellationToken);
            }
        }

        tar.Position = 0;
        return tar;
    }
}
