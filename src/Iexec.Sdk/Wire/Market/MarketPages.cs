using System.Runtime.CompilerServices;

namespace Iexec.Sdk.Wire.Market;

/// <summary>
/// Goes through a listing page after page. A gateway that names places in the listing is asked by place, so that nothing is shown twice or passed over while
/// orders come and go; another by number.
/// </summary>
internal static class MarketPages
{
    /// <summary>The question for the page after one.</summary>
    public static TQuery Following<TQuery, T>(TQuery query, MarketPage<T> page)
        where TQuery : OrderQuery =>
        (TQuery)(page.NextAfter is { } place ? query with { After = place } : query with { PageIndex = query.PageIndex + 1 });

    /// <inheritdoc cref="Following{TQuery, T}(TQuery, MarketPage{T})"/>
    public static DealQuery Following<T>(DealQuery query, MarketPage<T> page) =>
        page.NextAfter is { } place ? query with { After = place } : query with { PageIndex = query.PageIndex + 1 };

    /// <summary>Every item; a page is asked for when the one before is used up.</summary>
    public static async IAsyncEnumerable<T> EnumerateAsync<TQuery, T>(
        TQuery query, Func<TQuery, CancellationToken, Task<MarketPage<T>>> list, Func<TQuery, MarketPage<T>, TQuery> following, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await list(query, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            // A gateway that promises more after nothing would be asked for ever.
            if (!page.HasMore || page.Items.Count == 0)
            {
                yield break;
            }

            query = following(query, page);
        }
    }
}
