using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Results;

/// <summary>
/// The zip of an execution's <c>/iexec_out</c>, and the digest it stands for. The digest covers what <c>computed.json</c> names: a file (its SHA-256),
/// a folder (keccak-256 over the SHA-256 of its direct files, by path), or callback data (keccak-256 of the bytes). Whoever has the
/// archive can so check it against the digest on the chain.
/// </summary>
public static class ResultArchive
{
    private const string Computed = "computed.json";
    private const string OutputRoot = "/iexec_out";
    private const long MaxComputedBytes = 64 * 1024;
    private const int MaxEntries = 200_000;

    /// <summary>Computes the digest from the archive alone, reading at most <paramref name="maxBytes"/> of unpacked content.</summary>
    /// <exception cref="IexecException">Not a result archive; the message says what is missing.</exception>
    public static Bytes32 ComputeDigest(Stream archive, long maxBytes)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            return zip.Entries.Count <= MaxEntries ? Digest(zip, maxBytes) : throw Invalid($"It has more than {MaxEntries} files.");
        }
        catch (InvalidDataException error)
        {
            throw Invalid("It is not a zip file.", error);
        }
    }

    private static Bytes32 Digest(ZipArchive zip, long maxBytes)
    {
        var entry = zip.GetEntry(Computed) ?? throw Invalid($"It has no {Computed}.");
        using var stream = entry.Open();
        var text = ReadLimited(stream, MaxComputedBytes);
        try
        {
            using var json = JsonDocument.Parse(text);
            if (Member(json, "callback-data") is { } callback)
            {
                return Hex.TryDecode(callback, out var bytes) ? Keccak256.Hash(bytes) : throw Invalid("Its callback-data is not hexadecimal.");
            }

            var path = Member(json, "deterministic-output-path") ?? throw Invalid($"Its {Computed} names neither deterministic-output-path nor callback-data.");
            return DigestOf(zip, RelativePath(path), maxBytes);
        }
        catch (JsonException error)
        {
            throw Invalid($"Its {Computed} is not JSON.", error);
        }
    }

    private static Bytes32 DigestOf(ZipArchive zip, string path, long maxBytes)
    {
        if (path.Length > 0 && zip.GetEntry(path) is { } file && !file.FullName.EndsWith('/'))
        {
            return new Bytes32(Sha256(file, ref maxBytes));
        }

        var prefix = path.Length == 0 ? "" : path + "/";
        var children = zip.Entries
            .Where(entry => entry.FullName.StartsWith(prefix, StringComparison.Ordinal) && entry.FullName.Length > prefix.Length)
            .Where(entry => !entry.FullName.AsSpan(prefix.Length).Contains('/'))
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .ToArray();
        if (children.Length == 0 && !zip.Entries.Any(entry => entry.FullName.StartsWith(prefix, StringComparison.Ordinal)))
        {
            throw Invalid($"It lacks the deterministic output '{path}'.");
        }

        var hashes = new ArrayBufferWriter<byte>(children.Length * 32);
        foreach (var child in children)
        {
            hashes.Write(Sha256(child, ref maxBytes));
        }

        return Keccak256.Hash(hashes.WrittenSpan);
    }

    private static byte[] Sha256(ZipArchiveEntry entry, ref long budget)
    {
        using var stream = entry.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                // The size in a zip's directory is a claim; only the bytes that really come out count.
                budget -= read;
                if (budget < 0)
                {
                    throw Invalid("Unpacked it is larger than the limit.");
                }

                hash.AppendData(buffer, 0, read);
            }

            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string RelativePath(string path)
    {
        var relative = path == OutputRoot ? "" : path.StartsWith(OutputRoot + "/", StringComparison.Ordinal) ? path[(OutputRoot.Length + 1)..] : path.TrimStart('/');
        var parts = relative.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return parts.Contains("..") ? throw Invalid("Its deterministic-output-path leaves the output folder.") : string.Join('/', parts);
    }

    private static string? Member(JsonDocument json, string name) =>
        json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static byte[] ReadLimited(Stream stream, long limit)
    {
        var buffer = new byte[limit + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= limit ? buffer[..length] : throw Invalid($"Its {Computed} is larger than {limit} bytes.");
    }

    private static IexecException Invalid(string why, Exception? inner = null) =>
        new(ErrorCode.ValidationError, $"The result archive cannot be checked. {why}", inner: inner);
}
