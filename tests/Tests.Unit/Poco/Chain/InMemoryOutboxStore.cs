using System.Collections.Concurrent;
using Iexec.Ethereum;
using Iexec.Poco.Chain;

namespace Tests.Unit.Poco.Chain;

/// <summary>Survives an outbox, as a database survives a process.</summary>
internal sealed class InMemoryOutboxStore : IOutboxStore
{
    private readonly ConcurrentDictionary<(ulong ChainId, Address Sender, string Intent), OutboxEntry> _entries = new();

    /// <summary>Called before (false) and after (true) each operation.</summary>
    public Action<bool>? OnOperation { get; set; }

    public ICollection<OutboxEntry> Entries => _entries.Values;

    public Task<OutboxEntry?> FindAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken) =>
        Step(() => _entries.GetValueOrDefault((chainId, sender, intent)));

    public Task<IReadOnlyList<OutboxEntry>> ListPendingAsync(ulong chainId, Address sender, CancellationToken cancellationToken) => Step<IReadOnlyList<OutboxEntry>>(
        () => [.. _entries.Where(item => item.Key.ChainId == chainId && item.Key.Sender == sender && item.Value.Receipt is null)
            .Select(item => item.Value).OrderBy(entry => entry.Nonce ?? ulong.MaxValue)]);

    public Task SaveAsync(ulong chainId, Address sender, OutboxEntry entry, CancellationToken cancellationToken) =>
        Step(() => _entries[(chainId, sender, entry.Intent)] = entry);

    public Task RemoveAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken) =>
        Step(() => _entries.TryRemove((chainId, sender, intent), out _));

    private Task<T> Step<T>(Func<T> operation)
    {
        OnOperation?.Invoke(false);
        var result = operation();
        OnOperation?.Invoke(true);
        return Task.FromResult(result);
    }
}
