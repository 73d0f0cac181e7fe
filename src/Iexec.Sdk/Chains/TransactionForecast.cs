using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Chains;

/// <summary>What a transaction would cost, asked without sending it.</summary>
/// <param name="From">The account that would sign.</param>
/// <param name="Planned">The transaction.</param>
/// <param name="Gas">Units that the node counts for it now.</param>
/// <param name="HighestFeeWei">What the gas costs at most; the true price is known when it is mined.</param>
internal sealed record TransactionForecast(Address From, PlannedTransaction Planned, ulong Gas, UInt256 HighestFeeWei)
{
    /// <summary>Asks the node for gas and price in one go. Needs no key.</summary>
    /// <exception cref="IexecException">Web3ProviderSendError: it would revert.</exception>
    public static Task<TransactionForecast> AskAsync(ChainConnection chain, Address from, PlannedTransaction planned, CancellationToken cancellationToken) =>
        chain.Settings.SendingAsync(async () =>
        {
            var gas = chain.Eth.EstimateGasAsync(new EthCall(from, planned.Call.To, planned.Call.Data, planned.ValueWei), cancellationToken);
            var fees = planned.Fees is { } given ? Task.FromResult(given) : chain.PriceGasAsync(cancellationToken);
            await Task.WhenAll(gas, fees).ConfigureAwait(false);
            return new TransactionForecast(from, planned, await gas.ConfigureAwait(false), (await fees.ConfigureAwait(false)).MaxPrice * await gas
                .ConfigureAwait(false));
        });

    /// <summary>As <c>--raw</c> prints it; amounts in wei.</summary>
    public JsonObject ToJson() => new()
    {
        ["purpose"] = Planned.Purpose,
        ["from"] = From.ToString(),
        ["to"] = Planned.Call.To.ToString(),
        ["value"] = Planned.ValueWei.ToString(),
        ["data"] = Hex.Encode(Planned.Call.Data),
        ["gas"] = Gas.ToString(CultureInfo.InvariantCulture),
        ["maxFee"] = HighestFeeWei.ToString(),
    };
}
