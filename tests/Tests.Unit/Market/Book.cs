using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Market.Book;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Chain;

namespace Tests.Unit.Market;

/// <summary>Book orders with what a test cares about.</summary>
internal static class Book
{
    public static readonly Address Me = TestAddress.Of(10);
    public static readonly Address A = TestAddress.Of(11);
    public static readonly Address B = TestAddress.Of(12);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static BookOrder Order(
        int number,
        OrderKind kind = OrderKind.App,
        ulong price = 0,
        ulong volume = 1,
        ulong lockPerTask = 0,
        OrderStatus status = OrderStatus.Open,
        int ageSeconds = 0,
        Tag tag = default,
        Address app = default,
        Address dataset = default,
        Address workerpool = default,
        Address requester = default) => new()
    {
        Hash = new OrderHash(Keccak256.Hash($"order {number}")),
        Kind = kind,
        Signer = Me,
        Status = status,
        Volume = volume,
        Remaining = volume,
        Price = price,
        LockPerTask = lockPerTask,
        Tag = tag,
        App = app,
        Dataset = dataset,
        Workerpool = workerpool,
        Requester = requester,
        PublishedAt = Start.AddSeconds(-ageSeconds),
        OrderJson = "{}",
    };
}
