using System.Collections.Immutable;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Registries;
using Iexec.Simulation.Hub;
using Iexec.Simulation.Registries;
using Iexec.Simulation.Token;
using Iexec.Simulation.World;

namespace Iexec.Simulation;

/// <summary>
/// The executable model of the contracts: RLC (unless the hub stakes the chain's coin), the three registries and the hub on a chain in memory. It takes the same call data as the contracts and
/// gives the same return data, revert data and events; differential tests hold the two together. What it leaves out is gas: nothing runs out of it but a
/// transaction that opens more tasks than a block can, and the gas of callbacks and of group contracts is not bounded. Time and chance come from outside,
/// so that a seed reproduces a run. Safe to read while it is written.
/// </summary>
public sealed partial class SimulatedHub : IHub
{
    private readonly Lock _gate = new();
    private readonly SimulationSettings _settings;
    private readonly TimeProvider _time;
    private readonly IEntropySource _entropy;
    private readonly HubEventDecoder _events;
    private volatile ImmutableList<SimulatedBlock> _blocks;

    /// <summary>A fresh hub; the owner holds the whole supply of RLC.</summary>
    /// <param name="settings">What the hub is made with.</param>
    /// <param name="time">The clock that blocks take their time from.</param>
    /// <param name="entropy">What makes the hashes of blocks differ between forks.</param>
    public SimulatedHub(SimulationSettings settings, TimeProvider time, IEntropySource entropy)
    {
        _settings = settings;
        _time = time;
        _entropy = entropy;
        _events = new HubEventDecoder(settings.Configuration);
        _blocks = [new SimulatedBlock(NextHeader(null), null, [], Genesis(settings))];
    }

    /// <summary>Selectors of the functions that the model has of a hub that stakes a token, as big-endian numbers.</summary>
    public static IReadOnlyCollection<uint> Functions => HubCode.OfTokens.Selectors;

    /// <summary><see cref="Functions"/> of a hub that stakes the chain's coin.</summary>
    public static IReadOnlyCollection<uint> FunctionsOfCoins => HubCode.OfCoins.Selectors;

    /// <inheritdoc/>
    public HubConfiguration Configuration => _settings.Configuration;

    /// <summary>The chain as it is now, to come back to with <see cref="Restore"/>. Costs nothing.</summary>
    public IReadOnlyList<SimulatedBlock> Snapshot() => _blocks;

    /// <summary>The state after the latest block.</summary>
    public WorldState State => _blocks[^1].State;

    /// <summary>Time of a block that would be mined now, Unix seconds.</summary>
    public ulong NextTimestamp => Math.Max(_blocks[^1].Header.Timestamp, Now());

    /// <summary>Goes back to a snapshot, or forward to one of another branch: a reorganisation.</summary>
    public void Restore(IReadOnlyList<SimulatedBlock> snapshot)
    {
        lock (_gate)
        {
            _blocks = [.. snapshot];
        }
    }

    /// <summary>
    /// Sends a transaction and mines it, in a block of its own. A block is as late as the clock and never earlier than its parent; several may share a second.
    /// </summary>
    public Outcome Send(Address sender, ContractCall call) => Mine(new Message(sender, call.To, call.Data)).Outcome;

    /// <summary>The same for any transaction, with coins if it has some.</summary>
    public Outcome Send(Message message) => Mine(message).Outcome;

    /// <summary><see cref="Send(Address, ContractCall)"/>, with the receipt. It says nothing of gas.</summary>
    public TransactionReceipt Execute(Address sender, ContractCall call) => Mine(new Message(sender, call.To, call.Data)).Receipt;

    /// <summary>Asks without changing anything, at the latest block and at the time of the clock.</summary>
    public Outcome Call(Message message)
    {
        return Run(new Execution(_settings, State, NextTimestamp), message);
    }

    /// <summary>Mines an empty block.</summary>
    public BlockHeader Mine() => Append(state => state);

    /// <summary>Puts a contract of a stranger at an address, in a block of its own: a group, a wallet, a consumer of results.</summary>
    public void Install(Address address, ISimulatedContract contract) =>
        Append(state => state with { Contracts = state.Contracts.SetItem(address, contract) });

    private BlockHeader Append(Func<WorldState, WorldState> change)
    {
        lock (_gate)
        {
            var parent = _blocks[^1];
            var block = new SimulatedBlock(NextHeader(parent.Header), null, [], change(parent.State));
            _blocks = _blocks.Add(block);
            return block.Header;
        }
    }

    private (Outcome Outcome, TransactionReceipt Receipt) Mine(Message message)
    {
        lock (_gate)
        {
            var parent = _blocks[^1];
            var header = NextHeader(parent.Header);
            var execution = new Execution(_settings, parent.State, header.Timestamp);
            var outcome = Run(execution, message);
            var receipt = ReceiptOf(outcome, header, Keccak256.Hash([.. header.Hash.AsSpan(), .. message.Sender.AsSpan()]));
            var events = receipt.Logs.Select(_events.Decode).OfType<HubEvent>();
            _blocks = _blocks.Add(new SimulatedBlock(header, receipt, [.. events], execution.State));
            return (outcome, receipt);
        }
    }

    private static Outcome Run(Execution execution, Message message)
    {
        var outcome = execution.Try(message);
        return outcome.Succeeded ? outcome with { Logs = [.. execution.Logs] } : outcome;
    }

    private static WorldState Genesis(SimulationSettings settings)
    {
        var configuration = settings.Configuration;
        (Address Address, AssetKind Kind)[] registries =
        [
            (configuration.AppRegistry, AssetKind.App), (configuration.DatasetRegistry, AssetKind.Dataset), (configuration.WorkerpoolRegistry, AssetKind.Workerpool),
        ];
        var state = new WorldState
        {
            Hub = HubState.Empty with { Owner = settings.Owner, CallbackGas = settings.CallbackGas, Categories = [.. settings.Categories] },
            Registries = registries.ToImmutableDictionary(entry => entry.Address, entry => new RegistryState(entry.Kind, settings.Owner)),
            Contracts = registries.ToImmutableDictionary(entry => entry.Address, entry => (ISimulatedContract)new RegistryCode(entry.Kind)),
        };
        return configuration.Token.IsZero ? state with { Contracts = state.Contracts.Add(configuration.Hub, HubCode.OfCoins) } : state with
        {
            Token = (TokenState.Empty with { TotalSupply = RlcCode.InitialSupply }).WithBalance(settings.Owner, RlcCode.InitialSupply),
            Contracts = state.Contracts.Add(configuration.Hub, HubCode.OfTokens).Add(configuration.Token, RlcCode.Instance),
        };
    }

    private BlockHeader NextHeader(BlockHeader? parent)
    {
        Span<byte> fork = stackalloc byte[Bytes32.Size];
        _entropy.Fill(fork);
        var number = parent is null ? 0 : parent.Number + 1;
        var parentHash = parent?.Hash ?? Bytes32.Zero;
        var hash = Keccak256.Hash([.. parentHash.AsSpan(), .. fork]);
        return new BlockHeader(number, hash, parentHash, Math.Max(Now(), parent?.Timestamp ?? 0), (UInt256)1);
    }

    private ulong Now() => (ulong)_time.GetUtcNow().ToUnixTimeSeconds();

    private static TransactionReceipt ReceiptOf(Outcome outcome, BlockHeader header, Bytes32 transaction)
    {
        var logs = outcome.Logs.Select((log, index) =>
            new EventLog(log.Emitter, [.. log.Topics], log.Data, header.Number, header.Hash, transaction, (ulong)index));
        return new TransactionReceipt(transaction, outcome.Succeeded, header.Number, header.Hash, 0, UInt256.Zero, null, [.. logs]);
    }
}
