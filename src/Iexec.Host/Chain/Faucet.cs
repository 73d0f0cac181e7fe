using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Chain;

/// <summary>Gives ether and RLC of the development chain to whoever asks. RLC comes from the supply's holder, one transaction at a time.</summary>
internal sealed class Faucet(LocalChain chain, PrivateKey owner) : IDisposable
{
    private const ulong TransferGas = 120_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HubCalls _calls = new(chain.Deployment.Configuration);

    /// <summary>At least this balance, in wei; false if it was there already.</summary>
    public async Task<bool> GiveEtherAsync(Address account, UInt256 wei, CancellationToken cancellationToken)
    {
        if (await chain.Eth.GetBalanceAsync(account, cancellationToken) >= wei)
        {
            return false;
        }

        await chain.Admin.SetBalanceAsync(account, wei, cancellationToken);
        return true;
    }

    /// <summary>Sends RLC, in nRLC, and waits; false if no block has come within half a minute: on a chain that stands still the transaction stays pending.</summary>
    /// <exception cref="IexecException">The token has refused: whoever is told otherwise would look for the mistake elsewhere.</exception>
    public async Task<bool> GiveRlcAndWaitAsync(Address account, UInt256 amountNrlc, TimeProvider time, CancellationToken cancellationToken)
    {
        var transaction = await GiveRlcAsync(account, amountNrlc, cancellationToken);
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < Patience; await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken))
        {
            if (await chain.Eth.GetReceiptAsync(transaction, cancellationToken) is { } receipt)
            {
                return receipt.Succeeded
                    ? true
                    : throw new IexecException(
                        ErrorCode.BusinessError, $"The RLC token takes no transfer to {account}, or the faucet has given away all that it had", "A new chain has it again: iexec up --reset.");
            }
        }

        return false;
    }

    /// <summary>Sends RLC, in nRLC; mined with the next block.</summary>
    public async Task<Bytes32> GiveRlcAsync(Address account, UInt256 amountNrlc, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var call = _calls.TransferToken(account, amountNrlc);
            var nonce = await chain.Eth.GetTransactionCountAsync(owner.Address, pending: true, cancellationToken);
            var fees = await chain.Eth.SuggestFeesAsync(cancellationToken);
            var request = new TransactionRequest(chain.Deployment.Configuration.ChainId, nonce, call.To, UInt256.Zero, call.Data, TransferGas, fees);
            return await chain.Eth.SendRawAsync(request.Sign(owner), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        owner.Dispose();
    }
}
