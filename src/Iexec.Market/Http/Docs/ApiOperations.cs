using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using static Iexec.Market.Http.Docs.ApiParameters;

namespace Iexec.Market.Http.Docs;

/// <summary>Every operation of the gateway. A test compares the list with the routes.</summary>
internal static class ApiOperations
{
    private const string SignedOrder = """{"order":{"volume":"1","salt":"0x…","sign":"0x…"}}""";
    private const string FormerOrder = """{"chainId":65535,"order":{"volume":"1","salt":"0x…","sign":"0x…"}}""";
    private const string Former = "For clients of V3 to V5.0.";

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        .. Enum.GetValues<OrderKind>().SelectMany(OfOrders),
        .. FormerBooks(),
        new("get", MarketRoutes.Challenge, "A document to sign, good once within five minutes: the header authorization of what follows is hash_signature_address.",
            [ChainId, new("address", "Who will sign.", IsRequired: true)]),
        new("get", MarketRoutes.Deals, "Deals, newest first.", [ChainId, .. DealFilter, .. Paging, After]),
        new("post", MarketRoutes.Deals, Former, [], """{"chainId":65535,"find":{"requester":"0x…"},"limit":20}""", IsFormer: true),
        new("get", MarketRoutes.Deals + "/{dealid}", "One deal.", [new("dealid", "Its id."), ChainId]),
        new("get", MarketRoutes.Ohlc, "Time, nRLC per task and volume of the last 100 deals of a category.", [ChainId, Category with { IsRequired = true }]),
        new("get", MarketRoutes.Categories, "Categories, shortest first.",
            [ChainId, new("minWorkClockTimeRef", "Seconds.", "integer"), new("maxWorkClockTimeRef", "Seconds.", "integer"), .. Paging]),
        new("get", MarketRoutes.Categories + "/{catid}", "One category.", [new("catid", "Its number.", "integer"), ChainId]),
        new("get", MarketRoutes.Metrics, "Open orders of each kind, and the blocks that the book stands at.", [ChainId]),
        new("get", MarketRoutes.Version, "The program's version.", []),
        new("get", MarketRoutes.Events, "What happened to orders and deals, by number, for whoever was away from the live feed.",
            [ChainId, new("since", "The last number that is known.", "integer"), new("limit", "At most so many, up to 1000.", "integer")]),
        new("get", MarketRoutes.Feed + "/{rest}",
            "The live feed: Socket.IO (Engine.IO protocol 4). Emit join or leave with {chainId, topic}, topic orders or deals, or leaveAll. It tells apporder_published, "
            + "apporder_updated, apporder_unpublished, likewise for the other kinds, and deal_created.",
            [new("rest", "Nothing."), new("EIO", "4", IsRequired: true), new("transport", "polling or websocket", IsRequired: true)]),
        new("get", MarketRoutes.Docs, "The page for people.", []),
        new("get", MarketRoutes.OpenApi, "This description.", []),
    ];

    private static IEnumerable<ApiOperation> OfOrders(OrderKind kind)
    {
        var path = MarketRoutes.Orders(kind);
        var order = MarketRoutes.OrderName(kind);
        var resource = MarketRoutes.ResourceName(kind);
        var sorted = kind == OrderKind.Request ? "highest pool price first" : "cheapest first";
        yield return new("get", path, $"Open {order}s, {sorted}; prices in nRLC per task.", [ChainId, .. OrderFilter(kind), .. Paging, After]);
        yield return new("get", path + "/{orderHash}", $"One {order} in whatever state.", [new("orderHash", "Its hash."), ChainId]);
        yield return new(
            "post", path, $"Publishes a signed {order}. With {{chainId, find: {{orderHash}}}} it searches one, for older clients.", [ChainId], SignedOrder, NeedsLogin: true);
        yield return new(
            "put", path, $"Takes {order}s back: target is unpublish_orderHash (with orderHash), unpublish_last or unpublish_all (with {resource}).", [ChainId],
            $$"""{"target":"unpublish_all","{{resource}}":"0x…"}""", NeedsLogin: true);
        yield return new("post", path + "/publish", Former, [], FormerOrder, NeedsLogin: true, IsFormer: true);
        yield return new("post", path + "/unpublish", Former, [], """{"chainId":65535,"orderHash":"0x…"}""", NeedsLogin: true, IsFormer: true);
    }

    private static IEnumerable<ApiOperation> FormerBooks() => OlderBookRoutes.Books.Select(book => new ApiOperation(
        "get", OlderBookRoutes.PathOf(book.Name), Former,
        [ChainId, .. OrderFilter(book.Kind), new("signer", "Who signed."), new("skip", "Orders to pass over.", "integer")], IsFormer: true));
}
