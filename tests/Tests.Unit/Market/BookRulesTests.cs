using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Xunit;

namespace Tests.Unit.Market;

public sealed class BookRulesTests
{
    // status, consumed of 10, closed, owner is still the signer, may revive → status, remaining
    [Theory]
    [InlineData(OrderStatus.Open, 0, false, true, false, OrderStatus.Open, 10)]
    [InlineData(OrderStatus.Open, 4, false, true, false, OrderStatus.Open, 6)]
    [InlineData(OrderStatus.Open, 10, false, true, false, OrderStatus.Filled, 0)]
    [InlineData(OrderStatus.Open, 10, true, true, false, OrderStatus.Canceled, 0)]
    [InlineData(OrderStatus.Open, 0, false, false, false, OrderStatus.Dead, 10)]
    [InlineData(OrderStatus.Dead, 3, false, true, false, OrderStatus.Dead, 7)]
    [InlineData(OrderStatus.Dead, 3, false, true, true, OrderStatus.Open, 7)]
    [InlineData(OrderStatus.Dead, 3, false, false, true, OrderStatus.Dead, 7)]
    [InlineData(OrderStatus.Filled, 2, false, true, false, OrderStatus.Open, 8)]
    [InlineData(OrderStatus.Canceled, 0, false, true, true, OrderStatus.Open, 10)]
    public void An_order_follows_the_chain(
        OrderStatus status, ulong consumed, bool isClosed, bool isOwner, bool canRevive, OrderStatus expected, ulong remaining)
    {
        var order = Book.Order(1, volume: 10, status: status);

        var fate = OrderFate.Of(order, consumed, isClosed, isOwner ? Book.Me : Book.A, canRevive);

        Assert.Equal(new OrderFate(expected, remaining), fate);
    }

    [Fact]
    public void A_stake_backs_all_orders_of_its_owner_together_oldest_first()
    {
        BookOrder[] orders =
        [
            Book.Order(1, OrderKind.Workerpool, lockPerTask: 30, volume: 2, ageSeconds: 10),
            Book.Order(2, OrderKind.Request, lockPerTask: 50, ageSeconds: 30),
            Book.Order(3, OrderKind.Request, lockPerTask: 40, ageSeconds: 0),
        ];

        Assert.Empty(StakeRules.Uncovered(orders, 150));
        Assert.Equal([orders[2].Hash], StakeRules.Uncovered(orders, 149));
        // The middle one does not fit any more, the youngest and smaller still does.
        Assert.Equal([orders[0].Hash], StakeRules.Uncovered(orders, 90));
        Assert.Equal(3, StakeRules.Uncovered(orders, 0).Count);
    }

    [Theory]
    [InlineData("unrestricted", true)]
    [InlineData("for the requester", true)]
    [InlineData("for another requester", false)]
    [InlineData("for a group with the requester", true)]
    [InlineData("for another dataset", false)]
    [InlineData("for a pool", true)]
    public void A_request_finds_the_offers_that_admit_it(string offer, bool isFound)
    {
        var request = Book.Order(1, OrderKind.Request, app: Book.A, requester: Book.Me);
        var sold = offer switch
        {
            "for the requester" => Book.Order(2, app: Book.A, requester: Book.Me),
            "for another requester" => Book.Order(2, app: Book.A, requester: Book.B),
            "for a group with the requester" => Book.Order(2, app: Book.A, requester: Book.A),
            "for another dataset" => Book.Order(2, app: Book.A, dataset: Book.B),
            "for a pool" => Book.Order(2, app: Book.A, workerpool: Book.B),
            _ => Book.Order(2, app: Book.A),
        };

        var search = Offers.Cheapest([sold], request, (group, member) => group == Book.A && member == Book.Me);

        Assert.Equal(isFound, search.Found);
    }

    [Fact]
    public void A_request_for_one_pool_does_not_take_an_offer_for_another()
    {
        var request = Book.Order(1, OrderKind.Request, app: Book.A, workerpool: Book.A);

        Assert.False(Offers.Cheapest([Book.Order(2, app: Book.A, workerpool: Book.B)], request, (_, _) => false).Found);
        Assert.True(Offers.Cheapest([Book.Order(2, app: Book.A, workerpool: Book.A)], request, (_, _) => false).Found);
    }

    [Fact]
    public void A_trusted_request_needs_an_app_that_runs_there_and_the_cheapest_counts()
    {
        var tee = Tag.Of(Tag.TeeBit);
        var request = Book.Order(1, OrderKind.Request, app: Book.A, tag: tee);
        BookOrder[] offers = [Book.Order(2, price: 1, app: Book.A), Book.Order(3, price: 7, app: Book.A, tag: tee), Book.Order(4, price: 5, app: Book.A, tag: tee)];

        Assert.Equal(new OfferSearch(true, 5), Offers.Cheapest(offers, request, (_, _) => false));
    }

    [Theory]
    [InlineData(9007199254740990, 0, true)]
    [InlineData(9007199254740991, 0, true)]
    [InlineData(9007199254740989, 0, false)]
    [InlineData(9007199254740991, 1, false)]
    public void A_free_dataset_order_of_boundless_volume_is_for_bulk(ulong volume, ulong price, bool isBulk)
    {
        var order = new DatasetOrder { Dataset = Book.A, Volume = volume, DatasetPrice = price };

        var created = BookOrderFactory.Create(OrderSchemas.Dataset, new Signed<DatasetOrder>(order, default), default, Book.Me, default);

        Assert.Equal(isBulk, created.IsBulk);
    }

    [Fact]
    public void A_pool_order_locks_thirty_percent_of_the_price_rounded_down_per_task()
    {
        var order = new WorkerpoolOrder { Workerpool = Book.A, WorkerpoolPrice = 99, Volume = 10 };

        var created = BookOrderFactory.Create(OrderSchemas.Workerpool, new Signed<WorkerpoolOrder>(order, default), default, Book.Me, default);

        Assert.Equal((UInt256)290, created.RequiredStake);
    }
}
