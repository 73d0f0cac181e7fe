using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Book;

/// <summary>A row of <c>orders</c>.</summary>
internal sealed record OrderRow : OrderTerms
{
    public const string Columns = TermColumns + ", order_json AS OrderJson";

    /// <summary>Without the order's JSON, for who judges many orders and shows none.</summary>
    public const string LightColumns = TermColumns + ", '' AS OrderJson";

    private const string TermColumns =
        """
        order_hash AS Hash, kind AS Kind, signer AS Signer, status AS Status, volume AS Volume, remaining AS Remaining, price AS Price,
        lock_per_task AS LockPerTask, tag AS Tag, category AS Category, trust AS Trust, app AS App, dataset AS Dataset, workerpool AS Workerpool,
        requester AS Requester, beneficiary AS Beneficiary, app_max_price AS AppMaxPrice, dataset_max_price AS DatasetMaxPrice, bulk AS Bulk,
        published_at AS PublishedAt
        """;

    public Bytes32 Hash { get; init; }

    public string Kind { get; init; } = "";

    public string Status { get; init; } = "";

    public Bytes32 Tag { get; init; }

    public long Bulk { get; init; }

    public long PublishedAt { get; init; }

    public static string KindText(OrderKind kind) => MarketRoutes.OrderName(kind);

    public BookOrder ToOrder() => new(this, new OrderHash(Hash), Enum.GetValues<OrderKind>().Single(kind => KindText(kind) == Kind))
    {
        Status = OrderStatusText.TryParse(Status, out var status) ? status : throw new FormatException($"status {Status}"),
        Tag = new Tag(Tag),
        IsBulk = Bulk != 0,
        PublishedAt = DateTimeOffset.FromUnixTimeMilliseconds(PublishedAt),
    };
}
