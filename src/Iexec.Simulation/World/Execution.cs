using Iexec.Ethereum;
using Iexec.Ethereum.Abi;

namespace Iexec.Simulation.World;

/// <summary>
/// One transaction, or one read, while it runs: the state as it has become so far and the events so far. A call that reverts leaves neither. Owned by
/// one thread and thrown away afterwards.
/// </summary>
public sealed class Execution
{
    // The limit of the EVM; gas ends a recursion long before it there.
    private const int MaxDepth = 1024;

    private readonly List<SimulatedLog> _logs = [];
    private WorldState _state;
    private int _depth;
    private bool _readOnly;

    internal Execution(SimulationSettings settings, WorldState state, ulong timestamp)
    {
        Settings = settings;
        _state = state;
        Timestamp = timestamp;
    }

    /// <summary>Time of the block, Unix seconds.</summary>
    public ulong Timestamp { get; }

    internal SimulationSettings Settings { get; }

    internal IReadOnlyList<SimulatedLog> Logs => _logs;

    /// <summary>A write within a static call reverts it.</summary>
    internal WorldState State
    {
        get => _state;
        set
        {
            Refusal.Unless(!_readOnly);
            _state = value;
        }
    }

    /// <summary>What a contract keeps under a key; zero when nothing.</summary>
    public Bytes32 Load(Address contract, Bytes32 key) => State.Storage.GetValueOrDefault((contract, key));

    /// <summary>Keeps a value under a key of a contract.</summary>
    /// <exception cref="Refusal">Within a static call.</exception>
    public void Store(Address contract, Bytes32 key, Bytes32 value) =>
        State = State with { Storage = State.Storage.SetItem((contract, key), value) };

    /// <summary>Whether there is code at the address.</summary>
    public bool HasCode(Address address) => State.Contracts.ContainsKey(address);

    /// <summary>Calls another contract. An account without code takes any call and returns nothing.</summary>
    /// <exception cref="Refusal">The call reverts; what it did is undone.</exception>
    public byte[] Call(Message message)
    {
        if (!State.Contracts.TryGetValue(message.Target, out var contract))
        {
            return [];
        }

        var (state, logs) = (_state, _logs.Count);
        try
        {
            _depth++;
            Refusal.Unless(_depth <= MaxDepth);
            return Run(contract, message);
        }
        catch (Refusal)
        {
            _state = state;
            _logs.RemoveRange(logs, _logs.Count - logs);
            throw;
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary><see cref="Call"/> without the right to change anything.</summary>
    /// <exception cref="Refusal">The call reverts, or tries to write.</exception>
    public byte[] StaticCall(Message message)
    {
        var before = _readOnly;
        _readOnly = true;
        try
        {
            return Call(message);
        }
        finally
        {
            _readOnly = before;
        }
    }

    /// <summary>Calls; a revert of the callee is an answer as well.</summary>
    public Outcome Try(Message message, bool isStatic = false)
    {
        try
        {
            return new Outcome(true, isStatic ? StaticCall(message) : Call(message), []);
        }
        catch (Refusal refusal)
        {
            return new Outcome(false, refusal.RevertData, []);
        }
    }

    /// <summary>Emits an event.</summary>
    /// <exception cref="Refusal">Within a static call.</exception>
    public void Emit(SimulatedLog log)
    {
        Refusal.Unless(!_readOnly);
        _logs.Add(log);
    }

    /// <summary>The reverts that the compiler puts into every contract: checked arithmetic, and arguments that do not decode.</summary>
    private byte[] Run(ISimulatedContract contract, Message message)
    {
        try
        {
            return contract.Invoke(this, message);
        }
        catch (OverflowException)
        {
            throw Refusal.Panic(0x11);
        }
        catch (DivideByZeroException)
        {
            throw Refusal.Panic(0x12);
        }
        catch (AbiException)
        {
            throw Refusal.Empty;
        }
    }
}
