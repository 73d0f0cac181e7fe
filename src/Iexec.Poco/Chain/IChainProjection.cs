namespace Iexec.Poco.Chain;

/// <summary>Events of a closed block range and the block that ends it.</summary>
public sealed record ChainRange(ulong FromBlock, BlockRef End, IReadOnlyList<HubEvent> Events)
{
    /// <summary>False when an event lies outside the range or on another block than the one that ends it: two chains were mixed.</summary>
    public bool IsConsistent => Events.All(item =>
        item.Position.Block.Number >= FromBlock
        && (item.Position.Block.Number < End.Number || item.Position.Block == End));
}

/// <summary>
/// A service's read model of the chain. It stores effects and position in one transaction, so that the cursor never runs ahead of
/// what is stored, and can take back what a reorganisation removed.
/// </summary>
public interface IChainProjection
{
    /// <summary>Blocks applied so far, newest first, as far back as a reorganisation may reach. Empty on the first start.</summary>
    Task<IReadOnlyList<BlockRef>> LoadPositionsAsync(CancellationToken cancellationToken);

    /// <summary>Stores the effects of the events and the new position, atomically.</summary>
    Task ApplyAsync(ChainRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Takes back everything after the block, atomically; the block is the newest position then. A block older than every position kept
    /// means that nothing applied is left of this chain, and the model starts again.
    /// </summary>
    Task RollBackAsync(BlockRef ancestor, CancellationToken cancellationToken);
}
