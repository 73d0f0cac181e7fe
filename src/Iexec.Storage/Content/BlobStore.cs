using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Storage;

namespace Iexec.Storage.Content;

/// <summary>
/// Files by their content identifier, in one folder. A file appears under its name only when it is whole and on the disk; what a
/// crash left half-written is removed at the next start.
/// </summary>
internal sealed class BlobStore
{
    private const int BufferBytes = 128 * 1024;

    private readonly string _blobs;
    private readonly string _incoming;
    private readonly long _maxObjectBytes;
    private readonly long _maxTotalBytes;
    private long _totalBytes;
    private long _sequence;

    public BlobStore(string folder, long maxObjectBytes, long maxTotalBytes)
    {
        _blobs = Path.Combine(folder, "blobs");
        _incoming = Path.Combine(folder, "incoming");
        _maxObjectBytes = maxObjectBytes;
        _maxTotalBytes = maxTotalBytes;
        // Results are here, and who lists the folder needs no identifier.
        PrivateFolder.Create(folder);
        Directory.CreateDirectory(_blobs);
        if (Directory.Exists(_incoming))
        {
            Directory.Delete(_incoming, recursive: true);
        }

        Directory.CreateDirectory(_incoming);
        _totalBytes = new DirectoryInfo(_blobs).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
    }

    /// <summary>Path of a stored file, or null.</summary>
    public string? Find(Cid cid)
    {
        var path = PathOf(cid);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Writes a stream to the incoming folder while its identifier is computed. The caller keeps or discards it.</summary>
    /// <exception cref="IexecException">Larger than one object, or all objects, may be.</exception>
    public async Task<IncomingBlob> ReceiveAsync(Stream content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_incoming, Interlocked.Increment(ref _sequence).ToString("x", System.Globalization.CultureInfo.InvariantCulture));
        var keep = false;
        var length = 0L;
        try
        {
            var builder = new CidBuilder();
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                var buffer = new byte[BufferBytes];
                for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
                {
                    length += read;
                    Reserve(length, read);
                    builder.Append(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                file.Flush(flushToDisk: true);
            }

            keep = true;
            return new IncomingBlob(this, path, builder.Finish(), length);
        }
        finally
        {
            if (!keep)
            {
                File.Delete(path);
                Release(length);
            }
        }
    }

    /// <summary>Makes a received file available. The same content twice is one file.</summary>
    public void Keep(IncomingBlob blob)
    {
        var path = PathOf(blob.Cid);
        if (File.Exists(path))
        {
            blob.Discard();
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            File.Move(blob.Path, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The same content came twice at once.
            blob.Discard();
        }
    }

    /// <summary>Gives back the room of bytes that are not kept.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _totalBytes, -bytes);

    // What is still coming counts too: many files at once could otherwise each find the same room.
    private void Reserve(long length, int more)
    {
        var total = Interlocked.Add(ref _totalBytes, more);
        if (length > _maxObjectBytes)
        {
            throw new IexecException(ErrorCode.IpfsGatewayCallError, $"The file is larger than the limit of {_maxObjectBytes} bytes.", "Send a smaller file, or raise the storage's limit.");
        }

        if (total > _maxTotalBytes)
        {
            throw new IexecException(ErrorCode.IpfsGatewayCallError, "The storage is full.", "Its operator has to raise the limit or remove files.");
        }
    }

    // Two characters of the identifier spread the files; the identifier was parsed, so it cannot name another folder.
    private string PathOf(Cid cid)
    {
        var text = cid.ToString();
        return Path.Combine(_blobs, text[^2..], text);
    }
}

/// <summary>A received file that is not available yet.</summary>
internal sealed record IncomingBlob(BlobStore Store, string Path, Cid Cid, long Length)
{
    public void Discard()
    {
        File.Delete(Path);
        Store.Release(Length);
    }
}
