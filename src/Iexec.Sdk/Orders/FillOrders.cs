using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Orders;

/// <summary>A purchase that is on the chain.</summary>
public sealed record MadeDeal(DealId Id, UInt256 Volume, Bytes32 TransactionHash);

/// <summary>Turns four orders into a deal.</summary>
/// <param name="trust">Null to skip the check of the pool's workers.</param>
public sealed class FillOrders(ChainConnection chain, TransactionSender sender, TrustCheck? trust)
{
    /// <summary>Checks and sends.</summary>
    public async Task<MadeDeal> RunAsync(OrderSet set, CancellationToken cancellationToken)
    {
        var checking = new MatchPreflight(chain).CheckAsync(set, sender.Sender, cancellationToken);
        var asking = trust?.RequireAsync(set.Workerpool.Order.Workerpool, set.Request.Order.Trust, cancellationToken) ?? Task.CompletedTask;
        await checking;
        await asking;
        var receipt = await sender.SendAsync(chain.Calls.MatchOrders(set.App, set.Dataset, set.Workerpool, set.Request), cancellationToken);
        var events = await chain.ReadAsync(hub => hub.GetEventsAsync(receipt.BlockNumber, receipt.BlockNumber, cancellationToken));
        var matched = events.OfType<HubEvent.OrdersMatched>().FirstOrDefault(match => match.Position.TransactionHash == receipt.TransactionHash)
            ?? throw new IexecException(ErrorCode.Web3ProviderSendError, $"Transaction {receipt.TransactionHash} made no deal", "Check \"hub\" in chain.json.");
        return new MadeDeal(matched.DealId, matched.Volume, receipt.TransactionHash);
    }
}
