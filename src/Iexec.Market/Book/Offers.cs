using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Market.Book;

/// <summary>What the book offers to a request.</summary>
/// <param name="Found">False when nothing fits but for the price.</param>
/// <param name="BestPrice">nRLC per task of the cheapest that fits.</param>
internal readonly record struct OfferSearch(bool Found, UInt256 BestPrice);

/// <summary>Which app and dataset orders a request could be matched with.</summary>
internal static class Offers
{
    /// <summary>The cheapest of the offers that the request can take.</summary>
    /// <param name="offers">Open orders of the request's app, or of its dataset.</param>
    /// <param name="isMember">Says whether an account belongs to a group contract that stands in a restriction.</param>
    public static OfferSearch Cheapest(IEnumerable<BookOrder> offers, BookOrder request, Func<Address, Address, bool> isMember)
    {
        OfferSearch best = default;
        foreach (var offer in offers.Where(offer => Fits(offer, request, isMember)))
        {
            if (!best.Found || offer.Price < best.BestPrice)
            {
                best = new OfferSearch(true, offer.Price);
            }
        }

        return best;
    }

    /// <summary>The restrictions of an offer that only a group contract could open to this request.</summary>
    public static IEnumerable<(Address Group, Address Account)> Groups(BookOrder offer, BookOrder request) =>
        Restrictions(offer, request).Where(pair => !pair.Restriction.IsZero && pair.Restriction != pair.Account);

    private static bool Fits(BookOrder offer, BookOrder request, Func<Address, Address, bool> isMember) =>
        (offer.Kind != OrderKind.App || !request.Tag.Has(Tag.TeeBit) || offer.Tag.Has(Tag.TeeBit))
        && Groups(offer, request).All(pair => isMember(pair.Group, pair.Account));

    private static IEnumerable<(Address Restriction, Address Account)> Restrictions(BookOrder offer, BookOrder request)
    {
        yield return offer.Kind == OrderKind.App ? (offer.Dataset, request.Dataset) : (offer.App, request.App);
        yield return (offer.Requester, request.Requester);
        // A request that names no pool can still be matched with the pool that the offer is restricted to.
        if (!request.Workerpool.IsZero)
        {
            yield return (offer.Workerpool, request.Workerpool);
        }
    }
}
