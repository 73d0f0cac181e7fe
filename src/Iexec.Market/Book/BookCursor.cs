using System.Globalization;
using Dapper;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;

namespace Iexec.Market.Book;

/// <summary>
/// A place in a listing: what it is sorted by, of the last order seen. Unlike a page's number it stays where it is when orders before it come or go,
/// also when that last order has gone itself. Its text is <c>price_milliseconds_orderHash</c>.
/// </summary>
internal readonly record struct BookCursor(UInt256 Price, long PublishedAtMilliseconds, OrderHash Hash)
{
    public static BookCursor Of(BookOrder order) => new(order.Price, order.PublishedAt.ToUnixTimeMilliseconds(), order.Hash);

    public static bool TryParse(string text, out BookCursor cursor)
    {
        cursor = default;
        if (text.Split('_') is not [var price, var milliseconds, var hash]
            || price.AsSpan().ContainsAnyExceptInRange('0', '9') || !UInt256.TryParse(price, out var amount)
            || !long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var publishedAt) || !OrderHash.TryParse(hash, out var order))
        {
            return false;
        }

        cursor = new BookCursor(amount, publishedAt, order);
        return true;
    }

    /// <summary>What comes later in the book of a kind, in SQL.</summary>
    public string Where(OrderKind kind, DynamicParameters parameters)
    {
        parameters.Add("AfterPrice", Price);
        parameters.Add("AfterTime", PublishedAtMilliseconds);
        parameters.Add("AfterHash", Hash.Value);
        var further = kind == OrderKind.Request ? "price < @AfterPrice" : "price > @AfterPrice";
        return $"({further} OR (price = @AfterPrice AND (published_at > @AfterTime OR (published_at = @AfterTime AND order_hash > @AfterHash))))";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Price}_{PublishedAtMilliseconds}_{Hash}");
}
