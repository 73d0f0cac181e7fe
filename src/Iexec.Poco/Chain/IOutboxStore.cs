using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;

namespace Iexec.Poco.Chain;

/// <summary>
/// A transaction on its way. <paramref name="Raw"/> is null until signed; <paramref name="Hash"/> is that of <paramref name="Raw"/>. A resend
/// keeps the nonce; a copy with higher fees replaces <paramref name="Raw"/>.
/// </summary>
public sealed record OutboxEntry(string Intent, ContractCall Call, ulong? Nonce, byte[]? Raw, Bytes32? Hash, TransactionReceipt? Receipt)
{
    /// <summary>Hashes of copies that were replaced, oldest first. They were sent, so any of them may be the one that is mined.</summary>
    public IReadOnlyList<Bytes32> EarlierHashes { get; init; } = [];

    internal IEnumerable<Bytes32> Hashes => Hash is { } hash ? EarlierHashes.Reverse().Prepend(hash) : EarlierHashes.Reverse();
}

/// <summary>Where the outbox persists, keyed by chain id and sender. Every method is durable when it returns.</summary>
public interface IOutboxStore
{
    /// <summary>The entry of an intent, or null.</summary>
    Task<OutboxEntry?> FindAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken);

    /// <summary>Entries without receipt, by nonce.</summary>
    Task<IReadOnlyList<OutboxEntry>> ListPendingAsync(ulong chainId, Address sender, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces.</summary>
    Task SaveAsync(ulong chainId, Address sender, OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes an intent.</summary>
    Task RemoveAsync(ulong chainId, Address sender, string intent, CancellationToken cancellationToken);
}

/// <summary>
/// How many blocks must follow the one of a receipt, how often to look (default 500 ms), and after how long without being mined the fees
/// are raised (default 45 s).
/// </summary>
public sealed record OutboxOptions(ulong Confirmations = 0, TimeSpan? PollInterval = null, TimeSpan? BumpAfter = null)
{
    internal TimeSpan Poll => PollInterval ?? TimeSpan.FromMilliseconds(500);

    internal TimeSpan Bump => BumpAfter ?? TimeSpan.FromSeconds(45);
}
