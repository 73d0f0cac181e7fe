using Iexec.Ethereum;

namespace Iexec.Scheduler.Store;

/// <summary>What every row of a scheduler is keyed by: pools may share a store, and know nothing of each other.</summary>
internal sealed record PoolScope(ulong Chain, Address Pool)
{
    /// <summary>The chain as databases count.</summary>
    public long ChainId { get; } = checked((long)Chain);
}
