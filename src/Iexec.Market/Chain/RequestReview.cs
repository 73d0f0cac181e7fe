using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;

namespace Iexec.Market.Chain;

/// <summary>Lets requests die for which the book has no app or dataset order any more that they could be matched with.</summary>
internal sealed class RequestReview(BookStore book, IHub hub)
{
    /// <summary>Looks at the requests for these apps and datasets.</summary>
    public async Task ReviewAsync(IEnumerable<Address> assets, ulong block, CancellationToken cancellationToken)
    {
        foreach (var asset in assets)
        {
            foreach (var request in await book.OpenRequestsAsync(asset, cancellationToken))
            {
                if (!await IsServedAsync(OrderKind.App, request.App, request.AppMaxPrice, request, cancellationToken)
                    || (!request.Dataset.IsZero && !await IsServedAsync(OrderKind.Dataset, request.Dataset, request.DatasetMaxPrice, request, cancellationToken)))
                {
                    await book.Database.WriteAsync(transaction => book.KillAsync(transaction, request.Hash, block), cancellationToken);
                }
            }
        }
    }

    private async Task<bool> IsServedAsync(OrderKind kind, Address asset, UInt256 maxPrice, BookOrder request, CancellationToken cancellationToken)
    {
        var offers = await book.OpenOffersAsync(kind, asset, cancellationToken);
        // No request is killed on a doubt.
        var groups = await GroupMembership.AskAsync(hub, offers, request, unasked: true, cancellationToken);
        var search = Offers.Cheapest(offers, request, groups.Contains);
        return search.Found && search.BestPrice <= maxPrice;
    }
}
