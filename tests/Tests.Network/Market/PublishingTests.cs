using System.Net;
using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Auth;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

public sealed class PublishingTests : MarketTest
{
    [Fact]
    public async Task Orders_of_every_kind_are_published_listed_fetched_and_unpublished()
    {
        var app = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var dataset = await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        var pool = await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner);
        var request = await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);

        var apps = await Server.Client.ListAsync(Server.ChainId, new AppOrderQuery { App = People.App }, default);
        var datasets = await Server.Client.ListAsync(Server.ChainId, new DatasetOrderQuery { Dataset = People.Dataset }, default);
        var pools = await Server.Client.ListAsync(Server.ChainId, new WorkerpoolOrderQuery { Category = 0, Workerpool = People.Workerpool }, default);
        var requests = await Server.Client.ListAsync(Server.ChainId, new RequestOrderQuery { Requester = People.Requester.Address }, default);
        Assert.Equal(app.Order, Assert.Single(apps.Items).Order.Order);
        Assert.Equal(dataset.Order, Assert.Single(datasets.Items).Order.Order);
        Assert.Equal(pool.Order, Assert.Single(pools.Items).Order.Order);
        Assert.Equal(request.Order, Assert.Single(requests.Items).Order.Order);

        var found = (await Server.FindAsync(OrderSchemas.Request, request))!;
        Assert.Equal(request.Order, found.Order.Order);
        Assert.Equal(request.Sign.ToArray(), found.Order.Sign.ToArray());
        Assert.Equal((OrderStatus.Open, (UInt256)3, People.Requester.Address), (found.Status, found.Remaining, found.Signer));
        Assert.Equal(Server.Time.GetUtcNow(), found.PublishedAt);

        var removed = await Server.Client.UnpublishAsync(
            Server.ChainId, OrderKind.Request, found.Hash, await Server.Client.AuthorizeAsync(Server.ChainId, People.Requester, default), default);
        Assert.Equal([found.Hash], removed);
        Assert.Null(await Server.FindAsync(OrderSchemas.Request, request));
    }

    [Fact]
    public async Task Replies_have_the_official_shape()
    {
        var signed = await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        var hash = OrderSchemas.Dataset.Hash(signed.Order, Hub.Configuration.Domain);

        var (_, list) = await Server.GetAsync($"/datasetorders?chainId=65535&dataset={People.Dataset}&pageIndex=0&pageSize=20");
        var (_, single) = await Server.GetAsync($"/datasetorders/{hash}?chainId=65535");

        using var listed = JsonDocument.Parse(list);
        Assert.Equal(["ok", "orders", "count"], listed.RootElement.EnumerateObject().Select(member => member.Name));
        var item = listed.RootElement.GetProperty("orders")[0];
        Assert.Equal(
            ["orderHash", "order", "remaining", "status", "publicationTimestamp", "signer", "chainId", "bulk"],
            item.EnumerateObject().Select(member => member.Name));
        Assert.Equal("65535", item.GetProperty("chainId").GetRawText());
        Assert.Equal("3", item.GetProperty("order").GetProperty("datasetprice").GetRawText());
        Assert.Equal("1000", item.GetProperty("remaining").GetRawText());
        Assert.Equal(People.Dataset.ToString(), item.GetProperty("order").GetProperty("dataset").GetString());
        Assert.Equal("2026-01-01T00:00:00.000Z", item.GetProperty("publicationTimestamp").GetString());
        using var one = JsonDocument.Parse(single);
        Assert.Equal("\"65535\"", one.RootElement.GetProperty("chainId").GetRawText());
        Assert.False(one.RootElement.TryGetProperty("bulk", out _));
    }

    [Fact]
    public async Task One_wallet_can_publish_many_orders_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner)));

        var page = await Server.Client.ListAsync(Server.ChainId, new AppOrderQuery { App = People.App, PageSize = 10 }, default);
        Assert.Equal((12, 10, true), (page.Count, page.Items.Count, page.HasMore));
    }

    [Fact]
    public async Task The_same_order_twice_at_once_is_published_once()
    {
        var signed = OrderSchemas.App.Sign(People.AppOrder, People.AppOwner, Hub.Configuration.Domain, SystemEntropy.Instance);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await Record.ExceptionAsync(async () => await Server.Client.PublishAsync(
            Server.ChainId, OrderSchemas.App, signed, await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default), default))));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(outcomes.OfType<IexecException>(), error => Assert.Equal("API error: order already published", error.Message));
    }

    [Fact]
    public async Task A_visitor_who_proves_nothing_is_refused()
    {
        var signed = OrderSchemas.App.Sign(People.AppOrder, People.AppOwner, Hub.Configuration.Domain, SystemEntropy.Instance);
        var token = await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default);
        AuthorizationToken[] bad =
        [
            token with { Hash = Bytes32.Zero },
            token with { Address = People.Requester.Address },
            token with { Sign = new byte[65] },
        ];
        foreach (var attempt in bad)
        {
            var error = await Assert.ThrowsAsync<IexecException>(() => Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, signed, attempt, default));
            Assert.Equal("API error: invalid authorization", error.Message);
        }

        using var response = await Server.Http.PostAsync(new Uri(Server.Origin, "/apporders?chainId=65535"), new StringContent(Body(signed), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        // The attempts did not use up the challenge; its owner does, once.
        await Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, signed, token, default);
        var again = await Assert.ThrowsAsync<IexecException>(() => Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, signed, token, default));
        Assert.Equal("API error: invalid authorization", again.Message);
    }

    [Fact]
    public async Task A_challenge_that_is_too_old_is_refused()
    {
        var signed = OrderSchemas.App.Sign(People.AppOrder, People.AppOwner, Hub.Configuration.Domain, SystemEntropy.Instance);
        var token = await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default);
        Server.Time.Advance(TimeSpan.FromMinutes(5));

        var error = await Assert.ThrowsAsync<IexecException>(() => Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, signed, token, default));
        Assert.Equal("API error: invalid authorization", error.Message);
    }

    [Fact]
    public async Task Orders_that_cannot_be_matched_are_refused_in_the_official_words()
    {
        var stranger = TestAddress.Of(99);
        await AssertRefusedAsync(OrderSchemas.App, People.AppOrder with { App = stranger }, "Resource not deployed");
        await AssertRefusedAsync(OrderSchemas.App, People.AppOrder, $"only order signer {People.AppOwner.Address} can publish an order", People.Requester);
        await AssertRefusedAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder with { Volume = 34 }, "workerpool owner's stake is too low to cover required workerpool lock");
        await AssertRefusedAsync(
            OrderSchemas.Request, People.RequestOrder with { Volume = 10 }, "requester stake is too low to cover requestorder payment, minimum stake required is 1080 nRLC");
        await AssertRefusedAsync(OrderSchemas.Request, People.RequestOrder, $"No apporder published for app {People.App}");
        await AssertRefusedAsync(OrderSchemas.Request, People.RequestOrder with { Tag = Tag.Of(Tag.TeeBit) }, $"No tee enabled apporder published for app {People.App}");
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await AssertRefusedAsync(
            OrderSchemas.Request, People.RequestOrder with { AppMaxPrice = 4 }, $"appmaxprice for app {People.App} is too low, actual best price is 5 nRLC");
        await AssertRefusedAsync(OrderSchemas.Request, People.RequestOrder, $"No datasetorder published for dataset {People.Dataset}");
        await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        await AssertRefusedAsync(
            OrderSchemas.Request, People.RequestOrder with { DatasetMaxPrice = 2 }, $"datasetmaxprice for dataset {People.Dataset} is too low, actual best price is 3 nRLC");
        await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);
    }

    [Fact]
    public async Task Params_that_are_too_long_for_a_page_of_orders_are_refused()
    {
        await AssertRefusedAsync(OrderSchemas.Request, People.RequestOrder with { Params = new string('x', (16 * 1024) + 1) }, "order.params must be at most 16384 bytes");
        await AssertRefusedAsync(OrderSchemas.Request, People.RequestOrder with { Params = new string('\u0001', 3 * 1024) }, "order.params must be at most 16384 bytes");
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.PublishAsync(
            OrderSchemas.Request, People.RequestOrder with { Dataset = Iexec.Ethereum.Address.Zero, Params = new string('x', 16 * 1024) }, People.Requester);
    }

    [Fact]
    public async Task A_signature_of_somebody_else_is_refused()
    {
        var signed = OrderSchemas.App.Sign(People.AppOrder, People.Requester, Hub.Configuration.Domain, SystemEntropy.Instance);
        var token = await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default);

        var error = await Assert.ThrowsAsync<IexecException>(() => Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, signed, token, default));
        Assert.Equal("API error: invalid sign", error.Message);
    }

    [Fact]
    public async Task An_order_signed_on_the_chain_needs_no_signature()
    {
        var hash = OrderSchemas.App.Hash(People.AppOrder, Hub.Configuration.Domain);
        Hub.State = Hub.State with { Presigned = Hub.State.Presigned.Add((People.AppOwner.Address, hash.Value)) };
        var token = await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default);

        Assert.Equal(hash, await Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, new Signed<AppOrder>(People.AppOrder, default), token, default));
    }

    [Fact]
    public async Task A_contract_that_owns_an_app_logs_in_and_publishes_as_any_wallet()
    {
        var wallet = TestAddress.Of(77);
        var order = People.AppOrder with { App = Hub.CreateApp(wallet, "of a contract") };
        var challenge = await Server.Client.GetChallengeAsync(Server.ChainId, wallet, default);
        // It confirms these two digests and no other (ERC-1271).
        Hub.Do(state => state with
        {
            Presigned = state.Presigned.Add((wallet, challenge.Digest)).Add((wallet, OrderSchemas.App.Hash(order, Hub.Configuration.Domain).Value)),
        });
        var token = new AuthorizationToken(challenge.Digest, new byte[] { 1, 2 }, wallet);
        await Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, new Signed<AppOrder>(order, new byte[] { 3 }), token, default);

        var other = await Server.Client.GetChallengeAsync(Server.ChainId, wallet, default);
        var refused = await Assert.ThrowsAsync<IexecException>(() => Server.Client.UnpublishAllAsync(
            Server.ChainId, OrderKind.App, order.App, token with { Hash = other.Digest }, default));
        Assert.Equal("API error: invalid authorization", refused.Message);
    }

    [Fact]
    public async Task An_app_reserved_for_a_group_serves_its_members()
    {
        var group = TestAddress.Of(500);
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { RequesterRestrict = group }, People.AppOwner);
        var request = People.RequestOrder with { Dataset = Address.Zero, DatasetMaxPrice = 0 };
        await AssertRefusedAsync(OrderSchemas.Request, request, $"No apporder published for app {People.App}");
        Hub.State = Hub.State with { Groups = Hub.State.Groups.Add((group, People.Requester.Address)) };

        await Server.PublishAsync(OrderSchemas.Request, request, People.Requester);
    }

    [Fact]
    public async Task A_stake_backs_all_orders_of_its_owner_together()
    {
        await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder with { Volume = 20 }, People.PoolOwner);

        await AssertRefusedAsync(
            OrderSchemas.Workerpool, People.WorkerpoolOrder with { Volume = 14 }, "workerpool owner's stake is too low to cover required workerpool lock");
        await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder with { Volume = 13 }, People.PoolOwner);
    }

    [Fact]
    public async Task Orders_published_together_do_not_use_one_stake_twice()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Record.ExceptionAsync(() => Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder with { Volume = 10 }, People.PoolOwner))));

        Assert.Equal(3, outcomes.Count(outcome => outcome is null));
    }

    [Fact]
    public async Task A_volume_that_is_used_up_on_the_chain_is_refused_and_a_part_is_subtracted()
    {
        Hub.Match(People.AppOrder, DatasetOrder.None, People.WorkerpoolOrder, People.RequestOrder with { Dataset = Address.Zero });
        var token = await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default);
        var app = OrderSchemas.App.SignAsIs(People.AppOrder, People.AppOwner, Hub.Configuration.Domain);
        var pool = OrderSchemas.Workerpool.SignAsIs(People.WorkerpoolOrder with { Volume = 3 }, People.PoolOwner, Hub.Configuration.Domain);
        Hub.Match(People.AppOrder, DatasetOrder.None, pool.Order, People.RequestOrder with { Dataset = Address.Zero, Volume = 5 });

        await Server.Client.PublishAsync(Server.ChainId, OrderSchemas.App, app, token, default);
        Assert.Equal((UInt256)994, (await Server.FindAsync(OrderSchemas.App, app))!.Remaining);
        var error = await Assert.ThrowsAsync<IexecException>(async () => await Server.Client.PublishAsync(
            Server.ChainId, OrderSchemas.Workerpool, pool, await Server.Client.AuthorizeAsync(Server.ChainId, People.PoolOwner, default), default));
        Assert.Equal("API error: order already consumed", error.Message);
    }

    [Fact]
    public async Task The_newest_or_all_orders_of_an_asset_are_unpublished()
    {
        for (var i = 0; i < 3; i++)
        {
            await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { AppPrice = (ulong)i }, People.AppOwner);
            Server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var last = await Server.Client.UnpublishLastAsync(
            Server.ChainId, OrderKind.App, People.App, await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default), default);
        var left = await Server.Client.ListAsync(Server.ChainId, new AppOrderQuery { App = People.App }, default);
        var all = await Server.Client.UnpublishAllAsync(
            Server.ChainId, OrderKind.App, People.App, await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default), default);

        Assert.Single(last);
        Assert.Equal([0UL, 1], left.Items.Select(order => (ulong)order.Order.Order.AppPrice));
        Assert.Equal(2, all.Count);
        var error = await Assert.ThrowsAsync<IexecException>(async () => await Server.Client.UnpublishAllAsync(
            Server.ChainId, OrderKind.App, People.App, await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default), default));
        Assert.Equal($"API error: no open apporder published by signer {People.AppOwner.Address} for app {People.App}", error.Message);
    }

    [Fact]
    public async Task Nobody_unpublishes_the_order_of_another()
    {
        var signed = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var hash = OrderSchemas.App.Hash(signed.Order, Hub.Configuration.Domain);
        var token = await Server.Client.AuthorizeAsync(Server.ChainId, People.Requester, default);

        var error = await Assert.ThrowsAsync<IexecException>(() => Server.Client.UnpublishAsync(Server.ChainId, OrderKind.App, hash, token, default));

        Assert.Equal($"API error: only order signer {People.AppOwner.Address} can unpublish an order", error.Message);
        Assert.NotNull(await Server.FindAsync(OrderSchemas.App, signed));
    }

    [Fact]
    public async Task A_wallet_has_a_limited_number_of_open_orders()
    {
        await Server.DisposeAsync();
        Server = await MarketServer.StartAsync(ConnectionString, Hub, Server.Time, options => options with { MaxOpenOrdersPerWallet = 2 });
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);

        await AssertRefusedAsync(
            OrderSchemas.App, People.AppOrder, $"maximum of 2 published open apporder has been reached for wallet {People.AppOwner.Address}");
    }

    private async Task AssertRefusedAsync<TOrder>(OrderSchema<TOrder> schema, TOrder order, string message, Iexec.Ethereum.Crypto.PrivateKey? visitor = null)
        where TOrder : Order
    {
        var key = visitor ?? order.Kind switch
        {
            OrderKind.App => People.AppOwner,
            OrderKind.Dataset => People.DatasetOwner,
            OrderKind.Workerpool => People.PoolOwner,
            _ => People.Requester,
        };
        var error = await Assert.ThrowsAsync<IexecException>(() => Server.PublishAsync(schema, order, key));
        Assert.Equal("API error: " + message, error.Message);
        Assert.Equal(ErrorCode.MarketCallError, error.Code);
    }

    private static string Body(Signed<AppOrder> signed)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("order");
            OrderSchemas.App.WriteJson(writer, signed);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
