using Iexec.Poco.Chain;

namespace Tests.Unit.Poco.Chain;

/// <summary>A read model that is the list of events; it checks that ranges come without gap or overlap.</summary>
internal sealed class ListProjection(int positionsKept = int.MaxValue) : IChainProjection
{
    private readonly List<HubEvent> _events = [];
    private readonly List<BlockRef> _positions = [];

    public IReadOnlyList<BlockRef> Blocks => [.. _events.Select(item => item.Position.Block)];

    public int RollBacks { get; private set; }

    public Task<IReadOnlyList<BlockRef>> LoadPositionsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BlockRef>>([.. Enumerable.Reverse(_positions).Take(positionsKept)]);

    public Task ApplyAsync(ChainRange range, CancellationToken cancellationToken)
    {
        if (_positions.Count > 0 && range.FromBlock != _positions[^1].Number + 1)
        {
            throw new InvalidOperationException($"A range from {range.FromBlock} does not follow block {_positions[^1].Number}.");
        }

        _events.AddRange(range.Events);
        _positions.Add(range.End);
        return Task.CompletedTask;
    }

    public Task RollBackAsync(BlockRef ancestor, CancellationToken cancellationToken)
    {
        RollBacks++;
        _events.RemoveAll(item => item.Position.Block.Number > ancestor.Number);
        _positions.RemoveAll(position => position.Number >= ancestor.Number);
        _positions.Add(ancestor);
        return Task.CompletedTask;
    }
}
