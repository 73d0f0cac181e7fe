using System.Net;
using System.Text;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Auth;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Unit.Market;

public sealed class MarketClientTests
{
    private static readonly Uri Gateway = new("http://gateway.test");

    [Fact]
    public async Task A_read_is_tried_again_when_the_gateway_fails()
    {
        using var gateway = new StubGateway(Text(HttpStatusCode.BadGateway, "<html>"), null, Json(HttpStatusCode.OK, """{"ok":true,"orders":[],"count":0}"""));

        var page = await Client(gateway).ListAsync(1, new WorkerpoolOrderQuery(), default);

        Assert.Equal((0, 0L, false), (page.Items.Count, page.Count, page.HasMore));
        Assert.Equal(3, gateway.Requests.Count);
    }

    [Fact]
    public async Task A_publication_is_sent_once()
    {
        using var gateway = new StubGateway(Text(HttpStatusCode.BadGateway, "<html>"), Text(HttpStatusCode.OK, ""));
        var order = new Signed<AppOrder>(new AppOrder { App = Book.A, Volume = 1 }, default);
        var token = new AuthorizationToken(default, new byte[65], Book.Me);

        var error = await Assert.ThrowsAsync<IexecException>(() => Client(gateway).PublishAsync(1, OrderSchemas.App, order, token, default));

        Assert.Equal((ErrorCode.MarketCallError, $"Server at {Gateway} encountered an internal error"), (error.Code, error.Message));
        Assert.Single(gateway.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "application/json", """{"ok":false,"error":"order already published"}""", "API error: order already published")]
    [InlineData(HttpStatusCode.OK, "text/html", "<html>", "The http response is not of JSON type")]
    [InlineData(HttpStatusCode.OK, "application/json", "{", "The http response is not of JSON type")]
    [InlineData(HttpStatusCode.OK, "application/json", """{"ok":true}""", "The gateway sent an unexpected reply")]
    [InlineData(HttpStatusCode.OK, "application/json", """{"ok":true,"orders":[{}],"count":1}""", "The gateway sent an unexpected reply")]
    [InlineData(HttpStatusCode.OK, "application/json", """{"ok":true,"orders":5,"count":1}""", "The gateway sent an unexpected reply")]
    public async Task What_the_gateway_says_becomes_one_kind_of_error(HttpStatusCode status, string type, string body, string message)
    {
        using var gateway = new StubGateway(new Reply(status, type, body));

        var error = await Assert.ThrowsAsync<IexecException>(() => Client(gateway).ListAsync(1, new WorkerpoolOrderQuery(), default));

        Assert.Equal((ErrorCode.MarketCallError, message), (error.Code, error.Message));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        using var gateway = new StubGateway(Json(HttpStatusCode.NotFound, """{"ok":false,"error":"deal not found"}"""));

        Assert.Null(await Client(gateway).FindDealAsync(1, default, default));
    }

    [Fact]
    public async Task A_gateway_that_cannot_be_reached_is_named()
    {
        using var gateway = new StubGateway(null, null, null);

        var error = await Assert.ThrowsAsync<IexecException>(() => Client(gateway).FindDealAsync(1, default, default));

        Assert.Equal($"Connection to {Gateway} failed with a network error", error.Message);
    }

    [Fact]
    public async Task Queries_carry_what_was_asked()
    {
        using var gateway = new StubGateway(Json(HttpStatusCode.OK, """{"ok":true,"orders":[],"count":0}"""));

        await Client(gateway).ListAsync(
            65535, new AppOrderQuery { App = TestAddress.Of(1), Dataset = AddressFilter.Any, IsWorkerpoolStrict = true, MinVolume = 3 }, default);

        Assert.Equal(
            $"/apporders?app={TestAddress.Of(1)}&dataset=any&isDatasetStrict=false&isWorkerpoolStrict=true&isRequesterStrict=false&chainId=65535&minVolume=3&pageIndex=0&pageSize=20",
            Assert.Single(gateway.Requests));
    }

    [Theory]
    [InlineData(",\"nextAfter\":\"5_6_7\"", "after=5_6_7")]
    [InlineData("", "pageIndex=1")]
    public async Task The_next_page_is_asked_by_place_where_the_gateway_names_it_else_by_number(string place, string expected)
    {
        const string Order = """
            {"orderHash":"0x1111111111111111111111111111111111111111111111111111111111111111","chainId":1,"remaining":1,"status":"open",
            "publicationTimestamp":"2026-01-01T00:00:00.000Z","signer":"0x1111111111111111111111111111111111111111","order":{
            "app":"0x1111111111111111111111111111111111111111","appprice":0,"volume":1,"tag":"0x0000000000000000000000000000000000000000000000000000000000000000",
            "datasetrestrict":"0x0000000000000000000000000000000000000000","workerpoolrestrict":"0x0000000000000000000000000000000000000000",
            "requesterrestrict":"0x0000000000000000000000000000000000000000","salt":"0x0000000000000000000000000000000000000000000000000000000000000000","sign":"0x"}}
            """;
        using var gateway = new StubGateway(
            Json(HttpStatusCode.OK, $$"""{"ok":true,"orders":[{{Order}}],"count":2,"nextPage":20{{place}}}"""),
            // Promises more after nothing: not asked again.
            Json(HttpStatusCode.OK, """{"ok":true,"orders":[],"count":2,"nextPage":40}"""));
        var client = Client(gateway);

        var seen = 0;
        await foreach (var order in MarketPages.EnumerateAsync(new AppOrderQuery(), (query, token) => client.ListAsync(1, query, token), MarketPages.Following, default))
        {
            seen++;
        }

        Assert.Equal(1, seen);
        Assert.EndsWith($"&chainId=1&pageIndex=0&pageSize=20", gateway.Requests[0], StringComparison.Ordinal);
        Assert.EndsWith($"&chainId=1&{expected}&pageSize=20", gateway.Requests[1], StringComparison.Ordinal);
        Assert.Equal(2, gateway.Requests.Count);
    }

    private static MarketClient Client(StubGateway gateway) =>
        new(new HttpClient(gateway), Gateway, TimeProvider.System, new MarketClientOptions(TimeSpan.FromMinutes(1), 3, TimeSpan.Zero));

    private static Reply Json(HttpStatusCode status, string body) => new(status, "application/json", body);

    private static Reply Text(HttpStatusCode status, string body) => new(status, "text/html", body);

    private sealed record Reply(HttpStatusCode Status, string Type, string Body);

    /// <summary>Answers with the replies in turn; null is a broken connection.</summary>
    private sealed class StubGateway(params Reply?[] replies) : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri!.PathAndQuery);
            var reply = replies[Requests.Count - 1] ?? throw new HttpRequestException("broken");
            return Task.FromResult(new HttpResponseMessage(reply.Status) { Content = new StringContent(reply.Body, Encoding.UTF8, reply.Type) });
        }
    }
}
