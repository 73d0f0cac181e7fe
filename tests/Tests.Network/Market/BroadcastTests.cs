using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

/// <summary>Orders that were published in the log of the chain.</summary>
public sealed class BroadcastTests : MarketTest
{
    [Fact]
    public async Task A_broadcast_order_is_listed_without_a_login()
    {
        var app = Sign(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var dataset = Sign(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        var pool = Sign(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner);
        var request = Sign(OrderSchemas.Request, People.RequestOrder, People.Requester);
        Hub.Broadcast(app);
        Hub.Broadcast(dataset);
        Hub.Broadcast(pool);
        Hub.Broadcast(request);
        await Server.FollowAsync();
        Assert.Equal(OrderStatus.Open, (await Server.FindAsync(OrderSchemas.App, app))!.Status);
        Assert.Equal(OrderStatus.Open, (await Server.FindAsync(OrderSchemas.Dataset, dataset))!.Status);
        Assert.Equal(OrderStatus.Open, (await Server.FindAsync(OrderSchemas.Workerpool, pool))!.Status);
        Assert.Equal(OrderStatus.Open, (await Server.FindAsync(OrderSchemas.Request, request))!.Status);
    }

    [Fact]
    public async Task What_would_be_refused_is_left_out_and_the_chain_is_followed_on()
    {
        var forged = Sign(OrderSchemas.App, People.AppOrder, People.Requester);
        var huge = Sign(OrderSchemas.App, People.AppOrder with { AppPrice = UInt256.MaxValue }, People.AppOwner);
        var late = Sign(OrderSchemas.App, People.AppOrder, People.AppOwner);
        Hub.Broadcast(forged);
        Hub.Broadcast(huge);
        Hub.Broadcast(late);
        Hub.Broadcast(late);
        Hub.Close(OrderSchemas.App, late.Order);
        var good = Sign(OrderSchemas.App, People.AppOrder, People.AppOwner);
        Hub.Broadcast(good);
        await Server.FollowAsync();
        Assert.Null(await Server.FindAsync(OrderSchemas.App, forged));
        Assert.Null(await Server.FindAsync(OrderSchemas.App, huge));
        Assert.Null(await Server.FindAsync(OrderSchemas.App, late));
        Assert.NotNull(await Server.FindAsync(OrderSchemas.App, good));
    }

    [Fact]
    public async Task A_contract_that_nobody_can_ask_does_not_stop_the_gateway()
    {
        var group = TestAddress.Of(500);
        Hub.Do(state => state with { Groups = state.Groups.Add((group, People.Requester.Address)) });
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { RequesterRestrict = group }, People.AppOwner);
        var plain = People.RequestOrder with { Dataset = Address.Zero, DatasetMaxPrice = 0, Volume = 1 };
        var open = await Server.PublishAsync(OrderSchemas.Request, plain, People.Requester);

        // The node's words for what the contract did to it, unknown to us.
        Hub.BrokenGroups.Add(group);
        var request = Sign(OrderSchemas.Request, plain, People.Requester);
        Hub.Broadcast(request);
        var good = Sign(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        Hub.Broadcast(good);
        await Server.FollowAsync();
        await Server.SweepAsync();

        Assert.Null(await Server.FindAsync(OrderSchemas.Request, request));
        Assert.NotNull(await Server.FindAsync(OrderSchemas.Dataset, good));
        Assert.Equal(OrderStatus.Open, (await Server.FindAsync(OrderSchemas.Request, open))!.Status);
    }

    [Fact]
    public async Task An_order_is_not_lost_because_the_node_was_away()
    {
        var app = Sign(OrderSchemas.App, People.AppOrder, People.AppOwner);
        Hub.Broadcast(app);
        Hub.FailureOf[nameof(Hub.GetOwnerAsync)] = new NodeUnreachableException(new Uri("http://node.test"), null);
        Assert.False(await Server.TryFollowAsync());
        Hub.FailureOf.Clear();
        await Server.FollowAsync();
        Assert.NotNull(await Server.FindAsync(OrderSchemas.App, app));
    }

    private Signed<TOrder> Sign<TOrder>(OrderSchema<TOrder> schema, TOrder order, PrivateKey key)
        where TOrder : Order =>
        schema.Sign(order, key, Hub.Configuration.Domain, SystemEntropy.Instance);
}
