using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Xunit;

namespace Tests.Unit.Poco.Rules;

public sealed class MatchRulesTests
{
    private static readonly Address AppAddress = Account(1);
    private static readonly Address DatasetAddress = Account(2);
    private static readonly Address PoolAddress = Account(3);
    private static readonly Address RequesterAddress = Account(4);
    private static readonly Address Group = Account(9);

    private static readonly MatchOrders Good = new(
        new AppOrder { App = AppAddress, AppPrice = 1, Volume = 100 },
        new DatasetOrder { Dataset = DatasetAddress, DatasetPrice = 2, Volume = 50 },
        new WorkerpoolOrder { Workerpool = PoolAddress, WorkerpoolPrice = 3, Volume = 20, Category = 1, Trust = 10 },
        new RequestOrder
        {
            App = AppAddress, AppMaxPrice = 1, Dataset = DatasetAddress, DatasetMaxPrice = 2, WorkerpoolMaxPrice = 3,
            Requester = RequesterAddress, Volume = 10, Category = 1, Trust = 10,
        });

    private static readonly OrderState Fine = new(true, true, 0);
    private static readonly MatchState AllFine = new(Fine, Fine, Fine, Fine);

    public static TheoryData<MatchCondition, MatchOrders> Faults => new()
    {
        { MatchCondition.Category, Good with { Request = Good.Request with { Category = 0 } } },
        { MatchCondition.CategoryExists, Good with { Request = Good.Request with { Category = 5 }, Workerpool = Good.Workerpool with { Category = 5 } } },
        { MatchCondition.Trust, Good with { Request = Good.Request with { Trust = 11 } } },
        { MatchCondition.AppPrice, Good with { App = Good.App with { AppPrice = 2 } } },
        { MatchCondition.DatasetPrice, Good with { Dataset = Good.Dataset with { DatasetPrice = 3 } } },
        { MatchCondition.WorkerpoolPrice, Good with { Workerpool = Good.Workerpool with { WorkerpoolPrice = 4 } } },
        { MatchCondition.Tag, Good with { Request = Good.Request with { Tag = Tag.Of(Tag.GpuBit) } } },
        { MatchCondition.Tag, Good with { App = Good.App with { Tag = Tag.Of(Tag.TdxBit) } } },
        { MatchCondition.Tee, Good with { Dataset = Good.Dataset with { Tag = Tag.Of(Tag.TeeBit) }, Workerpool = Good.Workerpool with { Tag = Tag.Of(Tag.TeeBit) } } },
        { MatchCondition.App, Good with { Request = Good.Request with { App = Group } } },
        { MatchCondition.Dataset, Good with { Request = Good.Request with { Dataset = Group } } },
        { MatchCondition.Dataset, Good with { Dataset = DatasetOrder.None } },
        { MatchCondition.RequestWorkerpool, Good with { Request = Good.Request with { Workerpool = Group } } },
        { MatchCondition.AppDatasetRestrict, Good with { App = Good.App with { DatasetRestrict = Group } } },
        { MatchCondition.AppWorkerpoolRestrict, Good with { App = Good.App with { WorkerpoolRestrict = Group } } },
        { MatchCondition.AppRequesterRestrict, Good with { App = Good.App with { RequesterRestrict = Group } } },
        { MatchCondition.DatasetAppRestrict, Good with { Dataset = Good.Dataset with { AppRestrict = Group } } },
        { MatchCondition.DatasetWorkerpoolRestrict, Good with { Dataset = Good.Dataset with { WorkerpoolRestrict = Group } } },
        { MatchCondition.DatasetRequesterRestrict, Good with { Dataset = Good.Dataset with { RequesterRestrict = Group } } },
        { MatchCondition.WorkerpoolAppRestrict, Good with { Workerpool = Good.Workerpool with { AppRestrict = Group } } },
        { MatchCondition.WorkerpoolDatasetRestrict, Good with { Workerpool = Good.Workerpool with { DatasetRestrict = Group } } },
        { MatchCondition.WorkerpoolRequesterRestrict, Good with { Workerpool = Good.Workerpool with { RequesterRestrict = Group } } },
        { MatchCondition.Volume, Good with { Request = Good.Request with { Volume = 0 } } },
    };

    [Fact]
    public void Orders_that_fit_have_no_refusal_and_the_least_volume()
    {
        Assert.Empty(Refusals(Good, AllFine));
        Assert.Equal((UInt256)10, MatchRules.Volume(Good, AllFine));
        Assert.Equal((UInt256)5, MatchRules.Volume(Good, AllFine with { Workerpool = Fine with { Consumed = 15 } }));
        Assert.Equal((UInt256)3, MatchRules.Volume(Good, AllFine with { Dataset = Fine with { Consumed = 47 } }));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_condition_is_refused_by_its_code(MatchCondition condition, MatchOrders orders)
    {
        var refusal = Refusals(orders, AllFine).First();

        Assert.Equal(condition, refusal.Condition);
        Assert.Equal(condition, MatchRefusal.FromRevertText($"execution reverted: {refusal.RevertText}"));
        Assert.NotEmpty(refusal.Message);
    }

    [Fact]
    public void Every_code_of_the_contracts_is_among_the_conditions() => Assert.Equal(
        "00 01 02 03 04 05 06 07 10 11 12 13 14 15 16 17 18 19 1a 1b 20 21 30 31 40 41 50 60",
        string.Join(' ', Enum.GetValues<MatchCondition>().Order().Select(condition => new MatchRefusal(condition, "").Code[2..])));

    [Fact]
    public void Registrations_signatures_and_consumption_are_refused_by_their_codes()
    {
        var nothing = new OrderState(false, false, 1_000);
        MatchCondition[] expected =
        [
            MatchCondition.AppRegistered, MatchCondition.AppSignature, MatchCondition.DatasetRegistered, MatchCondition.DatasetSignature,
            MatchCondition.WorkerpoolRegistered, MatchCondition.WorkerpoolSignature, MatchCondition.RequestSignature, MatchCondition.Volume,
        ];

        Assert.Equal(expected, Refusals(Good, new(nothing, nothing, nothing, nothing)).Select(refusal => refusal.Condition));
        Assert.Equal("datasetorder is fully consumed", Refusals(Good, AllFine with { Dataset = Fine with { Consumed = 50 } }).Single().Message);
    }

    [Fact]
    public void All_refusals_come_in_the_order_of_the_contracts()
    {
        var hopeless = new MatchOrders(
            Good.App with { AppPrice = 9, WorkerpoolRestrict = Group },
            Good.Dataset with { AppRestrict = Group },
            Good.Workerpool with { Category = 7, Volume = 0 },
            Good.Request with { App = Group, Category = 8, Tag = Tag.Of(Tag.TeeBit) });

        var conditions = Refusals(hopeless, AllFine).Select(refusal => refusal.Condition).ToArray();

        Assert.Equal(conditions.Order(), conditions);
        Assert.Equal(9, conditions.Length);
    }

    [Fact]
    public void Members_of_a_group_pass_its_restriction()
    {
        var orders = Good with { App = Good.App with { RequesterRestrict = Group } };

        Assert.Empty(MatchRules.Refusals(orders, 5, (restriction, account) => restriction == Group && account == RequesterAddress, AllFine));
        Assert.Single(MatchRules.Refusals(orders, 5, (restriction, account) => restriction == Group && account == PoolAddress, AllFine));
    }

    [Fact]
    public void Without_dataset_its_state_does_not_count_but_restrictions_to_one_do()
    {
        var orders = Good with { Dataset = DatasetOrder.None, Request = Good.Request with { Dataset = default } };
        var state = AllFine with { Dataset = new OrderState(false, false, 0) };

        Assert.Empty(Refusals(orders, state));
        Assert.Equal((UInt256)10, MatchRules.Volume(orders, state));
        var restricted = orders with { App = Good.App with { DatasetRestrict = DatasetAddress } };
        Assert.Contains("a request without dataset", Refusals(restricted, state).Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_framework_of_a_dataset_is_no_condition()
    {
        var orders = Good with { Dataset = Good.Dataset with { Tag = Tag.Of(Tag.SconeBit, Tag.GramineBit, Tag.TdxBit) } };

        Assert.Empty(Refusals(orders, AllFine));
        Assert.Equal(Tag.None, orders.DealTag);
    }

    private static IEnumerable<MatchRefusal> Refusals(MatchOrders orders, MatchState state) => MatchRules.Refusals(orders, 5, (_, _) => false, state);

    private static Address Account(byte last) => new([.. new byte[19], last]);
}
