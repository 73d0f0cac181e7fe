using Iexec.Market.Book;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;

namespace Iexec.Market.Chain;

/// <summary>
/// The one rule that ties a request's app to its dataset: where the dataset's order wants trusted execution, the app's has to offer it, whatever the request's
/// own tag says. Each may be on offer, and still no two of them together.
/// </summary>
internal static class TrustPairing
{
    /// <summary>True if some app offer goes with some dataset offer. Both are known to be on offer at the request's price.</summary>
    /// <param name="unasked">As for <see cref="GroupMembership.SearchAsync"/>.</param>
    public static async Task<bool> IsPossibleAsync(
        IHub hub, IReadOnlyList<BookOrder> apps, IReadOnlyList<BookOrder> datasets, BookOrder request, bool unasked, CancellationToken cancellationToken)
    {
        if (request.Dataset.IsZero || request.Tag.Has(Tag.TeeBit) || !datasets.Any(offer => offer.Tag.Has(Tag.TeeBit)))
        {
            return true;
        }

        List<BookOrder> open = [.. datasets.Where(offer => !offer.Tag.Has(Tag.TeeBit))];
        var plain = await GroupMembership.SearchAsync(hub, open, request, request.DatasetMaxPrice, unasked, cancellationToken);
        if (plain.Found && plain.BestPrice <= request.DatasetMaxPrice)
        {
            return true;
        }

        var trusted = await GroupMembership.SearchAsync(
            hub, apps, request with { Tag = request.Tag | Tag.Of(Tag.TeeBit) }, request.AppMaxPrice, unasked, cancellationToken);
        return trusted.Found && trusted.BestPrice <= request.AppMaxPrice;
    }
}
