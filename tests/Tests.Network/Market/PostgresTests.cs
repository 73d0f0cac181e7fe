using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

public sealed class PostgresTests
{
    [PostgresFact]
    public async Task Two_gateways_on_one_postgres_share_book_and_challenges_and_follow_the_chain()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var hub = new FakeHub();
        using var people = new Participants(hub);
        await using var first = await MarketServer.StartAsync(postgres.ConnectionString, hub);
        await using var second = await MarketServer.StartAsync(postgres.ConnectionString, hub, first.Time);
        var app = await first.PublishAsync(OrderSchemas.App, people.AppOrder, people.AppOwner);
        var tee = Tag.Of(Tag.TeeBit, 255);
        await second.PublishAsync(OrderSchemas.App, people.AppOrder with { Tag = tee }, people.AppOwner);
        var pool = await first.PublishAsync(OrderSchemas.Workerpool, people.WorkerpoolOrder, people.PoolOwner);
        var token = await first.Client.AuthorizeAsync(first.ChainId, people.Requester, default);
        var request = OrderSchemas.Request.SignAsIs(
            people.RequestOrder with { Dataset = default, DatasetMaxPrice = 0 }, people.Requester, hub.Configuration.Domain);
        await second.Client.PublishAsync(first.ChainId, OrderSchemas.Request, request, token, default);

        var stakes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Record.ExceptionAsync(() =>
            (i % 2 == 0 ? first : second).PublishAsync(OrderSchemas.Workerpool, people.WorkerpoolOrder with { Volume = 10 }, people.PoolOwner))));
        Assert.Equal(2, stakes.Count(outcome => outcome is null));
        var tagged = await second.Client.ListAsync(first.ChainId, new AppOrderQuery { App = people.App, MinTag = tee }, default);
        Assert.Equal(tee, Assert.Single(tagged.Items).Order.Order.Tag);
        var untagged = await first.Client.ListAsync(first.ChainId, new AppOrderQuery { App = people.App, MaxTag = Tag.None }, default);
        Assert.Equal(app.Order, Assert.Single(untagged.Items).Order.Order);

        hub.Match(app.Order, DatasetOrder.None, pool.Order, request.Order);
        await first.FollowAsync();
        await second.FollowAsync();
        Assert.Equal(OrderStatus.Filled, (await second.FindAsync(OrderSchemas.Request, request))!.Status);
        Assert.Equal(1, (await second.Client.ListDealsAsync(first.ChainId, new DealQuery(), default)).Count);
        Assert.Empty((await second.Client.ListDealsAsync(first.ChainId, new DealQuery { After = $"0_{OrderSchemas.App.Hash(app.Order, hub.Configuration.Domain)}" }, default)).Items);
        hub.Reorganise(1);
        hub.Mine(2);
        await first.FollowAsync();
        Assert.Equal(OrderStatus.Open, (await second.FindAsync(OrderSchemas.Request, request))!.Status);
    }
}
