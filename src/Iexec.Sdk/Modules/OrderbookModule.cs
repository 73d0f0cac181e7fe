using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Modules;

/// <summary>
/// The book: one order by its hash, pages of open orders with their count, and all of them one after the other. Prices in nRLC. Every call throws
/// <see cref="IexecException"/> with MarketCallError when the gateway does not answer or refuses, and ConfigurationError when none is known.
/// </summary>
public sealed class OrderbookModule
{
    private readonly Session _session;

    internal OrderbookModule(Session session) => _session = session;

    /// <summary>An app order of the book, whatever its status. What the gateway gives is hashed again: it cannot put another in its place.</summary>
    /// <param name="order">Its hash.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: not in the book; MarketCallError.</exception>
    public Task<PublishedOrder<AppOrder>> FetchAppOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchAsync(OrderSchemas.App, order, "apporder", cancellationToken);

    /// <summary>A dataset order of the book, whatever its status, hashed again.</summary>
    /// <inheritdoc cref="FetchAppOrderAsync"/>
    public Task<PublishedOrder<DatasetOrder>> FetchDatasetOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchAsync(OrderSchemas.Dataset, order, "datasetorder", cancellationToken);

    /// <summary>A workerpool order of the book, whatever its status, hashed again.</summary>
    /// <inheritdoc cref="FetchAppOrderAsync"/>
    public Task<PublishedOrder<WorkerpoolOrder>> FetchWorkerpoolOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchAsync(OrderSchemas.Workerpool, order, "workerpoolorder", cancellationToken);

    /// <summary>A request order of the book, whatever its status, hashed again.</summary>
    /// <inheritdoc cref="FetchAppOrderAsync"/>
    public Task<PublishedOrder<RequestOrder>> FetchRequestOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchAsync(OrderSchemas.Request, order, "requestorder", cancellationToken);

    /// <summary>All open app orders of a query, cheapest first; further pages are asked for as the enumeration goes on.</summary>
    /// <param name="query">App or owner is required.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="IexecException">MarketCallError.</exception>
    public IAsyncEnumerable<PublishedOrder<AppOrder>> FetchAppOrderbookAsync(AppOrderQuery query, CancellationToken cancellationToken = default) =>
        PagesAsync(query, PageAsync, cancellationToken);

    /// <summary>All open dataset orders of a query, cheapest first.</summary>
    /// <param name="query">Dataset or owner is required.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="IexecException">MarketCallError.</exception>
    public IAsyncEnumerable<PublishedOrder<DatasetOrder>> FetchDatasetOrderbookAsync(
        DatasetOrderQuery query, CancellationToken cancellationToken = default) =>
        PagesAsync(query, PageAsync, cancellationToken);

    /// <summary>All open workerpool orders of a query, cheapest first.</summary>
    /// <param name="query">Filters; none for all unrestricted orders.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="IexecException">MarketCallError.</exception>
    public IAsyncEnumerable<PublishedOrder<WorkerpoolOrder>> FetchWorkerpoolOrderbookAsync(
        WorkerpoolOrderQuery query, CancellationToken cancellationToken = default) =>
        PagesAsync(query, PageAsync, cancellationToken);

    /// <summary>All open request orders of a query, highest pool price first.</summary>
    /// <param name="query">Filters; none for all unrestricted orders.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="IexecException">MarketCallError.</exception>
    public IAsyncEnumerable<PublishedOrder<RequestOrder>> FetchRequestOrderbookAsync(
        RequestOrderQuery query, CancellationToken cancellationToken = default) =>
        PagesAsync(query, PageAsync, cancellationToken);

    /// <summary>One page of open app orders, with the count of all.</summary>
    /// <param name="query">With <see cref="OrderQuery.PageSize"/>, and <see cref="OrderQuery.After"/> for the pages after the first.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">MarketCallError.</exception>
    public async Task<MarketPage<PublishedOrder<AppOrder>>> PageAsync(AppOrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await _session.Market.ListAsync(_session.Settings.Id, query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One page of open dataset orders, with the count of all.</summary>
    /// <inheritdoc cref="PageAsync(AppOrderQuery, CancellationToken)"/>
    public async Task<MarketPage<PublishedOrder<DatasetOrder>>> PageAsync(DatasetOrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await _session.Market.ListAsync(_session.Settings.Id, query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One page of open workerpool orders, with the count of all.</summary>
    /// <inheritdoc cref="PageAsync(AppOrderQuery, CancellationToken)"/>
    public async Task<MarketPage<PublishedOrder<WorkerpoolOrder>>> PageAsync(WorkerpoolOrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await _session.Market.ListAsync(_session.Settings.Id, query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One page of open request orders, with the count of all.</summary>
    /// <inheritdoc cref="PageAsync(AppOrderQuery, CancellationToken)"/>
    public async Task<MarketPage<PublishedOrder<RequestOrder>>> PageAsync(RequestOrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await _session.Market.ListAsync(_session.Settings.Id, query, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PublishedOrder<TOrder>> FetchAsync<TOrder>(
        OrderSchema<TOrder> schema, OrderHash order, string name, CancellationToken cancellationToken)
        where TOrder : Order
    {
        var chain = await _session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var published = await _session.Market.FindOrderAsync(chain.ChainId, schema, order, cancellationToken).ConfigureAwait(false)
            ?? throw IexecException.NotFound(name, order.ToString(), chain.ChainId, "Check the hash and the network.");
        return schema.Hash(published.Order.Order, chain.Hub.Configuration.Domain) == order
            ? published
            : throw new IexecException(ErrorCode.MarketCallError, $"The gateway gave another order than {order}", "Do not use this gateway, or check the hub's address.");
    }

    private static IAsyncEnumerable<PublishedOrder<TOrder>> PagesAsync<TQuery, TOrder>(
        TQuery query, Func<TQuery, CancellationToken, Task<MarketPage<PublishedOrder<TOrder>>>> list, CancellationToken cancellationToken)
        where TQuery : OrderQuery
        where TOrder : Order
    {
        ArgumentNullException.ThrowIfNull(query);
        return MarketPages.EnumerateAsync(query, list, MarketPages.Following, cancellationToken);
    }
}
