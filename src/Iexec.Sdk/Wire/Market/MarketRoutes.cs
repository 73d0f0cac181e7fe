using Iexec.Poco.Orders;

namespace Iexec.Sdk.Wire.Market;

/// <summary>Paths of the order gateway. It answers at the root of its origin: the official client drops a base path.</summary>
internal static class MarketRoutes
{
    /// <summary>Name of the EIP-712 domain of its challenges.</summary>
    public const string ChallengeDomain = "iExec Gateway";

    /// <summary>What a challenge says before its random part.</summary>
    public const string ChallengePrefix = "Sign this message to log into iExec Gateway: ";

    /// <summary>GET, <c>chainId</c>, <c>address</c>.</summary>
    public const string Challenge = "/challenge";

    /// <summary>GET a page of deals; <c>/deals/{dealid}</c> one.</summary>
    public const string Deals = "/deals";

    /// <summary>GET a page of categories; <c>/categories/{catid}</c> one.</summary>
    public const string Categories = "/categories";

    /// <summary>GET prices of the last deals of a category.</summary>
    public const string Ohlc = "/ohlc";

    /// <summary>GET sizes of the book and the block it stands at.</summary>
    public const string Metrics = "/metrics";

    /// <summary>GET the program's version.</summary>
    public const string Version = "/version";

    /// <summary>GET a page for people.</summary>
    public const string Docs = "/docs";

    /// <summary>GET the same as OpenAPI.</summary>
    public const string OpenApi = "/docs/openapi.json";

    /// <summary>GET what happened to orders and deals, by number.</summary>
    public const string Events = "/events";

    /// <summary>The live feed, Socket.IO.</summary>
    public const string Feed = "/ws";

    /// <summary>GET lists, POST publishes, PUT unpublishes; <c>/{hash}</c> gets one.</summary>
    public static string Orders(OrderKind kind) => kind switch
    {
        OrderKind.App => "/apporders",
        OrderKind.Dataset => "/datasetorders",
        OrderKind.Workerpool => "/workerpoolorders",
        OrderKind.Request => "/requestorders",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of order."),
    };

    /// <summary>The kind's name in messages: <c>apporder</c>, …</summary>
    public static string OrderName(OrderKind kind) => Orders(kind)[1..^1];

    /// <summary>The member that names what an order is about: <c>app</c>, <c>dataset</c>, <c>workerpool</c>, <c>requester</c>.</summary>
    public static string ResourceName(OrderKind kind) => kind switch
    {
        OrderKind.App => "app",
        OrderKind.Dataset => "dataset",
        OrderKind.Workerpool => "workerpool",
        _ => "requester",
    };
}
