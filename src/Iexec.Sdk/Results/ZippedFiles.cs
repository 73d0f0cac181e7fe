using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Iexec.Ethereum;

namespace Iexec.Sdk.Results;

/// <summary>The files of a result archive, of which at most so many bytes are unpacked.</summary>
internal sealed class ZippedFiles : IResultFiles
{
    private const int MaxEntries = 200_000;

    private readonly Dictionary<string, ZipArchiveEntry> _files = [];
    private readonly IReadOnlyList<string> _names;
    private long _budgetBytes;

    /// <exception cref="ResultException">Too many entries, or two of one name: whoever unpacks it might get the other one.</exception>
    public ZippedFiles(ZipArchive zip, long maxBytes)
    {
        if (zip.Entries.Count > MaxEntries)
        {
            throw new ResultException(ResultFault.TooLarge, $"It has more than {MaxEntries:N0} files.");
        }

        _names = [.. zip.Entries.Select(static entry => entry.FullName)];
        _budgetBytes = maxBytes;
        foreach (var entry in zip.Entries.Where(static entry => !entry.FullName.EndsWith('/')))
        {
            if (!_files.TryAdd(entry.FullName, entry))
            {
                throw new ResultException(ResultFault.BadOutputPath, "It holds two files of one name.");
            }
        }
    }

    public IEnumerable<string> Paths => _files.Keys;

    public bool HasFolder(string path) => _names.Any(name => name.StartsWith(path + "/", StringComparison.Ordinal));

    /// <summary>The content of <c>computed.json</c>.</summary>
    public byte[] ReadComputedFile()
    {
        if (!_files.TryGetValue(ComputedFile.Name, out var entry))
        {
            throw new ResultException(ResultFault.NoComputedFile, $"It has no {ComputedFile.Name}.");
        }

        using var stream = entry.Open();
        var buffer = new byte[ComputedFile.MaxBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= ComputedFile.MaxBytes
            ? buffer[..length]
            : throw new ResultException(ResultFault.BadComputedFile, $"Its {ComputedFile.Name} is larger than {ComputedFile.MaxBytes:N0} bytes.");
    }

    public Bytes32 Sha256(string path)
    {
        using var stream = _files[path].Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                // The size in a zip's directory is a claim; only the bytes that really come out count.
                _budgetBytes -= read;
                if (_budgetBytes < 0)
                {
                    throw new ResultException(ResultFault.TooLarge, "Unpacked it is larger than the limit.");
                }

                hash.AppendData(buffer, 0, read);
            }

            return new Bytes32(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
