using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wallets;

namespace Iexec.Sdk.Chains;

/// <summary>A transaction that only its signature misses.</summary>
internal sealed record PreparedTransaction(PlannedTransaction Planned, ulong Gas, TransactionFees Fees, ulong Nonce)
{
    /// <summary>What the gas costs at most.</summary>
    public UInt256 HighestFeeWei => Fees.MaxPrice * Gas;
}

/// <summary>
/// Sends the transactions of one command: estimate, sign, send, wait. It keeps nothing: what must survive a crash goes through
/// <see cref="TransactionOutbox"/>.
/// </summary>
/// <param name="confirmations">Blocks that must hold the transaction or follow it; 1 = mined.</param>
/// <param name="sent">Told the hash as soon as the node has the transaction.</param>
internal sealed class TransactionSender(ChainConnection chain, ISigner signer, ulong confirmations, TimeProvider time, Action<Bytes32>? sent = null)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPoll = TimeSpan.FromSeconds(1);
    private const int LongestSilence = 10;

    /// <summary>The account that signs and pays the gas.</summary>
    public Address Sender => signer.Address;

    /// <summary>Sends and waits.</summary>
    /// <exception cref="IexecException">Web3ProviderSendError: it would revert (nothing was sent), it reverted, or the wait was given up.</exception>
    public Task<TransactionReceipt> SendAsync(ContractCall call, CancellationToken cancellationToken) =>
        SendAsync(new PlannedTransaction("", call), cancellationToken);

    /// <inheritdoc cref="SendAsync(ContractCall, CancellationToken)"/>
    public Task<TransactionReceipt> SendAsync(PlannedTransaction planned, CancellationToken cancellationToken) =>
        chain.Settings.SendingAsync(async () => await SignAndSendAsync(await AskAsync(planned, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false));

    /// <summary>Asks the node for gas, price and nonce, in the round trip of others if there is one.</summary>
    /// <exception cref="IexecException">Web3ProviderSendError: it would revert.</exception>
    public Task<PreparedTransaction> PrepareAsync(PlannedTransaction planned, CancellationToken cancellationToken) =>
        chain.Settings.SendingAsync(() => AskAsync(planned, cancellationToken));

    /// <summary>Signs, sends and waits.</summary>
    /// <exception cref="IexecException">Web3ProviderSendError: it reverted, or the wait was given up.</exception>
    public Task<TransactionReceipt> SendAsync(PreparedTransaction prepared, CancellationToken cancellationToken) =>
        chain.Settings.SendingAsync(() => SignAndSendAsync(prepared, cancellationToken));

    private Task<PreparedTransaction> AskAsync(PlannedTransaction planned, CancellationToken cancellationToken)
    {
        var call = planned.Call;
        var intent = new EthCall(Sender, call.To, call.Data, planned.ValueWei);
        return chain.TogetherAsync(async () =>
        {
            var counting = call.GasLimit is { } fixedGas ? Task.FromResult(fixedGas) : EstimateAsync(intent, cancellationToken);
            var pricing = planned.Fees is { } fixedFees ? Task.FromResult(fixedFees) : chain.PriceGasAsync(cancellationToken);
            var numbering = chain.Eth.GetTransactionCountAsync(Sender, pending: true, cancellationToken);
            await Task.WhenAll(counting, pricing, numbering).ConfigureAwait(false);
            return new PreparedTransaction(planned, await counting.ConfigureAwait(false), await pricing.ConfigureAwait(false), await numbering
                .ConfigureAwait(false));
        });
    }

    private async Task<TransactionReceipt> SignAndSendAsync(PreparedTransaction prepared, CancellationToken cancellationToken)
    {
        var (planned, gas, fees, nonce) = prepared;
        var call = planned.Call;
        var request = new TransactionRequest(chain.ChainId, nonce, call.To, planned.ValueWei, call.Data, gas, fees);
        var signed = await signer.SignTransactionAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            await chain.Eth.SendRawAsync(signed, cancellationToken).ConfigureAwait(false);
            sent?.Invoke(signed.Hash);
            var receipt = await WaitAsync(signed.Hash, cancellationToken).ConfigureAwait(false);
            return receipt.Succeeded ? receipt : throw await ExplainAsync(new EthCall(Sender, call.To, call.Data, planned.ValueWei), receipt, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception interrupted) when (interrupted is OperationCanceledException or NodeUnreachableException)
        {
            throw new IexecException(
                ErrorCode.Web3ProviderSendError,
                $"Stopped waiting for transaction {signed.Hash}: {(interrupted is OperationCanceledException ? "interrupted" : interrupted.Message)}",
                "It may have been sent and may still be mined: look at the chain before you send again.",
                interrupted);
        }
    }

    // The state may move between the estimate and the block, and with it the cost of a storage write.
    private async Task<ulong> EstimateAsync(EthCall call, CancellationToken cancellationToken)
    {
        var exact = await chain.Eth.EstimateGasAsync(call, cancellationToken).ConfigureAwait(false);
        return exact + (exact / 5);
    }

    private async Task<TransactionReceipt> WaitAsync(Bytes32 hash, CancellationToken cancellationToken)
    {
        var pause = FirstPoll;
        var silences = 0;
        while (true)
        {
            try
            {
                if (await chain.Eth.GetReceiptAsync(hash, cancellationToken).ConfigureAwait(false) is { } receipt
                    && (confirmations <= 1 || await chain.Eth.GetBlockNumberAsync(cancellationToken).ConfigureAwait(false) >= receipt.BlockNumber + confirmations - 1))
                {
                    return receipt;
                }

                silences = 0;
            }
            catch (NodeUnreachableException) when (++silences < LongestSilence)
            {
                // The transaction is out: a short break of the connection says nothing about it.
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LastPoll ? pause * 2 : LastPoll;
        }
    }

    private async Task<IexecException> ExplainAsync(EthCall call, TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        var reason = "";
        try
        {
            await chain.Eth.CallAsync(call, receipt.BlockNumber, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonRpcException revert)
        {
            reason = $": {revert.Message}";
        }

        return new IexecException(
            ErrorCode.Web3ProviderSendError, $"Transaction {receipt.TransactionHash} reverted{reason}", "Somebody else may have been faster; the gas is spent, nothing else changed.");
    }
}
