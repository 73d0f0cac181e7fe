using Iexec.Ethereum;
using Iexec.Market;
using Iexec.Market.Book;
using Iexec.Poco.Orders;
using Iexec.ServiceDefaults.Http;
using Iexec.ServiceDefaults.Stores;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Unit.Market;

public sealed class FilterTests : IAsyncLifetime
{
    private static readonly Address A = Book.A;
    private static readonly Address B = Book.B;
    private readonly TemporaryFolder _folder = new();
    private Database _database = null!;
    private BookStore _book = null!;

    public async Task InitializeAsync()
    {
        _database = Database.OpenFile(_folder.Path, "market");
        await _database.MigrateAsync(typeof(MarketService).Assembly, default);
        _book = new BookStore(_database, 65535);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    // Three app orders: 1 unrestricted, 2 restricted to dataset A, 3 restricted to dataset B.
    [Theory]
    [InlineData("omitted", "1")]
    [InlineData("A", "1 2")]
    [InlineData("B", "1 3")]
    [InlineData("C", "1")]
    [InlineData("A strict", "2")]
    [InlineData("C strict", "")]
    [InlineData("any", "1 2 3")]
    public async Task A_restriction_is_absent_or_the_one_asked_for(string term, string expected)
    {
        await InsertAsync(Book.Order(1), Book.Order(2, dataset: A), Book.Order(3, dataset: B));

        await AssertListsAsync(new OrderFilter(OrderKind.App) { Dataset = Term(term) }, expected);
    }

    [Theory]
    [InlineData("omitted", "1 2")]
    [InlineData("A", "1")]
    [InlineData("any", "1 2")]
    public async Task A_resource_is_the_one_asked_for_or_all(string term, string expected)
    {
        await InsertAsync(Book.Order(1, app: A), Book.Order(2, app: B));

        await AssertListsAsync(new OrderFilter(OrderKind.App) { App = Term(term) }, expected);
    }

    // Requests: 1 for any pool, 2 for pool A. The pool is a restriction there; the app is not.
    [Theory]
    [InlineData("omitted", "1")]
    [InlineData("A", "1 2")]
    [InlineData("A strict", "2")]
    [InlineData("any", "1 2")]
    public async Task A_request_without_pool_fits_any_pool(string term, string expected)
    {
        await InsertAsync(Book.Order(1, OrderKind.Request, app: B, dataset: A), Book.Order(2, OrderKind.Request, workerpool: A));

        await AssertListsAsync(new OrderFilter(OrderKind.Request) { Workerpool = Term(term) }, expected);
    }

    // Tags: 1 none, 2 tee, 3 tee+gpu, 4 bit 255.
    [Theory]
    [InlineData("", null, "1 2 3 4")]
    [InlineData("0", null, "2 3")]
    [InlineData("0,8", null, "3")]
    [InlineData("255", null, "4")]
    [InlineData(null, "", "1")]
    [InlineData(null, "0", "1 2")]
    [InlineData(null, "0,8", "1 2 3")]
    [InlineData(null, "0,8,255", "1 2 3 4")]
    [InlineData("0", "0", "2")]
    public async Task Tags_hold_at_least_and_at_most_the_bits_asked_for(string? min, string? max, string expected)
    {
        await InsertAsync(
            Book.Order(1),
            Book.Order(2, tag: Tag.Of(Tag.TeeBit)),
            Book.Order(3, tag: Tag.Of(Tag.TeeBit, Tag.GpuBit)),
            Book.Order(4, tag: Tag.Of(255)));

        await AssertListsAsync(new OrderFilter(OrderKind.App) { MinTag = Bits(min), MaxTag = Bits(max) }, expected);
    }

    [Theory]
    [InlineData(0, "1 2 3")]
    [InlineData(1, "1 2 3")]
    [InlineData(2, "3")]
    public async Task A_least_trust_of_one_is_none(ulong minTrust, string expected)
    {
        await InsertAsync(
            Book.Order(1, OrderKind.Workerpool) with { Trust = 0 },
            Book.Order(2, OrderKind.Workerpool) with { Trust = 1 },
            Book.Order(3, OrderKind.Workerpool) with { Trust = 5 });

        await AssertListsAsync(new OrderFilter(OrderKind.Workerpool) { MinTrust = minTrust }, expected);
    }

    [Fact]
    public async Task Other_filters_compare_values()
    {
        await InsertAsync(
            Book.Order(1, OrderKind.Request, volume: 1) with { Trust = 0, Category = 1, Beneficiary = A },
            Book.Order(2, OrderKind.Request, volume: 20) with { Trust = 5, Category = 2 },
            Book.Order(3, OrderKind.Dataset) with { IsBulk = true },
            Book.Order(4, OrderKind.Dataset) with { Signer = B });

        await AssertListsAsync(new OrderFilter(OrderKind.Request) { MaxTrust = UInt256.Zero }, "1");
        await AssertListsAsync(new OrderFilter(OrderKind.Request) { Category = 2 }, "2");
        await AssertListsAsync(new OrderFilter(OrderKind.Request) { MinVolume = 3 }, "2");
        await AssertListsAsync(new OrderFilter(OrderKind.Request) { Beneficiary = A }, "1");
        await AssertListsAsync(new OrderFilter(OrderKind.Dataset) { BulkOnly = true }, "3");
        await AssertListsAsync(new OrderFilter(OrderKind.Dataset) { Signer = B }, "4");
    }

    [Fact]
    public async Task Sellers_are_listed_cheapest_first_then_oldest()
    {
        await InsertAsync(Book.Order(1, price: 10), Book.Order(2, price: 9, ageSeconds: 1), Book.Order(3, price: 9, ageSeconds: 5), Book.Order(4, price: 100));

        await AssertListsAsync(new OrderFilter(OrderKind.App), "3 2 1 4", inOrder: true);
    }

    [Fact]
    public async Task Requests_are_listed_best_paying_first_then_oldest()
    {
        await InsertAsync(
            Book.Order(1, OrderKind.Request, price: 10), Book.Order(2, OrderKind.Request, price: 9), Book.Order(3, OrderKind.Request, price: 10, ageSeconds: 1));

        await AssertListsAsync(new OrderFilter(OrderKind.Request), "3 1 2", inOrder: true);
    }

    [Fact]
    public async Task Only_open_orders_of_the_chain_are_listed()
    {
        await InsertAsync(Book.Order(1), Book.Order(2, status: Iexec.Sdk.Wire.Market.OrderStatus.Dead));
        var other = new BookStore(_database, 1);
        await _database.WriteAsync(transaction => other.InsertAsync(transaction, Book.Order(3), 0), default);

        await AssertListsAsync(new OrderFilter(OrderKind.App), "1");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap()
    {
        await InsertAsync([.. Enumerable.Range(1, 25).Select(number => Book.Order(number, price: (ulong)number))]);

        var first = await _book.ListAsync(new OrderFilter(OrderKind.App), new Paging(0, 10), default);
        var last = await _book.ListAsync(new OrderFilter(OrderKind.App), new Paging(20, 10), default);
        var beyond = await _book.ListAsync(new OrderFilter(OrderKind.App), new Paging(long.MaxValue, 10), default);

        Assert.Equal((10, 25), (first.Orders.Count, first.Count));
        Assert.Equal([21UL, 22, 23, 24, 25], last.Orders.Select(order => (ulong)order.Price));
        Assert.Equal((0, 25), (beyond.Orders.Count, beyond.Count));
    }

    private Task InsertAsync(params BookOrder[] orders) => _database.WriteAsync(
        async transaction =>
        {
            foreach (var order in orders)
            {
                await _book.InsertAsync(transaction, order, 0);
            }
        },
        default);

    private async Task AssertListsAsync(OrderFilter filter, string expected, bool inOrder = false)
    {
        var (orders, count) = await _book.ListAsync(filter, new Paging(0, 100), default);
        var numbers = orders.Select(order => Enumerable.Range(1, 9).Single(number => Book.Order(number).Hash == order.Hash));
        Assert.Equal(expected, string.Join(' ', inOrder ? numbers : numbers.Order()));
        Assert.Equal(orders.Count, count);
    }

    private static AddressTerm Term(string text)
    {
        var address = text[0] switch { 'A' => A, 'B' => B, 'C' => TestAddress.Of(99), _ => default };
        return text switch { "omitted" => AddressTerm.Omitted, "any" => AddressTerm.Any, _ => AddressTerm.Of(address, text.EndsWith("strict", StringComparison.Ordinal)) };
    }

    private static Tag? Bits(string? bits) =>
        bits is null ? null : Tag.Of([.. bits.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
}
