using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Publishing;

/// <summary>Takes orders out of the book at their signer's wish. They are deleted: the same order can be published again.</summary>
internal sealed class OrderRemover(BookStore book)
{
    /// <summary>One order by its hash.</summary>
    public Task<IReadOnlyList<BookOrder>> RemoveAsync(OrderKind kind, OrderHash hash, Address visitor, CancellationToken cancellationToken) =>
        book.Database.WriteAsync<IReadOnlyList<BookOrder>>(
            async transaction =>
            {
                await book.LockAsync(transaction);
                var order = await book.FindAsync(transaction.Connection!, transaction, hash);
                if (order is null || order.Kind != kind || order.Status != OrderStatus.Open)
                {
                    throw new IexecException(ErrorCode.BusinessError, $"{MarketRoutes.OrderName(kind)} with orderHash {hash} is not published");
                }

                if (order.Signer != visitor)
                {
                    throw new IexecException(ErrorCode.BusinessError, $"only order signer {order.Signer} can unpublish an order");
                }

                await book.RemoveAsync(transaction, order);
                return [order];
            },
            cancellationToken);

    /// <summary>The newest, or all, of the visitor's open orders about an asset (requests: by the requester).</summary>
    public Task<IReadOnlyList<BookOrder>> RemoveAsync(
        OrderKind kind, Address resource, bool onlyLast, Address visitor, CancellationToken cancellationToken) =>
        book.Database.WriteAsync<IReadOnlyList<BookOrder>>(
            async transaction =>
            {
                await book.LockAsync(transaction);
                var orders = await book.OpenAboutAsync(transaction, kind, resource, visitor);
                if (orders.Count == 0)
                {
                    throw new IexecException(
                        ErrorCode.BusinessError,
                        $"no open {MarketRoutes.OrderName(kind)} published by signer {visitor} for {MarketRoutes.ResourceName(kind)} {resource}");
                }

                IReadOnlyList<BookOrder> removed = onlyLast ? [orders[^1]] : orders;
                foreach (var order in removed)
                {
                    await book.RemoveAsync(transaction, order);
                }

                return removed;
            },
            cancellationToken);
}
