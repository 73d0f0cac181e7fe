using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;

namespace Iexec.Poco.Chain;

/// <summary>A transaction that somebody wants: target, call data and, where the protocol fixes it, the gas limit (null = estimate).</summary>
public sealed record ContractCall(Address To, byte[] Data, ulong? GasLimit = null);

/// <summary>
/// Sends transactions of one key, exactly once per intent: the same intent asked again, also after a crash, gives the outcome of
/// the first and never a second transaction.
/// </summary>
public interface ITransactor
{
    /// <summary>The account that signs.</summary>
    Address Sender { get; }

    /// <summary>Sends, waits until mined (and as deep as configured). The receipt may say that it reverted.</summary>
    /// <param name="intent">What is wanted, unique for this chain and key, e.g. <c>finalize:0x…</c>.</param>
    /// <exception cref="RevertException">The estimate says that it would revert: nothing was sent and the intent is forgotten.</exception>
    Task<TransactionReceipt> ExecuteAsync(string intent, ContractCall call, CancellationToken cancellationToken);
}
