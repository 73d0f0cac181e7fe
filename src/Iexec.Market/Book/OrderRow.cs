using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Book;

/// <summary>A row of <c>orders</c>.</summary>
internal sealed class OrderRow
{
    public const string Columns =
        """
        order_hash AS Hash, kind AS Kind, signer AS Signer, status AS Status, volume AS Volume, remaining AS Remaining, price AS Price,
        lock_per_task AS LockPerTask, tag AS Tag, category AS Category, trust AS Trust, app AS App, dataset AS Dataset, workerpool AS Workerpool,
        requester AS Requester, beneficiary AS Beneficiary, app_max_price AS AppMaxPrice, dataset_max_price AS DatasetMaxPrice, bulk AS Bulk,
        published_at AS PublishedAt, order_json AS OrderJson
        """;

    public Bytes32 Hash { get; init; }

    public string Kind { get; init; } = "";

    public Address Signer { get; init; }

    public string Status { get; init; } = "";

    public UInt256 Volume { get; init; }

    public UInt256 Remaining { get; init; }

    public UInt256 Price { get; init; }

    public UInt256 LockPerTask { get; init; }

    public Bytes32 Tag { get; init; }

    public UInt256 Category { get; init; }

    public UInt256 Trust { get; init; }

    public Address App { get; init; }

    public Address Dataset { get; init; }

    public Address Workerpool { get; init; }

    public Address Requester { get; init; }

    public Address Beneficiary { get; init; }

    public UInt256 AppMaxPrice { get; init; }

    public UInt256 DatasetMaxPrice { get; init; }

    public long Bulk { get; init; }

    public long PublishedAt { get; init; }

    public string OrderJson { get; init; } = "";

    public static string KindText(OrderKind kind) => MarketRoutes.OrderName(kind);

    public BookOrder ToOrder() => new()
    {
        Hash = new OrderHash(Hash),
        Kind = Enum.GetValues<OrderKind>().Single(kind => KindText(kind) == Kind),
        Signer = Signer,
        Status = OrderStatusText.TryParse(Status, out var status) ? status : throw new FormatException($"status {Status}"),
        Volume = Volume,
        Remaining = Remaining,
        Price = Price,
        LockPerTask = LockPerTask,
        Tag = new Tag(Tag),
        Category = Category,
        Trust = Trust,
        App = App,
        Dataset = Dataset,
        Workerpool = Workerpool,
        Requester = Requester,
        Beneficiary = Beneficiary,
        AppMaxPrice = AppMaxPrice,
        DatasetMaxPrice = DatasetMaxPrice,
        IsBulk = Bulk != 0,
        PublishedAt = DateTimeOffset.FromUnixTimeMilliseconds(PublishedAt),
        OrderJson = OrderJson,
    };
}
