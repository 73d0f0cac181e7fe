using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Contracts;

namespace Iexec.Poco.Chain;

/// <content>Blocks and events.</content>
public sealed partial class JsonRpcHub
{
    /// <inheritdoc/>
    public async Task<BlockHeader> GetHeadAsync(CancellationToken cancellationToken) =>
        await _eth.GetBlockAsync((ulong?)null, cancellationToken).ConfigureAwait(false)
        ?? throw new NodeUnreachableException(_eth.Rpc.Host, new InvalidOperationException("the node has no block yet"));

    /// <inheritdoc/>
    public Task<BlockHeader?> GetBlockAsync(ulong number, CancellationToken cancellationToken) => _eth.GetBlockAsync(number, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HubEvent>> GetEventsAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken) =>
        Decode(await _eth.GetLogsAsync(Filter(fromBlock, toBlock), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<ChainRange?> GetRangeAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken)
    {
        var (end, logs) = await _eth.GetLogsAndEndAsync(Filter(fromBlock, toBlock), cancellationToken).ConfigureAwait(false);
        if (end is null)
        {
            return null;
        }

        var range = new ChainRange(fromBlock, new BlockRef(end.Number, end.Hash), Decode(logs));
        return range.IsConsistent ? range : null;
    }

    private LogFilter Filter(ulong fromBlock, ulong toBlock) => new(fromBlock, toBlock, _events.Sources, [HubEventDecoder.Topics]);

    private List<HubEvent> Decode(EventLog[] logs)
    {
        var events = new List<HubEvent>(logs.Length);
        foreach (var log in logs.OrderBy(log => log.BlockNumber).ThenBy(log => log.LogIndex))
        {
            if (_events.Decode(log) is { } known)
            {
                events.Add(known);
            }
        }

        return events;
    }
}
