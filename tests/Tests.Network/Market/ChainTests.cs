using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

public sealed class ChainTests : MarketTest
{
    [Fact]
    public async Task A_match_uses_volume_and_is_listed_as_a_deal()
    {
        var orders = await PublishAllAsync();
        var dealId = Hub.Match(orders.App.Order, orders.Dataset.Order, orders.Pool.Order, orders.Request.Order);
        await Server.FollowAsync();

        Assert.Equal((OrderStatus.Open, (UInt256)997), await StateAsync(OrderSchemas.App, orders.App));
        Assert.Equal((OrderStatus.Open, (UInt256)1), await StateAsync(OrderSchemas.Workerpool, orders.Pool));
        Assert.Equal((OrderStatus.Filled, UInt256.Zero), await StateAsync(OrderSchemas.Request, orders.Request));
        var deal = (await Server.Client.FindDealAsync(Server.ChainId, dealId, default))!;
        Assert.Equal((People.App, (UInt256)3, orders.Request.Order.Params), (deal.App.Pointer, deal.Volume, deal.Params));
        Assert.Equal(OrderSchemas.Request.Hash(orders.Request.Order, Hub.Configuration.Domain).Value, deal.RequestHash);
        Assert.Equal((ulong)Hub.BlockNumber, deal.BlockNumber);
        // As readable as in an order, and not only to programs.
        Assert.Contains(
            """
            "params":"{\"iexec_args\":\"a \\\"b\\\" é\"}"
            """,
            (await Server.GetAsync($"/deals/{dealId}?chainId=65535")).Body, StringComparison.Ordinal);

        DealQuery[] matching =
        [
            new(), new() { App = People.App, Requester = People.Requester.Address }, new() { Category = 0 }, new() { RequestOrder = new(deal.RequestHash) },
            new() { WorkerpoolOwner = People.PoolOwner.Address },
        ];
        foreach (var query in matching)
        {
            Assert.Equal(deal, Assert.Single((await Server.Client.ListDealsAsync(Server.ChainId, query, default)).Items));
        }

        Assert.Empty((await Server.Client.ListDealsAsync(Server.ChainId, new DealQuery { Category = 1 }, default)).Items);
        var (_, prices) = await Server.GetAsync("/ohlc?chainId=65535&category=0");
        using var ohlc = JsonDocument.Parse(prices);
        Assert.Equal(["100", "3"], ohlc.RootElement.GetProperty("ohlc")[0].EnumerateArray().Skip(1).Select(value => value.GetRawText()));
    }

    [Fact]
    public async Task A_match_counts_also_when_the_node_that_answers_has_not_seen_it()
    {
        var orders = await PublishAllAsync();
        var before = Hub.State;
        Hub.Match(orders.App.Order, orders.Dataset.Order, orders.Pool.Order, orders.Request.Order);
        // The events come from one node, the views from another that is behind.
        Hub.State = Hub.State with { Consumed = before.Consumed };
        await Server.FollowAsync();

        Assert.Equal((OrderStatus.Open, (UInt256)997), await StateAsync(OrderSchemas.App, orders.App));
        Assert.Equal((OrderStatus.Filled, UInt256.Zero), await StateAsync(OrderSchemas.Request, orders.Request));
    }

    [Fact]
    public async Task A_match_without_a_deal_to_view_uses_volume_and_makes_no_empty_deal()
    {
        var orders = await PublishAllAsync();
        var deal = Hub.Match(orders.App.Order, orders.Dataset.Order, orders.Pool.Order, orders.Request.Order);
        // As the lighter deals of the contracts, which keep their terms in the log alone.
        Hub.State = Hub.State with { Deals = Hub.State.Deals.Remove(deal) };
        await Server.FollowAsync();

        Assert.Empty((await Server.Client.ListDealsAsync(Server.ChainId, new DealQuery(), default)).Items);
        Assert.Null(await Server.Client.FindDealAsync(Server.ChainId, deal, default));
        Assert.Equal((OrderStatus.Filled, UInt256.Zero), await StateAsync(OrderSchemas.Request, orders.Request));
    }

    [Fact]
    public async Task A_closed_order_is_canceled()
    {
        var app = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        Hub.Close(OrderSchemas.App, app.Order);
        await Server.FollowAsync();

        Assert.Equal((OrderStatus.Canceled, UInt256.Zero), await StateAsync(OrderSchemas.App, app));
    }

    [Fact]
    public async Task Orders_that_the_stake_covers_no_more_die_youngest_first_and_can_be_revived()
    {
        var old = await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner);
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        var young = await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner);
        var published = Server.Time.GetUtcNow();
        Hub.Withdraw(People.PoolOwner.Address, 800);
        await Server.FollowAsync();

        Assert.Equal(OrderStatus.Open, (await StateAsync(OrderSchemas.Workerpool, old)).Status);
        Assert.Equal(OrderStatus.Dead, (await StateAsync(OrderSchemas.Workerpool, young)).Status);

        Hub.Deposit(People.PoolOwner.Address, 800);
        await Server.FollowAsync();
        Assert.Equal(OrderStatus.Dead, (await StateAsync(OrderSchemas.Workerpool, young)).Status);
        Server.Time.Advance(TimeSpan.FromHours(1));
        await Server.Client.PublishAsync(
            Server.ChainId, OrderSchemas.Workerpool, young, await Server.Client.AuthorizeAsync(Server.ChainId, People.PoolOwner, default), default);
        var revived = (await Server.FindAsync(OrderSchemas.Workerpool, young))!;
        Assert.Equal((OrderStatus.Open, published), (revived.Status, revived.PublishedAt));
    }

    [Fact]
    public async Task Orders_of_an_asset_that_changed_hands_die()
    {
        var app = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var dataset = await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        Hub.TransferAsset(AssetKind.App, People.App, People.Requester.Address);
        await Server.FollowAsync();

        Assert.Equal(OrderStatus.Dead, (await StateAsync(OrderSchemas.App, app)).Status);
        Assert.Equal(OrderStatus.Open, (await StateAsync(OrderSchemas.Dataset, dataset)).Status);
    }

    [Fact]
    public async Task A_request_dies_when_the_last_offer_that_it_could_take_leaves()
    {
        var orders = await PublishAllAsync();
        var second = await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { AppPrice = 6 }, People.AppOwner);
        Hub.Close(OrderSchemas.App, orders.App.Order);
        await Server.FollowAsync();

        Assert.Equal(OrderStatus.Open, (await StateAsync(OrderSchemas.App, second)).Status);
        Assert.Equal(OrderStatus.Dead, (await StateAsync(OrderSchemas.Request, orders.Request)).Status);
    }

    [Fact]
    public async Task A_request_dies_when_its_dataset_order_is_unpublished()
    {
        var orders = await PublishAllAsync();
        var token = await Server.Client.AuthorizeAsync(Server.ChainId, People.DatasetOwner, default);
        await Server.Client.UnpublishAllAsync(Server.ChainId, OrderKind.Dataset, People.Dataset, token, default);

        Assert.Equal(OrderStatus.Dead, (await StateAsync(OrderSchemas.Request, orders.Request)).Status);
    }

    [Fact]
    public async Task A_reorganisation_restores_orders_and_removes_the_deal()
    {
        var orders = await PublishAllAsync();
        await Server.FollowAsync();
        var dealId = Hub.Match(orders.App.Order, orders.Dataset.Order, orders.Pool.Order, orders.Request.Order);
        Hub.Close(OrderSchemas.Dataset, orders.Dataset.Order);
        Hub.Withdraw(People.PoolOwner.Address, 900);
        await Server.FollowAsync();
        Assert.Equal(OrderStatus.Filled, (await StateAsync(OrderSchemas.Request, orders.Request)).Status);
        Assert.Equal(OrderStatus.Canceled, (await StateAsync(OrderSchemas.Dataset, orders.Dataset)).Status);
        Assert.Equal(OrderStatus.Dead, (await StateAsync(OrderSchemas.Workerpool, orders.Pool)).Status);

        Hub.Reorganise(3);
        Hub.Mine(4);
        await Server.FollowAsync();

        Assert.Equal((OrderStatus.Open, (UInt256)1000), await StateAsync(OrderSchemas.App, orders.App));
        Assert.Equal((OrderStatus.Open, (UInt256)1000), await StateAsync(OrderSchemas.Dataset, orders.Dataset));
        Assert.Equal((OrderStatus.Open, (UInt256)4), await StateAsync(OrderSchemas.Workerpool, orders.Pool));
        Assert.Equal((OrderStatus.Open, (UInt256)3), await StateAsync(OrderSchemas.Request, orders.Request));
        Assert.Null(await Server.Client.FindDealAsync(Server.ChainId, dealId, default));
    }

    [Fact]
    public async Task A_match_that_moves_to_another_block_stays_a_match()
    {
        var orders = await PublishAllAsync();
        await Server.FollowAsync();
        Hub.Match(orders.App.Order, orders.Dataset.Order, orders.Pool.Order, orders.Request.Order);
        await Server.FollowAsync();
        Hub.Reorganise(1);
        Hub.Mine(2);
        var dealId = Hub.Match(orders.App.Order, orders.Dataset.Order, orders.Pool.Order, orders.Request.Order);
        await Server.FollowAsync();

        Assert.Equal((OrderStatus.Filled, UInt256.Zero), await StateAsync(OrderSchemas.Request, orders.Request));
        Assert.Equal(Hub.BlockNumber, (await Server.Client.FindDealAsync(Server.ChainId, dealId, default))!.BlockNumber);
    }

    [Fact]
    public async Task The_sweep_finds_what_no_event_said()
    {
        var app = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var pool = await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner);
        await Server.FollowAsync();
        var state = Hub.State;
        Hub.State = state with
        {
            Consumed = state.Consumed.SetItem(OrderSchemas.App.Hash(app.Order, Hub.Configuration.Domain), 400),
            Accounts = state.Accounts.Remove(People.PoolOwner.Address),
        };
        await Server.SweepAsync();

        Assert.Equal((OrderStatus.Open, (UInt256)600), await StateAsync(OrderSchemas.App, app));
        Assert.Equal(OrderStatus.Dead, (await StateAsync(OrderSchemas.Workerpool, pool)).Status);
    }

    [Fact]
    public async Task A_restart_keeps_the_book_and_catches_up()
    {
        var orders = await PublishAllAsync();
        await Server.FollowAsync();
        await Server.DisposeAsync();
        Hub.Match(orders.App.Order, orders.Dataset.Order, orders.Pool.Order, orders.Request.Order);
        Hub.Mine(3);

        Server = await MarketServer.StartAsync(ConnectionString, Hub, Server.Time);

        Assert.Equal((OrderStatus.Open, (UInt256)997), await StateAsync(OrderSchemas.App, orders.App));
        Assert.Equal((OrderStatus.Filled, UInt256.Zero), await StateAsync(OrderSchemas.Request, orders.Request));
        var (_, metrics) = await Server.GetAsync("/metrics?chainId=65535");
        Assert.Contains($"\"lastBlock\":{Hub.BlockNumber}", metrics, StringComparison.Ordinal);
        Assert.Contains("\"apporders\":1", metrics, StringComparison.Ordinal);
        Assert.Contains("\"requestorders\":0", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_down_is_a_failure_that_says_nothing_and_passes()
    {
        Hub.Failure = new NodeUnreachableException(new Uri("http://secret-node:8545"), null);

        Assert.False(await Server.TryFollowAsync());
        var (ready, _) = await Server.GetAsync("/health/ready");
        var (live, _) = await Server.GetAsync("/health/live");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready);
        Assert.Equal(System.Net.HttpStatusCode.OK, live);
        var (status, _) = await Server.GetAsync($"/apporders?chainId=65535&app={People.App}");
        Assert.Equal(System.Net.HttpStatusCode.OK, status);
        Hub.Failure = null;
        Assert.True(await Server.TryFollowAsync());
        Assert.Equal(System.Net.HttpStatusCode.OK, (await Server.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Categories_are_listed_shortest_first()
    {
        Hub.CreateCategory("XL", 36000);
        Hub.CreateCategory("S", 1200);
        await Server.FollowAsync();

        var (_, list) = await Server.GetAsync("/categories?chainId=65535&minWorkClockTimeRef=1000");
        var (_, single) = await Server.GetAsync("/categories/0?chainId=65535");
        var (missing, error) = await Server.GetAsync("/categories/9?chainId=65535");

        using var listed = JsonDocument.Parse(list);
        Assert.Equal(["2", "1"], listed.RootElement.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("catid").GetRawText()));
        using var one = JsonDocument.Parse(single);
        Assert.Equal("300", one.RootElement.GetProperty("workClockTimeRef").GetRawText());
        Assert.Equal("65535", one.RootElement.GetProperty("chainId").GetString());
        Assert.Equal((System.Net.HttpStatusCode.NotFound, "{\"ok\":false,\"error\":\"category not found\"}"), (missing, error));
    }

    private async Task<(Signed<AppOrder> App, Signed<DatasetOrder> Dataset, Signed<WorkerpoolOrder> Pool, Signed<RequestOrder> Request)> PublishAllAsync() => (
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner),
        await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner),
        await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner),
        await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester));

    private async Task<(OrderStatus Status, UInt256 Remaining)> StateAsync<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> order)
        where TOrder : Order
    {
        var found = (await Server.FindAsync(schema, order))!;
        return (found.Status, found.Remaining);
    }
}
