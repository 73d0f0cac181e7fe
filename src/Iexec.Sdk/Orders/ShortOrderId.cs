using Iexec.Ethereum.Eip712;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>
/// Short names of open workerpool orders: the first digits of their hashes, as many as tell them apart. Version 2 numbered its orders.
/// </summary>
internal static class ShortOrderId
{
    private const int Fewest = 4;
    private const int Usual = 6;
    private const int PageSize = 1000;
    private const int MostPages = 10;

    /// <summary>The shortest ids of at least six digits that tell these orders apart.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<OrderHash> orders)
    {
        var digits = orders.Select(order => order.ToString()[2..]).ToList();
        var length = Usual;
        while (digits.Select(text => text[..length]).Distinct().Count() < digits.Distinct().Count())
        {
            length++;
        }

        return [.. digits.Select(text => text[..length])];
    }

    /// <summary>The one open order with this id, or with this hash. What the gateway gives is hashed again.</summary>
    /// <exception cref="IexecException">ValidationError: no id, or that of several; ObjectNotFoundError; MarketCallError: another order than it says.</exception>
    public static async Task<Signed<WorkerpoolOrder>> FindAsync(MarketClient market, ulong chainId, string id, Eip712Domain domain, CancellationToken cancellationToken)
    {
        if (OrderHash.TryParse(id, out var hash))
        {
            return await SignedOrders.FetchAsync(market, chainId, OrderSchemas.Workerpool, OrderKind.Workerpool, hash, domain, cancellationToken)
                .ConfigureAwait(false);
        }

        var digits = (id.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? id[2..] : id).ToLowerInvariant();
        if (digits.Length is < Fewest or > 64 || digits.AsSpan().IndexOfAnyExcept("0123456789abcdef") >= 0)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{id} is not an order id", new Advice("An id is the first four or more digits of the hash of an order.", Remedy.ListShortIds));
        }

        var found = await ListAsync(market, chainId, digits, cancellationToken).ConfigureAwait(false);
        if (found is not [var only])
        {
            throw found.Count == 0
                ? new IexecException(ErrorCode.ObjectNotFoundError, $"No open workerpool order with id {id} on chain {chainId}", new Advice("It may be sold or withdrawn.", Remedy.ListShortIds))
                : new IexecException(ErrorCode.ValidationError, $"{found.Count} open workerpool orders begin with {id}", $"Write more digits: {string.Join(", ", found.Take(5).Select(order => order.Hash))}");
        }

        return OrderSchemas.Workerpool.Hash(only.Order.Order, domain) == only.Hash
            ? only.Order
            : throw new IexecException(ErrorCode.MarketCallError, $"The gateway gave another order than {only.Hash}", "Do not use this gateway, or check \"hub\" in chain.json.");
    }

    private static async Task<List<PublishedOrder<WorkerpoolOrder>>> ListAsync(MarketClient market, ulong chainId, string digits, CancellationToken cancellationToken)
    {
        var query = new WorkerpoolOrderQuery { App = AddressFilter.Any, Dataset = AddressFilter.Any, Requester = AddressFilter.Any, PageSize = PageSize };
        var found = new List<PublishedOrder<WorkerpoolOrder>>();
        for (var index = 0; index < MostPages; index++)
        {
            var page = await market.ListAsync(chainId, query, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Items.Where(order => order.Hash.ToString().AsSpan(2).StartsWith(digits, StringComparison.Ordinal)));
            if (!page.HasMore)
            {
                break;
            }

            query = MarketPages.Following(query, page);
        }

        return found;
    }
}
