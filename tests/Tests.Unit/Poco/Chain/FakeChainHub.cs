using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Registries;
using Iexec.Poco.Tasks;

namespace Tests.Unit.Poco.Chain;

/// <summary>Blocks with events, as seen through a load balancer: each read may be answered by a node that is some blocks behind.</summary>
internal sealed class FakeChainHub : IHub
{
    private readonly List<BlockHeader> _blocks = [];
    private int _forks;

    public FakeChainHub() => Append();

    public HubConfiguration Configuration => throw new NotSupportedException();

    /// <summary>How far behind the node is that answers the next read.</summary>
    public Func<ulong> Lag { get; set; } = () => 0;

    /// <summary>Called before each read, e.g. to change the chain between two of them.</summary>
    public Action? OnRead { get; set; }

    public ulong LargestRange { get; private set; }

    public IEnumerable<BlockRef> Chain => _blocks.Select(block => new BlockRef(block.Number, block.Hash));

    public void Append(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            var parent = _blocks.Count == 0 ? Bytes32.Zero : _blocks[^1].Hash;
            _blocks.Add(new BlockHeader((ulong)_blocks.Count, Keccak256.Hash($"{_forks} {_blocks.Count}"), parent, (ulong)_blocks.Count, null));
        }
    }

    /// <summary>Replaces the last blocks by as many others, or fewer.</summary>
    public void Reorganize(int depth, int replacements)
    {
        _forks++;
        _blocks.RemoveRange(_blocks.Count - depth, depth);
        Append(replacements);
    }

    public Task<BlockHeader> GetHeadAsync(CancellationToken cancellationToken) => Task.FromResult(Seen()[^1]);

    public Task<BlockHeader?> GetBlockAsync(ulong number, CancellationToken cancellationToken) => Task.FromResult(Seen().ElementAtOrDefault((int)number));

    public Task<IReadOnlyList<HubEvent>> GetEventsAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken)
    {
        LargestRange = Math.Max(LargestRange, toBlock - fromBlock + 1);

        // As real nodes do: a range beyond the head gives what there is.
        return Task.FromResult<IReadOnlyList<HubEvent>>(
            [.. Seen().Where(block => block.Number >= fromBlock && block.Number <= toBlock).Select(block => Event(new BlockRef(block.Number, block.Hash)))]);
    }

    /// <summary>The event that every block has.</summary>
    public static HubEvent Event(BlockRef block) => new HubEvent.TaskClaimed(new EventPosition(block, block.Hash, 0), new TaskId(block.Hash));

    public Task<Deal?> GetDealAsync(DealId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ChainTask> GetTaskAsync(TaskId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Contribution> GetContributionAsync(TaskId id, Address worker, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Account> GetAccountAsync(Address account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UInt256> GetScoreAsync(Address worker, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UInt256> GetVotingScoreAsync(Address worker, Address workerpool, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UInt256[]> GetConsumedAsync(IReadOnlyList<OrderHash> orders, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> VerifySignatureAsync(Address account, Bytes32 digest, ReadOnlyMemory<byte> sign, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> IsAllowedAsync(Address restriction, Address account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Category?> GetCategoryAsync(UInt256 id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> CountCategoriesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> IsRegisteredAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Address?> GetOwnerAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<App?> GetAppAsync(Address address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Dataset?> GetDatasetAsync(Address address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Workerpool?> GetWorkerpoolAsync(Address address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> CountAssetsAsync(AssetKind kind, Address owner, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Address?> GetAssetByIndexAsync(AssetKind kind, Address owner, ulong index, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UInt256> GetTokenBalanceAsync(Address account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetCallbackGasAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private List<BlockHeader> Seen()
    {
        OnRead?.Invoke();
        return _blocks[..Math.Max(1, _blocks.Count - (int)Lag())];
    }
}
