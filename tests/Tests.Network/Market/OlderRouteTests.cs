using System.Net;
using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

/// <summary>The routes of the clients of V3 to V5.0.</summary>
public sealed class OlderRouteTests : MarketTest
{
    [Fact]
    public async Task An_order_is_published_found_listed_and_unpublished()
    {
        var signed = OrderSchemas.Workerpool.Sign(People.WorkerpoolOrder, People.PoolOwner, Hub.Configuration.Domain, SystemEntropy.Instance);
        var hash = OrderSchemas.Workerpool.Hash(signed.Order, Hub.Configuration.Domain).ToString();
        using var saved = await PostAsync("/workerpoolorders/publish", $$"""{"chainId":"{{Server.ChainId}}","order":{{Json(signed)}}}""", People.PoolOwner);
        Assert.Equal(hash, saved.RootElement.GetProperty("saved").GetProperty("orderHash").GetString());

        using var found = await PostAsync("/workerpoolorders", $$$"""{"chainId":{{{Server.ChainId}}},"sort":{"publicationTimestamp":-1},"limit":1,"find":{"orderHash":"{{{hash}}}"}}""");
        Assert.Equal(hash, found.RootElement.GetProperty("orders")[0].GetProperty("orderHash").GetString());
        using var none = await PostAsync("/apporders", $$$"""{"chainId":{{{Server.ChainId}}},"find":{"orderHash":"{{{hash}}}"}}""");
        Assert.Equal(0, none.RootElement.GetProperty("orders").GetArrayLength());

        using var book = await GetAsync($"/orderbook/workerpool?chainId={Server.ChainId}&category=0&minVolume=1&signer={People.PoolOwner.Address}&skip=0");
        Assert.Equal((1, 4), (book.RootElement.GetProperty("count").GetInt32(), book.RootElement.GetProperty("openVolume").GetInt32()));
        Assert.Equal(hash, book.RootElement.GetProperty("workerpoolOrderbook")[0].GetProperty("orderHash").GetString());
        using var later = await GetAsync($"/orderbook/workerpool?chainId={Server.ChainId}&category=0&skip=1");
        Assert.Equal(0, later.RootElement.GetProperty("workerpoolOrderbook").GetArrayLength());

        using var gone = await PostAsync("/workerpoolorders/unpublish", $$"""{"chainId":{{Server.ChainId}},"orderHash":"{{hash}}"}""", People.PoolOwner);
        Assert.Equal(hash, gone.RootElement.GetProperty("unpublished").GetString());
        using var empty = await GetAsync($"/orderbook/workerpool?chainId={Server.ChainId}&category=0");
        Assert.Equal(0, empty.RootElement.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task The_other_books_have_their_names()
    {
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);
        foreach (var (path, member) in ((string, string)[])
            [
                ($"app?app={People.App}", "appOrderbook"), ($"dataset?dataset={People.Dataset}", "datasetOrderbook"), ("requester?category=0", "requestOrderbook"),
                ("request?category=0", "requestOrderbook"),
            ])
        {
            using var book = await GetAsync($"/orderbook/{path}&chainId={Server.ChainId}");
            Assert.Equal(1, book.RootElement.GetProperty(member).GetArrayLength());
        }
    }

    [Fact]
    public async Task Deals_are_searched_and_paged_by_their_time()
    {
        var app = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var dataset = await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        var pool = await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner);
        var request = await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);
        var deal = Hub.Match(app.Order, dataset.Order, pool.Order, request.Order);
        await Server.FollowAsync();

        using var found = await PostAsync(
            "/deals", $$$"""{"chainId":{{{Server.ChainId}}},"sort":{"blockTimestamp":-1},"find":{"requester":"{{{People.Requester.Address}}}","app.pointer":"{{{People.App}}}"}}""");
        Assert.Equal(1, found.RootElement.GetProperty("count").GetInt32());
        var shown = found.RootElement.GetProperty("deals")[0];
        Assert.Equal(deal.ToString(), shown.GetProperty("dealid").GetString());
        var time = shown.GetProperty("blockTimestamp").GetString();
        using var earlier = await PostAsync("/deals", $$$$"""{"chainId":{{{{Server.ChainId}}}},"find":{"blockTimestamp":{"$lt":"{{{{time}}}}"}}}""");
        Assert.Equal(0, earlier.RootElement.GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("/deals", """{"find":{}}""", "chainId is a required field")]
    [InlineData("/deals", """{"chainId":65535,"find":{"$where":"1"}}""", "find.$where cannot be searched for")]
    [InlineData("/deals", """{"chainId":65535,"find":{"blockTimestamp":{"$gt":"x"}}}""", "find.blockTimestamp.$gt cannot be searched for")]
    [InlineData("/deals", """{"chainId":65535,"find":{"requester":{"$ne":null}}}""", "find.requester must be a value")]
    [InlineData("/apporders", """{"chainId":65535,"find":{"signer":"0x"}}""", "find.signer cannot be searched for")]
    [InlineData("/apporders/publish", """{"chainId":7,"order":{}}""", "chainId 7 is not supported")]
    public async Task What_is_not_understood_is_said(string path, string body, string message)
    {
        using var reply = await Server.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(message, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Json(Signed<WorkerpoolOrder> signed)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            OrderSchemas.Workerpool.WriteJson(writer, signed);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private async Task<JsonDocument> GetAsync(string path)
    {
        var (status, body) = await Server.GetAsync(path);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body);
    }

    private async Task<JsonDocument> PostAsync(string path, string body, PrivateKey? visitor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (visitor is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", (await Server.Client.AuthorizeAsync(Server.ChainId, visitor, default)).ToString());
        }

        using var reply = await Server.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text);
    }
}
