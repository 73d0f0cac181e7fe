using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Poco.Orders;

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
    internal OrderSet Sign(PrivateKey requester, Eip712Domain domain, IEntropySource entropy)
    {
        Signed<TOrder> Own<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> order)
            where TOrder : Order => order.Sign.IsEmpty ? schema.Sign(order.Order, requester, domain, entropy) : order;

        return new OrderSet(
            Own(OrderSchemas.App, App),
            Dataset.Order.Dataset.IsZero ? Dataset : Own(OrderSchemas.Dataset, Dataset),
            Own(OrderSchemas.Workerpool, Workerpool),
            OrderSchemas.Request.Sign(Request, requester, domain, entropy));
    }
}
