using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;

namespace Iexec.Poco.Chain;

/// <summary>A transaction on its way. <paramref name="Raw"/> is null until signed; every resend of one entry keeps its nonce.</summary>
public sealed record OutboxEntry(string Intent, ContractCall Call, ulong? Nonce, byte[]? Raw, Bytes32? Hash, TransactionReceipt? Receipt);

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

/// <summary>How deep a receipt must lie, and how long to wait before fees are raised.</summary>
public sealed record OutboxOptions(ulong Confirmations = 0, TimeSpan? PollInterval = null, TimeSpan? BumpAfter = null);

/// <summary>
/// Persist intent → sign → persist hash → send → wait for receipt and depth. After a crash at any point the same intent continues
/// where it stopped. One instance per key: nonces are handed out here and nowhere else.
/// </summary>
public sealed class TransactionOutbox(EthClient eth, ulong chainId, PrivateKey key, IOutboxStore store, TimeProvider time, OutboxOptions options) : ITransactor
{
    /// <inheritdoc/>
    public Address Sender => key.Address;

    /// <inheritdoc/>
    public Task<TransactionReceipt> ExecuteAsync(string intent, ContractCall call, CancellationToken cancellationToken) =>
        throw new NotImplementedException($"{eth}{chainId}{store}{time}{options}");

    /// <summary>Sends again what was persisted and is not mined, e.g. after a restart.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
