using System.Net;
using System.Text;
using System.Text.Json;
using Iexec.Market;
using Iexec.Poco.Orders;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

public sealed class EdgeTests : MarketTest
{
    private protected override ServiceEndpoint Endpoint => new() { Port = 0, BehindProxy = [IPAddress.Loopback] };

    private protected override MarketOptions Configure(MarketOptions options) =>
        options with { RateLimit = new RateLimitOptions(Requests: 3, PeriodSeconds: 60) };

    [Theory]
    [InlineData("/apporders", 400, "chainId is a required field")]
    [InlineData("/apporders?chainId=7", 400, "chainId 7 is not supported")]
    [InlineData("/challenge?chainId=65535", 400, "address is a required field")]
    [InlineData("/challenge?chainId=65535&address=foo", 400, "address is not a valid ethereum address")]
    [InlineData("/apporders/0x12?chainId=65535", 400, "orderHash must be a bytes32 hexstring")]
    [InlineData("/apporders/0x1111111111111111111111111111111111111111111111111111111111111111?chainId=65535", 404, "apporder not found")]
    [InlineData("/deals/0x1111111111111111111111111111111111111111111111111111111111111111?chainId=65535", 404, "deal not found")]
    [InlineData("/ohlc?chainId=65535", 400, "category is a required field")]
    [InlineData("/nothing/here", 404, "Not found")]
    public async Task A_bad_request_gets_its_status_and_words(string url, int status, string message)
    {
        var (actual, body) = await Server.GetAsync(url);

        Assert.Equal((HttpStatusCode)status, actual);
        Assert.Equal($"{{\"ok\":false,\"error\":\"{message}\"}}", body);
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("nonsense", 400)]
    [InlineData("{\"order\":{\"app\":\"\\ud800\"}}", 400)]
    public async Task A_body_that_is_no_json_object_is_the_visitors_fault(string body, int status)
    {
        using var post = await Server.Http.PostAsync(new Uri(Server.Origin, "/apporders?chainId=65535"), new StringContent(body, Encoding.UTF8, "application/json"));
        using var put = await Server.Http.PutAsync(new Uri(Server.Origin, "/apporders?chainId=65535"), new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode)status, post.StatusCode);
        Assert.Equal((HttpStatusCode)status, put.StatusCode);
        Assert.StartsWith("{\"ok\":false,\"error\":\"", await post.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/version")]
    [InlineData("/docs")]
    [InlineData("/workerpoolorders?chainId=65535")]
    public async Task Head_is_get_without_the_body(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(Server.Origin, path));
        using var response = await Server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var body = $"{{\"order\":\"{new string('x', 100_000)}\"}}";
        using var response = await Server.Http.PostAsync(new Uri(Server.Origin, "/apporders?chainId=65535"), new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task The_rate_is_limited_per_client_that_the_named_proxy_reports()
    {
        async Task<HttpResponseMessage> AskAsync(string client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Origin, "/version"));
            request.Headers.Add("X-Forwarded-For", client);
            // Neither a header of the client's own nor where its page comes from changes who it is.
            request.Headers.Add("X-Real-IP", "127.0.0.1");
            request.Headers.Add("Origin", "https://market.iex.ec");
            return await Server.Http.SendAsync(request);
        }

        for (var left = 2; left >= 0; left--)
        {
            using var response = await AskAsync("203.0.113.1");
            Assert.Equal($"{left}", response.Headers.GetValues("X-RateLimit-Remaining").Single());
        }

        using var refused = await AskAsync("203.0.113.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("60", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal("{\"ok\":false,\"error\":\"Rate limit exceeded\"}", await refused.Content.ReadAsStringAsync());
        using var other = await AskAsync("203.0.113.2");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        // A client cannot choose its address by adding one of its own before the proxy's.
        using var forged = await AskAsync("198.51.100.9, 203.0.113.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, forged.StatusCode);
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        using var later = await AskAsync("203.0.113.1");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Origin, "/version"));
        request.Headers.Host = "evil.example";
        using var response = await Server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Fact]
    public async Task Any_web_page_may_read_the_book()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(Server.Origin, "/apporders?chainId=65535"));
        request.Headers.Add("Origin", "https://market.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var preflight = await Server.Http.SendAsync(request);

        Assert.Equal("https://market.example", preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("POST", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Books_of_two_chains_do_not_mix()
    {
        var sidechain = new FakeHub(134);
        using var people = new Participants(sidechain);
        await Server.DisposeAsync();
        Server = await MarketServer.StartAsync(ConnectionString, Hub, Server.Time, others: sidechain);
        await Server.PublishAsync(OrderSchemas.App, people.AppOrder, people.AppOwner, sidechain);

        var here = await Server.Client.ListAsync(Hub.Configuration.ChainId, new Iexec.Sdk.Wire.Market.AppOrderQuery { App = people.App }, default);
        var there = await Server.Client.ListAsync(134, new Iexec.Sdk.Wire.Market.AppOrderQuery { App = people.App }, default);
        Assert.Empty(here.Items);
        Assert.Equal(134UL, Assert.Single(there.Items).ChainId);
    }

    [Fact]
    public async Task Prometheus_reads_how_many_requests_each_route_had()
    {
        await Server.GetAsync("/docs");
        await Server.GetAsync("/docs");

        var (_, text) = await Server.GetAsync("/metrics/prometheus");

        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Matches("http_server_request_duration_seconds_count\\{[^}]*http_route=\"/docs\"[^}]*\\} [2-9]", text);
    }

    [Fact]
    public async Task People_find_a_page_that_explains_and_the_version()
    {
        Assert.Contains("<code>/apporders</code>", (await Server.GetAsync("/docs")).Body, StringComparison.Ordinal);
        Assert.StartsWith("{\"ok\":true,\"version\":\"", (await Server.GetAsync("/version")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_for_tools_has_every_route_and_no_other()
    {
        using var description = JsonDocument.Parse((await Server.GetAsync("/docs/openapi.json")).Body);
        var described = description.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name} {path.Name}"));
        Assert.Equal(Server.Routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }
}
