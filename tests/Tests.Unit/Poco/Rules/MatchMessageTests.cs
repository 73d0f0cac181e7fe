using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Xunit;

namespace Tests.Unit.Poco.Rules;

/// <summary>The words for orders that do not match are those of the official client, with the values that differ.</summary>
public sealed class MatchMessageTests
{
    private static readonly Address App = Account(1);
    private static readonly Address Dataset = Account(2);
    private static readonly Address Pool = Account(3);
    private static readonly Address Other = Account(9);

    private static readonly MatchOrders Good = new(
        new AppOrder { App = App, AppPrice = 1, Volume = 1, Tag = Tag.Of(Tag.GpuBit) },
        new DatasetOrder { Dataset = Dataset, DatasetPrice = 2, Volume = 1 },
        new WorkerpoolOrder { Workerpool = Pool, WorkerpoolPrice = 3, Volume = 1, Category = 1, Trust = 10, Tag = Tag.Of(Tag.GpuBit) },
        new RequestOrder { App = App, AppMaxPrice = 1, Requester = Account(4), Dataset = Dataset, DatasetMaxPrice = 2, WorkerpoolMaxPrice = 3, Volume = 1, Category = 1, Trust = 10 });

    public static TheoryData<string, MatchOrders> Terms => new()
    {
        { $"app address mismatch between requestorder ({Other}) and apporder ({App})", Good with { Request = Good.Request with { App = Other } } },
        { $"dataset address mismatch between requestorder ({Other}) and datasetorder ({Dataset})", Good with { Request = Good.Request with { Dataset = Other } } },
        { "category mismatch between requestorder (0) and workerpoolorder (1)", Good with { Request = Good.Request with { Category = 0 } } },
        { "workerpoolorder trust is too low (expected 11, got 10)", Good with { Request = Good.Request with { Trust = 11 } } },
        { "Missing tags [tee,tdx] in workerpoolorder", Good with { App = Good.App with { Tag = Tag.Of(Tag.TeeBit, Tag.TdxBit) } } },
        {
            "Missing tag [tee] in apporder",
            Good with { Request = Good.Request with { Tag = Tag.Of(Tag.TeeBit) }, Workerpool = Good.Workerpool with { Tag = Tag.Of(Tag.TeeBit, Tag.GpuBit) } }
        },
        { "appmaxprice too low (expected 2, got 1)", Good with { App = Good.App with { AppPrice = 2 } } },
        { "datasetmaxprice too low (expected 3, got 2)", Good with { Dataset = Good.Dataset with { DatasetPrice = 3 } } },
        { "workerpoolmaxprice too low (expected 4, got 3)", Good with { Workerpool = Good.Workerpool with { WorkerpoolPrice = 4 } } },
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public void A_term_that_differs_is_told_with_both_values(string message, MatchOrders orders) =>
        Assert.Equal(message, Assert.Single(MatchRules.TermRefusals(orders, 5)).Message);

    [Fact]
    public void Another_pool_than_the_request_names_is_told_with_both() => Assert.Equal(
        $"workerpool address mismatch between requestorder ({Other}) and workerpoolorder ({Pool})",
        Assert.Single(MatchRules.RestrictionRefusals(Good with { Request = Good.Request with { Workerpool = Other } }, (_, _) => false)).Message);

    [Theory]
    [InlineData(0, "No app deployed at address 0x0000000000000000000000000000000000000001", "apporder invalid sign", "apporder is fully consumed")]
    [InlineData(1, "No dataset deployed at address 0x0000000000000000000000000000000000000002", "datasetorder invalid sign", "datasetorder is fully consumed")]
    [InlineData(2, "No workerpool deployed at address 0x0000000000000000000000000000000000000003", "workerpoolorder invalid sign", "workerpoolorder is fully consumed")]
    [InlineData(3, null, "requestorder invalid sign", "requestorder is fully consumed")]
    public void What_the_chain_says_of_an_order_is_told_by_its_kind(int kind, string? unregistered, string unsigned, string consumed)
    {
        var fine = new OrderState(true, true, 0);
        if (unregistered is not null)
        {
            Assert.Equal(unregistered, Refusal(fine with { Registered = false }));
        }

        Assert.Equal(unsigned, Refusal(fine with { SignatureValid = false }));
        Assert.Equal(consumed, Refusal(fine with { Consumed = 1 }));

        string Refusal(OrderState fault)
        {
            OrderState[] states = [fine, fine, fine, fine];
            states[kind] = fault;
            return Assert.Single(MatchRules.Refusals(Good, 5, (_, _) => false, new MatchState(states[0], states[1], states[2], states[3]))).Message;
        }
    }

    private static Address Account(byte last) => new([.. new byte[19], last]);
}
