using System.Collections.Concurrent;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Simulation.World;

namespace Iexec.Simulation;

/// <summary>
/// Sends the transactions of one account to a simulated hub, each mined at once. Like the real one it executes an intent once, and refuses what would revert without
/// sending it.
/// </summary>
public sealed class SimulatedTransactor(SimulatedHub hub, Address sender) : ITransactor
{
    private const int ExecutionReverted = 3;
    private static readonly RevertDecoder Reverts = new(ContractErrors.All);

    private readonly ConcurrentDictionary<string, TransactionReceipt> _done = [];
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public Address Sender => sender;

    /// <inheritdoc/>
    public Task<TransactionReceipt> ExecuteAsync(string intent, ContractCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_done.TryGetValue(intent, out var receipt) ? receipt : _done[intent] = Execute(call));
        }
    }

    private TransactionReceipt Execute(ContractCall call)
    {
        var estimate = hub.Call(new Message(sender, call.To, call.Data));
        if (!estimate.Succeeded)
        {
            throw new RevertException(Reverts.Decode(estimate.Data), ExecutionReverted, Hex.Encode(estimate.Data));
        }

        return hub.Execute(sender, call);
    }
}
