using Iexec.Ethereum.JsonRpc;

namespace Iexec.Poco.Chain;

/// <summary>Limits of the cursor: blocks per request, blocks to stay behind the head, and where history starts.</summary>
public sealed record LogCursorOptions(ulong BatchBlocks = 1000, ulong Confirmations = 0, ulong StartBlock = 0)
{
    /// <summary>
    /// How many calls in a row may find a head below what was applied before that counts as a reorganisation. A node that lags behind
    /// its siblings looks the same as a chain that lost blocks, and only time tells them apart.
    /// </summary>
    public int ShorterChainPatience { get; init; } = 5;
}

/// <summary>Drives a projection along the chain: bounded ranges, common ancestor after a reorganisation, nothing skipped.</summary>
public sealed class LogCursor(IHub hub, IChainProjection projection, LogCursorOptions options)
{
    private int _shorterHeads;

    /// <summary>Applies what is new, up to the head at the time of the call. True if anything was applied or taken back. Not to be called concurrently.</summary>
    public async Task<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        var positions = await projection.LoadPositionsAsync(cancellationToken).ConfigureAwait(false);
        var head = await hub.GetHeadAsync(cancellationToken).ConfigureAwait(false);
        var changed = false;
        BlockRef? tip = positions.Count > 0 ? positions[0] : null;
        if (tip is not { } known || await IsOnChainAsync(known, head, cancellationToken).ConfigureAwait(false))
        {
            _shorterHeads = 0;
        }
        else
        {
            if (await FindAncestorAsync(positions, head, cancellationToken).ConfigureAwait(false) is not { } ancestor)
            {
                return false;
            }

            await projection.RollBackAsync(ancestor, cancellationToken).ConfigureAwait(false);
            tip = ancestor;
            changed = true;
        }

        return await ApplyAsync(tip, head, cancellationToken).ConfigureAwait(false) || changed;
    }

    private async Task<bool> ApplyAsync(BlockRef? tip, BlockHeader head, CancellationToken cancellationToken)
    {
        var changed = false;
        if (head.Number < options.Confirmations)
        {
            return false;
        }

        var target = head.Number - options.Confirmations;
        for (var from = tip is { } start ? start.Number + 1 : options.StartBlock; from <= target; from = tip.Value.Number + 1)
        {
            var to = Math.Min(target, from + Math.Max(options.BatchBlocks, 1) - 1);
            var range = await hub.GetRangeAsync(from, to, cancellationToken).ConfigureAwait(false);

            // Only a range that grows out of what was applied may be added. Otherwise the chain changed since, or another node
            // answered: the next call finds the ancestor, or a node that has caught up.
            if (range is null || !await ContinuesAsync(tip, range, cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            await projection.ApplyAsync(range, cancellationToken).ConfigureAwait(false);
            tip = range.End;
            changed = true;
        }

        return changed;
    }

    private async Task<bool> ContinuesAsync(BlockRef? tip, ChainRange range, CancellationToken cancellationToken)
    {
        if (tip is not { } before)
        {
            return true;
        }

        var endBlock = await hub.GetBlockAsync(range.End.Number, cancellationToken).ConfigureAwait(false);
        if (endBlock?.Hash != range.End.Hash)
        {
            return false;
        }

        return endBlock.Number == before.Number + 1
            ? endBlock.ParentHash == before.Hash
            : (await hub.GetBlockAsync(before.Number, cancellationToken).ConfigureAwait(false))?.Hash == before.Hash;
    }

    private async Task<bool> IsOnChainAsync(BlockRef block, BlockHeader head, CancellationToken cancellationToken)
    {
        if (block.Number == head.Number)
        {
            return block.Hash == head.Hash;
        }

        return block.Number < head.Number && (await hub.GetBlockAsync(block.Number, cancellationToken).ConfigureAwait(false))?.Hash == block.Hash;
    }

    /// <summary>The newest position that the chain still has, or the block before all of them. Null while it is better to wait.</summary>
    private async Task<BlockRef?> FindAncestorAsync(IReadOnlyList<BlockRef> positions, BlockHeader head, CancellationToken cancellationToken)
    {
        var contradicted = false;
        BlockRef? ancestor = null;
        foreach (var position in positions)
        {
            if (position.Number > head.Number)
            {
                continue;
            }

            var block = await hub.GetBlockAsync(position.Number, cancellationToken).ConfigureAwait(false);
            if (block?.Hash == position.Hash)
            {
                ancestor = position;
                break;
            }

            // A block that is merely missing says nothing: another node may have answered.
            contradicted |= block is not null;
        }

        if (!contradicted && ++_shorterHeads <= options.ShorterChainPatience)
        {
            return null;
        }

        _shorterHeads = 0;
        return ancestor ?? await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    // Nothing that was applied is left: history starts again behind this block.
    private async Task<BlockRef?> StartAsync(CancellationToken cancellationToken)
    {
        var number = options.StartBlock == 0 ? 0 : options.StartBlock - 1;
        return await hub.GetBlockAsync(number, cancellationToken).ConfigureAwait(false) is { } block ? new BlockRef(block.Number, block.Hash) : null;
    }
}
