using System.Diagnostics;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;

namespace Iexec.Poco.Deployment;

/// <summary>Sends the transactions of a deployment together, with explicit gas and consecutive nonces, and waits for all of them.</summary>
internal sealed class DeploymentSender(EthClient eth, PrivateKey key, Func<CancellationToken, Task>? mine)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly List<(string Name, Address Address, Address To, byte[] Data, ulong Gas, UInt256 ValueWei)> _planned = [];

    public void Add(string name, Address address, Address to, byte[] data, ulong gasLimit, UInt256 valueWei = default) =>
        _planned.Add((name, address, to, data, gasLimit, valueWei));

    public async Task<IReadOnlyList<DeploymentStep>> SendAllAsync(CancellationToken cancellationToken)
    {
        if (_planned.Count == 0)
        {
            return [];
        }

        UInt256 chainId = await eth.GetChainIdAsync(cancellationToken).ConfigureAwait(false);
        var nonce = await eth.GetTransactionCountAsync(key.Address, pending: true, cancellationToken).ConfigureAwait(false);
        var fees = await eth.SuggestFeesAsync(cancellationToken).ConfigureAwait(false);
        var signed = _planned
            .Select((item, i) => new TransactionRequest(chainId, nonce + (ulong)i, item.To, item.ValueWei, item.Data, item.Gas, fees).Sign(key))
            .ToArray();

        // In one request: a node that mines each transaction at once is then through in one round trip, too.
        var replies = await eth.Rpc.BatchAsync(
            [.. signed.Select(transaction => new RpcCall("eth_sendRawTransaction", $"[\"{Hex.Encode(transaction.Raw)}\"]"))], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < replies.Length; i++)
        {
            if (replies[i].Error is { Kind: not NodeErrorKind.AlreadyKnown } error)
            {
                throw new HubDeploymentException(error.Kind == NodeErrorKind.InsufficientFunds
                    ? $"The account {key.Address} cannot pay for the deployment ({_planned[i].Name}): {error.Message}. Send it some of the chain's coin."
                    : $"The node refused to deploy {_planned[i].Name}: {error.Message}");
            }
        }

        var steps = new List<DeploymentStep>();
        for (var i = 0; i < signed.Length; i++)
        {
            var receipt = await WaitAsync(signed[i].Hash, cancellationToken).ConfigureAwait(false);
            if (!receipt.Succeeded)
            {
                throw new HubDeploymentException($"Deploying {_planned[i].Name} reverted (transaction {signed[i].Hash}).");
            }

            steps.Add(new DeploymentStep(_planned[i].Name, _planned[i].Address, signed[i].Hash, receipt.GasUsed));
        }

        _planned.Clear();
        return steps;
    }

    /// <summary>Sends what somebody else signed and waits for it. What went wrong, in words, or null.</summary>
    public async Task<string?> SendForeignAsync(RpcCall sendRaw, CancellationToken cancellationToken)
    {
        try
        {
            var hash = await eth.Rpc.CallAsync(sendRaw, cancellationToken).ConfigureAwait(false);
            var receipt = await WaitAsync(Bytes32.Parse(hash.GetString()!), cancellationToken).ConfigureAwait(false);
            return receipt.Succeeded ? null : $"the transaction {receipt.TransactionHash} reverted";
        }
        catch (JsonRpcException e)
        {
            return e.Message;
        }
    }

    private async Task<TransactionReceipt> WaitAsync(Bytes32 hash, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        for (var mined = false; ; mined = true)
        {
            if (await eth.GetReceiptAsync(hash, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                return receipt;
            }

            if (!mined && mine is not null)
            {
                await mine(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new HubDeploymentException($"The transaction {hash} was not mined within {Patience.TotalMinutes:0} minutes. Deploying again continues where this stopped.");
            }

            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }
}
