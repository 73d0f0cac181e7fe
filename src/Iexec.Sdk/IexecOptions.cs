using Iexec.Ethereum;

namespace Iexec.Sdk;

/// <summary>How an <see cref="IexecClient"/> works. Every member has a usual value.</summary>
public sealed record IexecOptions
{
    /// <summary>Blocks that must hold a transaction, or follow it, before a call that sends one returns; 1 = mined.</summary>
    public ulong Confirmations { get; init; } = 1;

    /// <summary>
    /// Looks, before an order is signed or matched, for what is known to fail later: secrets that are missing, trust that the pool's workers
    /// cannot reach.
    /// </summary>
    public bool IsPreflightOn { get; init; } = true;

    /// <summary>Told what could not be checked beforehand, in one sentence; null for nobody.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Told the hash of a transaction as soon as the node has it; null for nobody.</summary>
    public Action<Bytes32>? TransactionSent { get; init; }

    /// <summary>The network below all HTTP; null for sockets. The client does not dispose it.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock that waits are measured with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where salts, keys and initialization vectors come from.</summary>
    public IEntropySource Entropy { get; init; } = SystemEntropy.Instance;
}
