using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Sdk.Project;

namespace Iexec.Worker.Chain;

/// <summary>The worker's outbox on files: one per intent, in a folder per chain and sender. A worker has a handful of transactions, not a database.</summary>
public sealed class FileOutboxStore(string folder) : IOutboxStore
{
    /// <inheritdoc/>
    public Task<OutboxEntry?> FindAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken) =>
        Task.FromResult(Read(PathOf(chainId, sender, intent)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxEntry>> ListPendingAsync(ulong chainId, Address sender, CancellationToken cancellationToken)
    {
        var own = FolderOf(chainId, sender);
        IReadOnlyList<OutboxEntry> pending = Directory.Exists(own)
            ? [.. Directory.EnumerateFiles(own, "*.json").Select(Read).OfType<OutboxEntry>().Where(entry => entry.Receipt is null).OrderBy(entry => entry.Nonce ?? ulong.MaxValue)]
            : [];
        return Task.FromResult(pending);
    }

    /// <inheritdoc/>
    public Task SaveAsync(ulong chainId, Address sender, OutboxEntry entry, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(FolderOf(chainId, sender));
        AtomicFile.Write(PathOf(chainId, sender, entry.Intent), JsonSerializer.SerializeToUtf8Bytes(entry, OutboxJson.Default.OutboxEntry));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken)
    {
        var path = PathOf(chainId, sender, intent);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    // An intent may hold any character; its hash names the file.
    private string PathOf(ulong chainId, Address sender, string intent) =>
        Path.Combine(FolderOf(chainId, sender), Keccak256.Hash(intent).ToString()[2..] + ".json");

    private string FolderOf(ulong chainId, Address sender) =>
        Path.Combine(folder, chainId.ToString(CultureInfo.InvariantCulture), sender.ToHex(), "outbox");

    private static OutboxEntry? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), OutboxJson.Default.OutboxEntry) : null;
}

[JsonSerializable(typeof(OutboxEntry))]
internal sealed partial class OutboxJson : JsonSerializerContext;
