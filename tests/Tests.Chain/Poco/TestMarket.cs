using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;

namespace Tests.Chain.Poco;

/// <summary>An application, a dataset and a pool on a hub, and orders for them. Prices in nRLC.</summary>
internal sealed record TestMarket(TestHub Chain, Address App, Address Dataset, Address Workerpool)
{
    public static readonly UInt256 AppPrice = 100_000_001;
    public static readonly UInt256 DatasetPrice = 200_000_002;
    public static readonly UInt256 WorkerpoolPrice = 1_000_000_007;
    public static readonly UInt256 Deposit = 100_000_000_000;

    public static readonly Bytes32 Checksum = Bytes32.Parse("0x" + new string('a', 64));

    public static async Task<TestMarket> CreateAsync(TestHub chain)
    {
        var app = await chain.SendAsync(TestHub.AppOwner, chain.Calls.CreateApp(TestHub.AppOwner.Address, "app", "DOCKER", [1, 2, 3], Checksum, []));
        var dataset = await chain.SendAsync(TestHub.DatasetOwner, chain.Calls.CreateDataset(TestHub.DatasetOwner.Address, "dataset", [4, 5], Checksum));
        var pool = await chain.SendAsync(TestHub.PoolOwner, chain.Calls.CreateWorkerpool(TestHub.PoolOwner.Address, "pool"));
        foreach (var key in TestHub.Workers.Append(TestHub.Requester).Append(TestHub.PoolOwner))
        {
            await chain.DepositAsync(key, Deposit);
        }

        return new TestMarket(
            chain,
            (await chain.EventAsync<HubEvent.AssetTransferred>(app)).Asset,
            (await chain.EventAsync<HubEvent.AssetTransferred>(dataset)).Asset,
            (await chain.EventAsync<HubEvent.AssetTransferred>(pool)).Asset);
    }

    public AppOrder AppOrder => new() { App = App, AppPrice = AppPrice, Volume = 1000 };

    public DatasetOrder DatasetOrder => new() { Dataset = Dataset, DatasetPrice = DatasetPrice, Volume = 1000 };

    public WorkerpoolOrder WorkerpoolOrder => new() { Workerpool = Workerpool, WorkerpoolPrice = WorkerpoolPrice, Volume = 10, Category = 0, Trust = 100 };

    public RequestOrder RequestOrder => new()
    {
        App = App,
        AppMaxPrice = AppPrice,
        Dataset = Dataset,
        DatasetMaxPrice = DatasetPrice,
        WorkerpoolMaxPrice = WorkerpoolPrice,
        Requester = TestHub.Requester.Address,
        Beneficiary = TestHub.Requester.Address,
        Volume = 2,
        Category = 0,
        Trust = 3,
        Params = "{ \"0\": \"--help\" }",
    };

    /// <summary>Signs the four orders as their owners and matches them.</summary>
    public async Task<Deal> MatchAsync(RequestOrder request)
    {
        var domain = Chain.Hub.Configuration.Domain;
        var receipt = await Chain.SendAsync(TestHub.Requester, Chain.Calls.MatchOrders(
            OrderSchemas.App.Sign(AppOrder, TestHub.AppOwner, domain, SystemEntropy.Instance),
            request.Dataset.IsZero
                ? new Signed<DatasetOrder>(DatasetOrder.None, ReadOnlyMemory<byte>.Empty)
                : OrderSchemas.Dataset.Sign(this.DatasetOrder, TestHub.DatasetOwner, domain, SystemEntropy.Instance),
            OrderSchemas.Workerpool.Sign(WorkerpoolOrder, TestHub.PoolOwner, domain, SystemEntropy.Instance),
            OrderSchemas.Request.Sign(request, TestHub.Requester, domain, SystemEntropy.Instance)));
        var matched = await Chain.EventAsync<HubEvent.OrdersMatched>(receipt);
        return (await Chain.Hub.GetDealAsync(matched.DealId, CancellationToken.None))!;
    }
}
