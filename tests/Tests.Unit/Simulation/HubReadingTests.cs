using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Poco.Tasks;
using Iexec.Simulation;
using Xunit;

namespace Tests.Unit.Simulation;

/// <summary>The model as participants see it: through <see cref="IHub"/> and <see cref="ITransactor"/>.</summary>
public sealed class HubReadingTests
{
    [Fact]
    public async Task A_deal_and_its_task_read_as_they_were_made()
    {
        var market = new ModelMarket();
        IHub hub = market.Hub;
        var deal = market.Deal(market.Request with { Volume = 2, Trust = 3 });
        market.Do(ModelMarket.Requester, market.Calls.Initialize(deal.Id, 1));

        Assert.Equal(deal, await hub.GetDealAsync(deal.Id, default));
        Assert.Null(await hub.GetDealAsync(default, default));
        var task = await hub.GetTaskAsync(TaskId.Of(deal.Id, 1), default);
        Assert.Equal((ChainTaskStatus.Active, deal.Id, 1UL), (task.Status, task.DealId, task.Index));
        Assert.Equal(deal.StartTimeSeconds + (7 * ModelMarket.TimeRef), task.ContributionDeadline);
        Assert.Equal(deal.StartTimeSeconds + (10 * ModelMarket.TimeRef), task.FinalDeadline);
        Assert.Equal(ChainTaskStatus.Unset, (await hub.GetTaskAsync(TaskId.Of(deal.Id, 0), default)).Status);
        Assert.Equal(ContributionStatus.Unset, (await hub.GetContributionAsync(task.Id, ModelMarket.Sponsor.Address, default)).Status);
        Assert.Equal([2], await hub.GetConsumedAsync([OrderSchemas.Request.Hash(market.Request with { Volume = 2, Trust = 3 }, hub.Configuration.Domain)], default));
        Assert.Equal(new Account(ModelMarket.Deposit - 2_600_000_020, 2_600_000_020), await hub.GetAccountAsync(ModelMarket.Requester.Address, default));
    }

    [Fact]
    public async Task Assets_read_as_they_were_created()
    {
        var market = new ModelMarket();
        IHub hub = market.Hub;

        var app = await hub.GetAppAsync(market.App, default);
        Assert.Equal(("app", "DOCKER", ModelMarket.AppOwner.Address), (app!.Name, app.Type, app.Owner));
        Assert.Equal([1], app.Multiaddr);
        Assert.Equal("dataset", (await hub.GetDatasetAsync(market.Dataset, default))!.Name);
        Assert.Equal(new Workerpool(market.Pool, ModelMarket.PoolOwner.Address, "pool", 30, 1), await hub.GetWorkerpoolAsync(market.Pool, default));
        Assert.Null(await hub.GetAppAsync(market.Dataset, default));
        Assert.Equal(1UL, await hub.CountAssetsAsync(AssetKind.App, ModelMarket.AppOwner.Address, default));
        Assert.Equal(market.App, await hub.GetAssetByIndexAsync(AssetKind.App, ModelMarket.AppOwner.Address, 0, default));
        Assert.Null(await hub.GetAssetByIndexAsync(AssetKind.App, ModelMarket.AppOwner.Address, 1, default));
    }

    [Fact]
    public async Task Events_of_a_range_are_those_of_its_blocks()
    {
        var market = new ModelMarket();
        IHub hub = market.Hub;
        var deal = market.Deal(market.Request);
        var head = await hub.GetHeadAsync(default);

        var range = await hub.GetRangeAsync(head.Number, head.Number, default);

        Assert.Equal(deal.Id, Assert.Single(range!.Events.OfType<HubEvent.OrdersMatched>()).DealId);
        Assert.Equal(market.Pool, Assert.Single(range.Events.OfType<HubEvent.SchedulerNotice>()).Workerpool);
        Assert.Equal(head.Hash, range.End.Hash);
        Assert.Null(await hub.GetRangeAsync(head.Number, head.Number + 1, default));
        Assert.Empty(await hub.GetEventsAsync(head.Number + 1, head.Number + 9, default));
    }

    [Fact]
    public async Task A_snapshot_brings_everything_back_and_the_blocks_after_it_are_others()
    {
        var market = new ModelMarket();
        IHub hub = market.Hub;
        var snapshot = market.Hub.Snapshot();
        var first = market.Deal(market.Request);
        var forgotten = await hub.GetHeadAsync(default);

        market.Hub.Restore(snapshot);
        Assert.Null(await hub.GetDealAsync(first.Id, default));
        Assert.Null(await hub.GetBlockAsync(forgotten.Number, default));
        market.Hub.Mine();

        var other = await hub.GetBlockAsync(forgotten.Number, default);
        Assert.Equal(forgotten.ParentHash, other!.ParentHash);
        Assert.NotEqual(forgotten.Hash, other.Hash);
    }

    [Fact]
    public async Task A_transactor_sends_an_intent_once_and_never_what_would_revert()
    {
        var market = new ModelMarket();
        var transactor = new SimulatedTransactor(market.Hub, ModelMarket.Requester.Address);
        var withdrawal = market.Calls.Withdraw(1_000);

        var receipt = await transactor.ExecuteAsync("withdraw:1", withdrawal, default);
        Assert.True(receipt.Succeeded);
        Assert.Equal(receipt, await transactor.ExecuteAsync("withdraw:1", withdrawal, default));
        Assert.Equal(ModelMarket.Deposit - 1_000, market[ModelMarket.Requester].Free);

        var blocks = market.Hub.Snapshot().Count;
        var refused = await Assert.ThrowsAsync<RevertException>(() =>
            transactor.ExecuteAsync("match", market.Match(market.Request with { AppMaxPrice = 5, Requester = ModelMarket.Sponsor.Address }), default));
        Assert.Equal("iExecV5-matchOrders-0x50", refused.Reason.Message);
        Assert.Equal(blocks, market.Hub.Snapshot().Count);
    }
}
