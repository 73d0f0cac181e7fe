using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;

namespace Iexec.Poco.Chain;

/// <content>Waits until a transaction is mined deep enough, and helps it where it can.</content>
public sealed partial class TransactionOutbox
{
    // How often the chain may contradict us before it is believed: nodes behind a load balancer disagree for a moment.
    private const int Patience = 5;

    // A chain that mines nothing must not drive the fees up without end.
    private const int HighestBid = 8;

    private async Task<TransactionReceipt> WaitAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var signedAt = time.GetTimestamp();
        var nonceGone = 0;
        for (var poll = 1; ; poll++)
        {
            if (await FindReceiptAsync(entry, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                if (await IsDeepAsync(receipt, cancellationToken).ConfigureAwait(false))
                {
                    await SaveAsync(entry with { Receipt = receipt }, cancellationToken).ConfigureAwait(false);
                    return receipt;
                }
            }
            else if (entry.Raw is null)
            {
                // A copy that had been refused was mined elsewhere, and a reorganisation took it away again.
                entry = await SignAsync(entry, cancellationToken).ConfigureAwait(false);
                await TrySendAsync(entry, cancellationToken).ConfigureAwait(false);
            }
            else if (await eth.GetTransactionCountAsync(Sender, pending: false, cancellationToken).ConfigureAwait(false) > entry.Nonce)
            {
                if (++nonceGone > Patience)
                {
                    // Somebody else used the key, and its transaction took our nonce.
                    entry = await SignAsync(entry, cancellationToken).ConfigureAwait(false);
                    await TrySendAsync(entry, cancellationToken).ConfigureAwait(false);
                    (signedAt, nonceGone) = (time.GetTimestamp(), 0);
                }
            }
            else
            {
                nonceGone = 0;
                if (time.GetElapsedTime(signedAt) >= options.Bump)
                {
                    entry = await BumpAsync(entry, cancellationToken).ConfigureAwait(false);
                    signedAt = time.GetTimestamp();
                }

                if (poll % Patience == 0)
                {
                    await SendAgainAsync(entry, cancellationToken).ConfigureAwait(false);
                }
            }

            await Task.Delay(options.Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TransactionReceipt?> FindReceiptAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        foreach (var hash in entry.Hashes)
        {
            if (await eth.GetReceiptAsync(hash, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                return receipt;
            }
        }

        return null;
    }

    /// <summary>The outcome of a finished entry, if the chain still has it: a node that lost its last blocks has lost our transaction with them.</summary>
    private async Task<TransactionReceipt?> StillMinedAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            if (await FindReceiptAsync(entry, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                return receipt;
            }

            await Task.Delay(options.Poll, time, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<bool> IsDeepAsync(TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        if (options.Confirmations == 0)
        {
            return true;
        }

        var head = await eth.GetBlockNumberAsync(cancellationToken).ConfigureAwait(false);
        return head >= receipt.BlockNumber + options.Confirmations
            && (await eth.GetBlockAsync(receipt.BlockNumber, cancellationToken).ConfigureAwait(false))?.Hash == receipt.BlockHash;
    }

    /// <summary>The same transaction with higher fees, persisted before it is sent.</summary>
    private async Task<OutboxEntry> BumpAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var previous = SignedTransaction.Decode(entry.Raw!).Request;
        var market = await eth.SuggestFeesAsync(cancellationToken).ConfigureAwait(false);
        var fees = FeePolicy.Bump(previous.Fees, market);
        if (fees.MaxPrice > market.MaxPrice * HighestBid)
        {
            return entry;
        }

        var signed = Sign(entry.Call, previous.Nonce, previous.GasLimit, fees);
        var bumped = entry with { Raw = signed.Raw, Hash = signed.Hash, EarlierHashes = [.. entry.EarlierHashes, entry.Hash!.Value] };
        await SaveAsync(bumped, cancellationToken).ConfigureAwait(false);
        await TrySendAsync(bumped, cancellationToken).ConfigureAwait(false);
        return bumped;
    }

    /// <summary>Nodes drop transactions. Ours goes again, after those of lower nonce that it waits for.</summary>
    private async Task SendAgainAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var pending = await store.ListPendingAsync(chainId, Sender, cancellationToken).ConfigureAwait(false);
        foreach (var earlier in pending.Where(other => other.Raw is not null && other.Nonce < entry.Nonce).OrderBy(other => other.Nonce))
        {
            await TrySendAsync(earlier, cancellationToken).ConfigureAwait(false);
        }

        await FillGapsAsync(entry, pending, cancellationToken).ConfigureAwait(false);
        await TrySendAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Nonces below ours that nothing uses any more: the chain lost a transaction that was finished for us. They are filled by empty
    /// transactions to ourselves. To sign ours anew with a lower nonce would leave two valid copies of it.
    /// </summary>
    private async Task FillGapsAsync(OutboxEntry entry, IReadOnlyList<OutboxEntry> pending, CancellationToken cancellationToken)
    {
        var next = await eth.GetTransactionCountAsync(Sender, pending: true, cancellationToken).ConfigureAwait(false);
        var taken = pending.Select(other => other.Nonce).ToHashSet();
        TransactionFees? fees = null;
        for (; next < entry.Nonce; next++)
        {
            if (taken.Contains(next))
            {
                continue;
            }

            fees ??= await eth.SuggestFeesAsync(cancellationToken).ConfigureAwait(false);
            var filler = Sign(new ContractCall(Sender, []), next, gasLimit: 21_000, fees);
            await TrySendAsync(new OutboxEntry("", new ContractCall(Sender, []), next, filler.Raw, filler.Hash, null), cancellationToken).ConfigureAwait(false);
        }
    }
}
