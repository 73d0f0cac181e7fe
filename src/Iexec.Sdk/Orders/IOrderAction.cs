using Iexec.Poco.Orders;

namespace Iexec.Sdk.Orders;

/// <summary>Something that is done alike with every kind of order.</summary>
internal interface IOrderAction<TResult>
{
    /// <summary>Does it with one kind.</summary>
    Task<TResult> RunAsync<TOrder>(OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Order;
}

/// <summary>Picks the schema of a kind.</summary>
internal static class OrderActionExtensions
{
    /// <summary>Does it with the kind.</summary>
    public static Task<TResult> RunAsync<TResult>(this IOrderAction<TResult> action, OrderKind kind) => kind switch
    {
        OrderKind.App => action.RunAsync(OrderSchemas.App, kind),
        OrderKind.Dataset => action.RunAsync(OrderSchemas.Dataset, kind),
        OrderKind.Workerpool => action.RunAsync(OrderSchemas.Workerpool, kind),
        _ => action.RunAsync(OrderSchemas.Request, kind),
    };
}
