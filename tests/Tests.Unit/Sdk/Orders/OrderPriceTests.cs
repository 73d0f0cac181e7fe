using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Sdk.Orders;
using Xunit;

namespace Tests.Unit.Sdk.Orders;

/// <summary>A stranger may ask any price that fits 256 bits; several of them need not fit together.</summary>
public sealed class OrderPriceTests
{
    private static readonly UInt256 Most = UInt256.MaxValue;
    private static readonly Address Somebody = Address.Parse("0x00000000000000000000000000000000000a11ce");
    private static readonly RequestOrder Request = new() { App = Somebody, Requester = Somebody, Volume = 1 };

    [Fact]
    public void What_a_request_pays_together_is_the_highest_amount_where_none_is_high_enough()
    {
        Assert.Equal((UInt256)6, (Request with { AppMaxPrice = 1, DatasetMaxPrice = 2, WorkerpoolMaxPrice = 3 }).Price());
        Assert.Equal(Most, (Request with { AppMaxPrice = Most }).Price());
        Assert.Equal(Most, (Request with { AppMaxPrice = Most, WorkerpoolMaxPrice = 1 }).Price());
        Assert.Equal(Most, (Request with { DatasetMaxPrice = Most, WorkerpoolMaxPrice = Most }).Price());
    }

    [Fact]
    public void What_a_deal_costs_is_the_highest_amount_where_none_is_high_enough()
    {
        MatchOrders Orders(UInt256 app, UInt256 pool) => new(
            new AppOrder { App = Somebody, AppPrice = app, Volume = 1 }, DatasetOrder.None, new WorkerpoolOrder { Workerpool = Somebody, WorkerpoolPrice = pool, Volume = 1 }, Request);

        Assert.Equal((UInt256)15, MatchPreflight.Cost(Orders(2, 3), 3));
        Assert.Equal(Most, MatchPreflight.Cost(Orders(Most, 0), 1));
        Assert.Equal(Most, MatchPreflight.Cost(Orders(Most, 1), 1));
        Assert.Equal(Most, MatchPreflight.Cost(Orders(Most, 0), 2));
    }
}
