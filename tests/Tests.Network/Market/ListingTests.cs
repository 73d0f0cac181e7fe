using System.Net;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

/// <summary>Pages that hold still while the book moves, and offers for the members of a group.</summary>
public sealed class ListingTests : MarketTest
{
    private static readonly Address Group = TestAddress.Of(700);
    private static readonly Address Member = TestAddress.Of(701);

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended_whatever_comes_and_goes()
    {
        var published = new List<Signed<AppOrder>>();
        foreach (var price in Enumerable.Range(1, 25))
        {
            // Pairs of the same price, so that it alone does not tell the place.
            published.Add(await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { AppPrice = (ulong)(10 + (price / 2)) }, People.AppOwner));
        }

        var first = await ListAsync("pageSize=10");
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { AppPrice = 1 }, People.AppOwner);
        await UnpublishAsync((string)first["orders"]![9]!["orderHash"]!);
        var second = await ListAsync($"pageSize=10&after={(string)first["nextAfter"]!}");
        var third = await ListAsync($"pageSize=10&after={(string)second["nextAfter"]!}");

        var seen = new[] { first, second, third }.SelectMany(page => page["orders"]!.AsArray()).Select(order => (string)order!["orderHash"]!).ToList();
        Assert.Equal(published.Select(order => OrderSchemas.App.Hash(order.Order, Hub.Configuration.Domain).ToString()).Order(), seen.Order());
        Assert.Equal(5, third["orders"]!.AsArray().Count);
        Assert.Null(third["nextAfter"]);
        Assert.Equal(25, (int)third["count"]!);
    }

    [Fact]
    public async Task Requests_are_paged_from_the_dearest_on()
    {
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        foreach (var price in Enumerable.Range(1, 12))
        {
            await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder with { Dataset = Address.Zero, WorkerpoolMaxPrice = (ulong)price, Volume = 1 }, People.Requester);
        }

        var first = await ListAsync("pageSize=10", "requestorders");
        var second = await ListAsync($"pageSize=10&after={(string)first["nextAfter"]!}", "requestorders");
        Assert.Equal([2, 1], second["orders"]!.AsArray().Select(order => (int)order!["order"]!["workerpoolmaxprice"]!));
    }

    [Fact]
    public async Task A_client_sees_every_order_once_while_others_come_and_go()
    {
        var published = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            published.Add(HashOf(await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { AppPrice = 10 }, People.AppOwner)));
        }

        var seen = new List<string>();
        await foreach (var order in MarketPages.EnumerateAsync(
            new AppOrderQuery { App = People.App, PageSize = 10 }, (query, token) => Server.Client.ListAsync(Server.ChainId, query, token), MarketPages.Following, default))
        {
            seen.Add(order.Hash.ToString());
            if (seen.Count == 10)
            {
                // Before what was shown: pages by number would show three orders again.
                for (var i = 0; i < 3; i++)
                {
                    await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { AppPrice = 1 }, People.AppOwner);
                }
            }

            if (seen.Count == 20)
            {
                // And now they would pass over five.
                foreach (var hash in seen.Take(8))
                {
                    await UnpublishAsync(hash);
                }
            }
        }

        Assert.Equal(published.Order(), seen.Order());
    }

    [Fact]
    public async Task A_client_sees_every_deal_once_while_new_ones_are_made()
    {
        Iexec.Poco.DealId Deal() => Hub.Match(
            People.AppOrder, DatasetOrder.None, People.WorkerpoolOrder with { Volume = 1000, WorkerpoolPrice = 0 },
            People.RequestOrder with { Dataset = Address.Zero, Volume = 1, WorkerpoolMaxPrice = 0, Salt = ((UInt256)(ulong)Hub.State.Deals.Count).ToBytes32() });
        var made = Enumerable.Range(0, 25).Select(_ => Deal()).ToList();
        await Server.FollowAsync();

        var seen = new List<Iexec.Poco.DealId>();
        await foreach (var deal in Server.Client.EnumerateDealsAsync(Server.ChainId, new DealQuery { App = People.App, PageSize = 10 }, default))
        {
            seen.Add(new(deal.DealId));
            if (seen.Count == 10)
            {
                Deal();
                await Server.FollowAsync();
            }
        }

        Assert.Equal(made.Select(deal => deal.ToString()).Order(), seen.Select(deal => deal.ToString()).Order());
        Assert.Contains("nextAfter of a former page", (await Server.GetAsync("/deals?chainId=65535&after=1_2")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("after=x", "after must be the nextAfter of a former page")]
    [InlineData("after=1_2_0x12", "after must be the nextAfter of a former page")]
    [InlineData("after=-1_2_0x1111111111111111111111111111111111111111111111111111111111111111", "after must be the nextAfter of a former page")]
    [InlineData("after=1_2_0x1111111111111111111111111111111111111111111111111111111111111111&pageIndex=1", "after excludes pageIndex and page")]
    public async Task A_place_that_is_none_is_refused(string query, string message)
    {
        var (status, body) = await Server.GetAsync($"/apporders?chainId=65535&app=any&{query}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal($"{{\"ok\":false,\"error\":\"{message}\"}}", body);
    }

    [Fact]
    public async Task An_offer_for_a_group_is_listed_for_its_members_and_for_nobody_else()
    {
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { RequesterRestrict = Group }, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { RequesterRestrict = TestAddress.Of(702) }, People.AppOwner);
        Hub.Do(state => state with { Groups = state.Groups.Add((Group, Member)) });

        Assert.Equal(2, await CountAsync($"requester={Member}"));
        Assert.Equal(1, await CountAsync($"requester={TestAddress.Of(703)}"));
        Assert.Equal(1, await CountAsync(""));
        Assert.Equal(0, await CountAsync($"requester={Member}&isRequesterStrict=true"));
        Assert.Equal(1, await CountAsync($"requester={Group}&isRequesterStrict=true"));
        Assert.Equal(3, await CountAsync("requester=any"));
        var (_, older) = await Server.GetAsync($"/orderbook/app?chainId=65535&app={People.App}&requester={Member}");
        Assert.Equal(2, (int)JsonNode.Parse(older)!["count"]!);

        // One that cannot be asked hides no other.
        Hub.BrokenGroups.Add(TestAddress.Of(702));
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await CountAsync($"requester={Member}"));

        // Not asked again for every request, but not remembered for ever either.
        Hub.Do(state => state with { Groups = [] });
        Assert.Equal(2, await CountAsync($"requester={Member}"));
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await CountAsync($"requester={Member}"));

        // Who has been refused and becomes a member has not to wait.
        Hub.Do(state => state with { Groups = state.Groups.Add((Group, Member)) });
        Server.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(2, await CountAsync($"requester={Member}"));
    }

    private string HashOf(Signed<AppOrder> order) => OrderSchemas.App.Hash(order.Order, Hub.Configuration.Domain).ToString();

    private async Task<int> CountAsync(string query) => (int)(await ListAsync(query))["count"]!;

    private async Task<JsonNode> ListAsync(string query, string book = "apporders")
    {
        var (status, body) = await Server.GetAsync($"/{book}?chainId=65535&app={People.App}&{query}");
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }

    private async Task UnpublishAsync(string hash)
    {
        Assert.True(Iexec.Poco.OrderHash.TryParse(hash, out var order));
        await Server.Client.UnpublishAsync(Server.ChainId, OrderKind.App, order, await Server.Client.AuthorizeAsync(Server.ChainId, People.AppOwner, default), default);
    }
}
