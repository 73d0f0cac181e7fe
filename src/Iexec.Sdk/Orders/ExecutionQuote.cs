using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Ethereum.Eip712;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wallets;

namespace Iexec.Sdk.Orders;

/// <summary>
/// The orders that an execution would take, and the request for exactly their prices. What the requester owns itself is not signed yet: a
/// quote needs no key.
/// </summary>
/// <param name="App">From the book, or of the requester's own app.</param>
/// <param name="Dataset">From the book, of the requester's own dataset, or <see cref="OrderSet.NoDataset"/>.</param>
/// <param name="Workerpool">From the book, or of the requester's own pool.</param>
/// <param name="Request">The request.</param>
public sealed record ExecutionQuote(Signed<AppOrder> App, Signed<DatasetOrder> Dataset, Signed<WorkerpoolOrder> Workerpool, RequestOrder Request)
{
    /// <summary>nRLC for the task.</summary>
    public UInt256 PriceNrlc => Request.Price();

    /// <summary>The orders, those of the requester without signature.</summary>
    public OrderSet Unsigned => new(App, Dataset, Workerpool, new Signed<RequestOrder>(Request, ReadOnlyMemory<byte>.Empty));

    /// <summary>Signs what is the requester's.</summary>
    internal async ValueTask<OrderSet> SignAsync(ISigner requester, Eip712Domain domain, IEntropySource entropy, CancellationToken cancellationToken)
    {
        async ValueTask<Signed<TOrder>> OwnAsync<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> order)
            where TOrder : Order => order.Sign.IsEmpty ? await requester.SignOrderAsync(schema, order.Order, domain, entropy, cancellationToken).ConfigureAwait(false) : order;

        return new OrderSet(
            await OwnAsync(OrderSchemas.App, App).ConfigureAwait(false),
            Dataset.Order.Dataset.IsZero ? Dataset : await OwnAsync(OrderSchemas.Dataset, Dataset).ConfigureAwait(false),
            await OwnAsync(OrderSchemas.Workerpool, Workerpool).ConfigureAwait(false),
            await requester.SignOrderAsync(OrderSchemas.Request, Request, domain, entropy, cancellationToken).ConfigureAwait(false));
    }
}
