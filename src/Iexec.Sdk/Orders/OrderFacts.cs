using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Sdk.Orders;

/// <summary>What the kinds of orders have under different names.</summary>
public static class OrderFacts
{
    /// <summary>The asset sold, or the requester of a request.</summary>
    public static Address Resource(this Order order) => order switch
    {
        AppOrder app => app.App,
        DatasetOrder dataset => dataset.Dataset,
        WorkerpoolOrder pool => pool.Workerpool,
        RequestOrder request => request.Requester,
        _ => throw new ArgumentException($"{order.GetType()} is not an order.", nameof(order)),
    };

    /// <summary>nRLC per task; of a request, what it pays at most for everything, and the highest amount where that is beyond all amounts.</summary>
    public static UInt256 Price(this Order order) => order switch
    {
        AppOrder app => app.AppPrice,
        DatasetOrder dataset => dataset.DatasetPrice,
        WorkerpoolOrder pool => pool.WorkerpoolPrice,
        RequestOrder request => Sum(request.AppMaxPrice, Sum(request.DatasetMaxPrice, request.WorkerpoolMaxPrice)),
        _ => throw new ArgumentException($"{order.GetType()} is not an order.", nameof(order)),
    };

    private static UInt256 Sum(UInt256 left, UInt256 right) => left > UInt256.MaxValue - right ? UInt256.MaxValue : left + right;

    /// <summary>The schema of a kind that is known by its type alone.</summary>
    internal static OrderSchema<TOrder> SchemaOf<TOrder>()
        where TOrder : Order =>
        typeof(TOrder) == typeof(AppOrder) ? (OrderSchema<TOrder>)(object)OrderSchemas.App
        : typeof(TOrder) == typeof(DatasetOrder) ? (OrderSchema<TOrder>)(object)OrderSchemas.Dataset
        : typeof(TOrder) == typeof(WorkerpoolOrder) ? (OrderSchema<TOrder>)(object)OrderSchemas.Workerpool
        : typeof(TOrder) == typeof(RequestOrder) ? (OrderSchema<TOrder>)(object)OrderSchemas.Request
        : throw new ArgumentException($"{typeof(TOrder)} is not one of the four orders.", nameof(TOrder));
}
