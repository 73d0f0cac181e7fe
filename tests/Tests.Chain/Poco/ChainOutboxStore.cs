using System.Collections.Concurrent;
using Iexec.Ethereum;
using Iexec.Poco.Chain;

namespace Tests.Chain.Poco;

/// <summary>Survives an outbox, as a database survives a process.</summary>
internal sealed class ChainOutboxStore : IOutboxStore
{
    private readonly ConcurrentDictionary<string, OutboxEntry> _entries = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signed = new();

    /// <summary>Completes once the intent has been signed.</summary>
    public Task Signed(string intent) => _signed.GetOrAdd(intent, _ => new TaskCompletionSource()).Task;

    public Task<OutboxEntry?> FindAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken) =>
        Task.FromResult(_entries.GetValueOrDefault(intent));

    public Task<IReadOnlyList<OutboxEntry>> ListPendingAsync(ulong chainId, Address sender, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<OutboxEntry>>([.. _entries.Values.Where(entry => entry.Receipt is null).OrderBy(entry => entry.Nonce ?? ulong.MaxValue)]);

    public Task SaveAsync(ulong chainId, Address sender, OutboxEntry entry, CancellationToken cancellationToken)
    {
        _entries[entry.Intent] = entry;
        if (entry.Raw is not null)
        {
            _signed.GetOrAdd(entry.Intent, _ => new TaskCompletionSource()).TrySetResult();
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken)
    {
        _entries.TryRemove(intent, out _);
        return Task.CompletedTask;
    }
}
