using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Sdk.Project;

/// <summary>What the project files and the services call the kinds of assets and orders.</summary>
internal static class JsonNames
{
    /// <summary><c>app</c>, <c>dataset</c>, <c>workerpool</c>.</summary>
    public static string JsonName(this AssetKind kind) => kind switch
    {
        AssetKind.App => "app",
        AssetKind.Dataset => "dataset",
        _ => "workerpool",
    };

    /// <summary>As a sentence takes it: <c>an app</c>, <c>a dataset</c>.</summary>
    public static string WithArticle(this AssetKind kind) => $"{(kind == AssetKind.App ? "an" : "a")} {kind.JsonName()}";

    /// <summary><c>apporder</c> … <c>requestorder</c>.</summary>
    public static string JsonName(this OrderKind kind) => kind.OptionName() + "order";

    /// <summary><c>app</c> … <c>request</c>, as options and sections name them.</summary>
    public static string OptionName(this OrderKind kind) => kind switch
    {
        OrderKind.App => "app",
        OrderKind.Dataset => "dataset",
        OrderKind.Workerpool => "workerpool",
        _ => "request",
    };

    /// <summary>The four kinds in the order that every listing uses.</summary>
    public static IReadOnlyList<OrderKind> AllOrders { get; } = [OrderKind.App, OrderKind.Dataset, OrderKind.Workerpool, OrderKind.Request];

    /// <summary>The registry whose owner signs the order; null for a request, which its requester signs.</summary>
    public static AssetKind? Asset(this OrderKind kind) => kind switch
    {
        OrderKind.App => AssetKind.App,
        OrderKind.Dataset => AssetKind.Dataset,
        OrderKind.Workerpool => AssetKind.Workerpool,
        _ => null,
    };
}
