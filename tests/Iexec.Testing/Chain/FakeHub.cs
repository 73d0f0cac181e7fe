using System.Collections.Immutable;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;

namespace Iexec.Testing.Chain;

/// <summary>
/// A chain in memory behind <see cref="IHub"/>. What happens is queued with <see cref="Do"/> (or the named actions of <see cref="FakeHubActions"/>) and
/// mined as a block with its events; <see cref="Reorganise"/> takes blocks back together with what they did. Reads see the latest block. Safe to read while
/// the test acts.
/// </summary>
public sealed partial class FakeHub : IHub
{
    private readonly Lock _gate = new();
    private volatile FakeChain _chain;
    private int _fork;

    public FakeHub(ulong chainId = 65535, ulong startTimeSeconds = 1_700_000_000)
    {
        var hub = TestAddress.Of(1, chainId);
        Configuration = new HubConfiguration(
            chainId,
            hub,
            TestAddress.Of(2, chainId),
            TestAddress.Of(3, chainId),
            TestAddress.Of(4, chainId),
            TestAddress.Of(5, chainId),
            new Eip712Domain("iExecODB", "5.0.0", chainId, hub));
        _chain = new FakeChain([new FakeBlock(HeaderOf(0, Bytes32.Zero, startTimeSeconds), [], FakeHubState.Empty)]);
    }

    public HubConfiguration Configuration { get; }

    /// <summary>The latest state; set it to change what reads answer without an event.</summary>
    public FakeHubState State
    {
        get => _chain.Head.State;
        set => Do(_ => value);
    }

    public ulong BlockNumber => _chain.Head.Header.Number;

    /// <summary>Seconds between blocks.</summary>
    public ulong BlockTimeSeconds { get; set; } = 1;

    /// <summary>When set, every read fails with it, as if the node were down.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Reads that fail by themselves, by the method's name.</summary>
    public IDictionary<string, Exception> FailureOf { get; } = new Dictionary<string, Exception>();

    /// <summary>Group contracts that the node cannot ask.</summary>
    public ISet<Address> BrokenGroups { get; } = new HashSet<Address>();

    /// <summary>Deals whose numbers are larger than 64 bits.</summary>
    public ISet<DealId> Oversized { get; } = new HashSet<DealId>();

    /// <summary>Calls of each method since the start, by name.</summary>
    public ImmutableDictionary<string, int> Calls { get; private set; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Mines one block that changes the state and carries events.</summary>
    public BlockRef Do(Func<FakeHubState, FakeHubState> change, params Func<EventPosition, HubEvent>[] events)
    {
        lock (_gate)
        {
            var parent = _chain.Head;
            var header = HeaderOf(parent.Header.Number + 1, parent.Header.Hash, parent.Header.Timestamp + BlockTimeSeconds);
            var block = new BlockRef(header.Number, header.Hash);
            var placed = events.Select((create, index) => create(new EventPosition(block, TransactionHashOf(header, index), (ulong)index)));
            _chain = new FakeChain(_chain.Blocks.Add(new FakeBlock(header, [.. placed], change(parent.State))));
            return block;
        }
    }

    /// <summary>Mines empty blocks.</summary>
    public void Mine(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            Do(state => state);
        }
    }

    /// <summary>Takes the last blocks back, with their events and state; blocks mined afterwards have other hashes.</summary>
    public void Reorganise(int blocks)
    {
        lock (_gate)
        {
            _fork++;
            _chain = new FakeChain(_chain.Blocks.RemoveRange(_chain.Blocks.Count - blocks, blocks));
        }
    }

    private FakeHubState Read(string method)
    {
        lock (_gate)
        {
            Calls = Calls.SetItem(method, Calls.GetValueOrDefault(method) + 1);
        }

        return (FailureOf.TryGetValue(method, out var own) ? own : Failure) is { } failure ? throw failure : _chain.Head.State;
    }

    private BlockHeader HeaderOf(ulong number, Bytes32 parent, ulong timestamp) => new(
        number, Keccak256.Hash($"block {Configuration?.ChainId} {number} fork {_fork} on {parent}"), parent, timestamp, (UInt256)1UL);

    private static Bytes32 TransactionHashOf(BlockHeader header, int index) => Keccak256.Hash($"transaction {index} of {header.Hash}");

    private sealed record FakeBlock(BlockHeader Header, ImmutableArray<HubEvent> Events, FakeHubState State);

    private sealed record FakeChain(ImmutableList<FakeBlock> Blocks)
    {
        public FakeBlock Head => Blocks[^1];
    }
}
