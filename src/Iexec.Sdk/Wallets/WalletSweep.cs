using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wallets;

/// <summary>Empties a wallet: first its RLC, then the ether that the gas leaves. What lies in the escrow stays there.</summary>
internal sealed class WalletSweep(ChainConnection chain, Address from, Address to, CancellationToken cancellationToken)
{
    /// <summary>All RLC; null when there is none, or when it is the coin that <see cref="PlanEtherAsync"/> sends.</summary>
    public async Task<PlannedTransaction?> PlanRlcAsync()
    {
        if (chain.Hub.Configuration.IsNative)
        {
            return null;
        }

        var balance = await chain.ReadAsync(hub => hub.GetTokenBalanceAsync(from, cancellationToken)).ConfigureAwait(false);
        return balance.IsZero ? null : await WalletTransfers.PlanRlcAsync(chain, from, to, balance, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All ether but the gas of this transfer and <paramref name="reservedWei"/>; null when nothing would be left to send.</summary>
    public Task<PlannedTransaction?> PlanEtherAsync(UInt256 reservedWei = default) => chain.Settings.ReadingAsync(async () =>
    {
        if (to == from)
        {
            throw new IexecException(ErrorCode.ValidationError, "The receiver is the wallet itself");
        }

        var balance = await chain.Eth.GetBalanceAsync(from, cancellationToken).ConfigureAwait(false);
        if (balance.IsZero)
        {
            return null;
        }

        // A receiver may be a contract, and some chains charge for publishing the transaction: the node knows.
        var gas = chain.Eth.EstimateGasAsync(new EthCall(from, to, ReadOnlyMemory<byte>.Empty, UInt256.One), cancellationToken);
        var fees = chain.PriceGasAsync(cancellationToken);
        await Task.WhenAll(gas, fees).ConfigureAwait(false);
        var kept = ((await fees.ConfigureAwait(false)).MaxPrice * await gas.ConfigureAwait(false)) + reservedWei;
        if (balance <= kept)
        {
            return null;
        }

        var value = balance - kept;
        return new PlannedTransaction($"send {WeiAmount.FormatEther(value)} ether", new ContractCall(to, [], await gas.ConfigureAwait(false)), value, await fees
            .ConfigureAwait(false));
    });
}
