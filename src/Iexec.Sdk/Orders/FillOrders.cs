using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Orders;

/// <summary>A purchase that is on the chain.</summary>
/// <param name="Id">The deal.</param>
/// <param name="Volume">Its tasks.</param>
/// <param name="TransactionHash">The transaction that made it.</param>
public sealed record MadeDeal(DealId Id, UInt256 Volume, Bytes32 TransactionHash);

/// <summary>A purchase that was checked and can be sent.</summary>
internal sealed record CheckedFill(OrderSet Orders, MatchEstimate Estimate, PreparedTransaction Transaction);

/// <summary>Turns four orders into a deal.</summary>
/// <param name="trust">Null to skip the check of the pool's workers.</param>
internal sealed class FillOrders(ChainConnection chain, TransactionSender sender, TrustCheck? trust)
{
    /// <summary>The transaction of a match.</summary>
    public static PlannedTransaction Plan(ChainConnection chain, OrderSet set) =>
        new("match the orders", chain.Calls.MatchOrders(set.App, set.Dataset, set.Workerpool, set.Request));

    /// <summary>Makes every check and prepares the transaction in one round trip.</summary>
    /// <exception cref="IexecException">BusinessError with everything that does not match.</exception>
    public async Task<CheckedFill> CheckAsync(OrderSet set, CancellationToken cancellationToken)
    {
        var asking = trust?.RequireAsync(set.Workerpool.Order.Workerpool, set.Request.Order.Trust, cancellationToken) ?? Task.CompletedTask;
        var fill = await chain.TogetherAsync(async () =>
        {
            var checking = new MatchPreflight(chain).CheckAsync(set, sender.Sender, cancellationToken);
            var preparing = sender.PrepareAsync(Plan(chain, set), cancellationToken);

            // The refusal of a check says more than the revert of the estimate, so it is awaited first.
            var estimate = await checking.ConfigureAwait(false);
            return new CheckedFill(set, estimate, await preparing.ConfigureAwait(false));
        }).ConfigureAwait(false);
        await asking.ConfigureAwait(false);
        return fill;
    }

    /// <summary>Sends what was checked.</summary>
    public async Task<MadeDeal> SendAsync(CheckedFill fill, CancellationToken cancellationToken)
    {
        var receipt = await sender.SendAsync(fill.Transaction, cancellationToken).ConfigureAwait(false);
        var events = await chain.ReadAsync(hub => hub.GetEventsAsync(receipt.BlockNumber, receipt.BlockNumber, cancellationToken)).ConfigureAwait(false);
        var matched = events.OfType<HubEvent.OrdersMatched>().FirstOrDefault(match => match.Position.TransactionHash == receipt.TransactionHash)
            ?? throw new IexecException(ErrorCode.Web3ProviderSendError, $"Transaction {receipt.TransactionHash} made no deal", "Check \"hub\" in chain.json.");
        return new MadeDeal(matched.DealId, matched.Volume, receipt.TransactionHash);
    }

    /// <summary>Checks and sends.</summary>
    public async Task<MadeDeal> RunAsync(OrderSet set, CancellationToken cancellationToken) =>
        await SendAsync(await CheckAsync(set, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
}
