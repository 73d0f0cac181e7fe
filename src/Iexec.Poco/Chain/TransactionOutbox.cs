using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;

namespace Iexec.Poco.Chain;

/// <summary>
/// Persist intent → sign → persist hash → send → wait for receipt and depth. After a crash at any point the same intent continues
/// where it stopped. One instance per key: nonces are handed out here and nowhere else.
/// </summary>
public sealed partial class TransactionOutbox(EthClient eth, ulong chainId, PrivateKey key, IOutboxStore store, TimeProvider time, OutboxOptions options)
    : ITransactor
{
    // Between the estimate and the block, other transactions may make ours dearer: another vote, a longer list.
    private const ulong GasMarginPercent = 25;

    private readonly IntentLocks _intents = new();
    private readonly SemaphoreSlim _nonces = new(1, 1);

    /// <inheritdoc/>
    public Address Sender => key.Address;

    /// <inheritdoc/>
    public async Task<TransactionReceipt> ExecuteAsync(string intent, ContractCall call, CancellationToken cancellationToken)
    {
        using var turn = await _intents.EnterAsync(intent, cancellationToken).ConfigureAwait(false);
        var entry = await store.FindAsync(chainId, Sender, intent, cancellationToken).ConfigureAwait(false);
        if (entry is null)
        {
            entry = new OutboxEntry(intent, call, null, null, null, null);
            await SaveAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (entry.Receipt is not null)
        {
            if (await StillMinedAsync(entry, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                return receipt;
            }

            entry = entry with { Receipt = null };
            await SaveAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (entry.Raw is not null)
        {
            await TrySendAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        else if (await FindReceiptAsync(entry, cancellationToken).ConfigureAwait(false) is null)
        {
            entry = await SignAsync(entry, cancellationToken).ConfigureAwait(false);
            await SendFirstAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        return await WaitAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends again what was persisted and is not mined, e.g. after a restart. Does not wait.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var pending in await store.ListPendingAsync(chainId, Sender, cancellationToken).ConfigureAwait(false))
        {
            using var turn = await _intents.EnterAsync(pending.Intent, cancellationToken).ConfigureAwait(false);
            if (await store.FindAsync(chainId, Sender, pending.Intent, cancellationToken).ConfigureAwait(false) is not { Receipt: null, Raw: not null } entry)
            {
                continue;
            }

            if (await FindReceiptAsync(entry, cancellationToken).ConfigureAwait(false) is not { } receipt)
            {
                await TrySendAsync(entry, cancellationToken).ConfigureAwait(false);
            }
            else if (await IsDeepAsync(receipt, cancellationToken).ConfigureAwait(false))
            {
                await SaveAsync(entry with { Receipt = receipt }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task SaveAsync(OutboxEntry entry, CancellationToken cancellationToken) => store.SaveAsync(chainId, Sender, entry, cancellationToken);

    /// <summary>Gives the entry the next nonce and a signature, both persisted before anything is sent.</summary>
    private async Task<OutboxEntry> SignAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var gasLimit = await EstimateAsync(entry, cancellationToken).ConfigureAwait(false);
        var fees = await eth.SuggestFeesAsync(cancellationToken).ConfigureAwait(false);
        await _nonces.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var nonce = await eth.GetTransactionCountAsync(Sender, pending: true, cancellationToken).ConfigureAwait(false);
            foreach (var pending in await store.ListPendingAsync(chainId, Sender, cancellationToken).ConfigureAwait(false))
            {
                // The node may not know, or may have dropped, what we signed before.
                nonce = pending.Intent != entry.Intent && pending.Nonce is { } taken ? Math.Max(nonce, taken + 1) : nonce;
            }

            var signed = Sign(entry.Call, nonce, gasLimit, fees);
            var copies = entry.Hash is { } replaced ? [.. entry.EarlierHashes, replaced] : entry.EarlierHashes;
            var next = entry with { Nonce = nonce, Raw = signed.Raw, Hash = signed.Hash, EarlierHashes = copies };
            await SaveAsync(next, cancellationToken).ConfigureAwait(false);
            return next;
        }
        finally
        {
            _nonces.Release();
        }
    }

    private SignedTransaction Sign(ContractCall call, ulong nonce, ulong gasLimit, TransactionFees fees) =>
        new TransactionRequest(chainId, nonce, call.To, UInt256.Zero, call.Data, gasLimit, fees).Sign(key);

    private async Task<ulong> EstimateAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            // Also where the limit is fixed: what would revert is not worth its gas.
            var estimate = await eth.EstimateGasAsync(new EthCall(Sender, entry.Call.To, entry.Call.Data), cancellationToken).ConfigureAwait(false);
            return entry.Call.GasLimit ?? (estimate + (estimate * GasMarginPercent / 100));
        }
        catch (JsonRpcException) when (entry.EarlierHashes.Count == 0 && entry.Hash is null)
        {
            // Nothing was sent, so nothing is to be remembered.
            await store.RemoveAsync(chainId, Sender, entry.Intent, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The first time, a refusal that waiting does not cure is the caller's to know.</summary>
    private async Task SendFirstAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await eth.SendRawAsync(new SignedTransaction(entry.Raw!, entry.Hash!.Value), cancellationToken).ConfigureAwait(false);
        }
        catch (JsonRpcException e) when (e.Kind is NodeErrorKind.InsufficientFunds or NodeErrorKind.GasLimit or NodeErrorKind.Halted or NodeErrorKind.InvalidRequest or NodeErrorKind.Other)
        {
            await ReleaseAsync(entry, cancellationToken).ConfigureAwait(false);
            throw;
        }
        catch (JsonRpcException)
        {
            // A matter of nonce or fees: the wait decides.
        }
    }

    /// <summary>Takes the nonce back when nobody stands behind it. Otherwise the entry stays signed, and whoever waits behind sends it again.</summary>
    private async Task ReleaseAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        await _nonces.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var pending = await store.ListPendingAsync(chainId, Sender, cancellationToken).ConfigureAwait(false);
            if (!pending.Any(other => other.Nonce > entry.Nonce))
            {
                // The refused copy is remembered all the same: behind a load balancer, another node might have taken it.
                await SaveAsync(entry with { Nonce = null, Raw = null, Hash = null, EarlierHashes = [.. entry.EarlierHashes, entry.Hash!.Value] }, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            _nonces.Release();
        }
    }

    private async Task TrySendAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await eth.SendRawAsync(new SignedTransaction(entry.Raw!, entry.Hash!.Value), cancellationToken).ConfigureAwait(false);
        }
        catch (JsonRpcException)
        {
            // Mined already, or known with other fees, or not payable at the moment: the wait looks at the chain, not at words.
        }
    }
}
