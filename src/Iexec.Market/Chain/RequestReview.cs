using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
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
        var offers = new OfferCache(book);
        var seen = new HashSet<Poco.OrderHash>();
        foreach (var asset in assets)
        {
            foreach (var request in await book.OpenRequestsAsync(asset, cancellationToken))
            {
                if (seen.Add(request.Hash) && !await MayBeServedAsync(offers, request, cancellationToken))
                {
                    await book.Database.WriteAsync(
                        async transaction =>
                        {
                            await book.LockAsync(transaction);
                            await book.KillAsync(transaction, request, block);
                        },
                        cancellationToken);
                }
            }
        }
    }

    // No request is killed on a doubt, and none that cannot be judged keeps the others from being.
    private async Task<bool> MayBeServedAsync(OfferCache offers, BookOrder request, CancellationToken cancellationToken)
    {
        try
        {
            return await IsServedAsync(offers, request, cancellationToken);
        }
        catch (JsonRpcException odd) when (odd.Kind is NodeErrorKind.Other or NodeErrorKind.Halted or NodeErrorKind.Reverted)
        {
            return true;
        }
    }

    private async Task<bool> IsServedAsync(OfferCache offers, BookOrder request, CancellationToken cancellationToken) =>
        await HasOfferAsync(offers, OrderKind.App, request.App, request.AppMaxPrice, request, cancellationToken)
        && (request.Dataset.IsZero
            || (await HasOfferAsync(offers, OrderKind.Dataset, request.Dataset, request.DatasetMaxPrice, request, cancellationToken)
                && await TrustPairing.IsPossibleAsync(
                    hub, await offers.OfAsync(OrderKind.App, request.App, cancellationToken), await offers.OfAsync(OrderKind.Dataset, request.Dataset, cancellationToken),
                    request, unasked: true, cancellationToken)));

    private async Task<bool> HasOfferAsync(
        OfferCache offers, OrderKind kind, Address asset, UInt256 maxPrice, BookOrder request, CancellationToken cancellationToken)
    {
        var search = await GroupMembership.SearchAsync(
            hub, await offers.OfAsync(kind, asset, cancellationToken), request, maxPrice, unasked: true, cancellationToken);
        return search.Found && search.BestPrice <= maxPrice;
    }

    /// <summary>Many requests are for few assets.</summary>
    private sealed class OfferCache(BookStore book)
    {
        private readonly Dictionary<(OrderKind Kind, Address Asset), IReadOnlyList<BookOrder>> _offers = [];

        public async Task<IReadOnlyList<BookOrder>> OfAsync(OrderKind kind, Address asset, CancellationToken cancellationToken)
        {
            if (!_offers.TryGetValue((kind, asset), out var offers))
            {
                offers = await book.OpenOffersAsync(kind, asset, cancellationToken);
                _offers[(kind, asset)] = offers;
            }

            return offers;
        }
    }
}
