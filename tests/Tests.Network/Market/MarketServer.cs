using System.Net;
using Iexec.Ethereum.Crypto;
using Iexec.Market;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Tests.Network.Market;

/// <summary>A gateway on a free port of loopback, over a chain in memory and a clock that the test moves.</summary>
internal sealed class MarketServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MarketServer(WebApplication app, ManualTime time, FakeHub[] hubs)
    {
        _app = app;
        Time = time;
        Hub = hubs[0];
        Origin = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient { BaseAddress = Origin };
        Client = new MarketClient(Http, Origin);
    }

    public ManualTime Time { get; }

    public FakeHub Hub { get; }

    public ulong ChainId => Hub.Configuration.ChainId;

    public Uri Origin { get; }

    public HttpClient Http { get; }

    public MarketClient Client { get; }

    private ChainMarket Market => _app.Services.GetRequiredService<Markets>().All.First();

    public static async Task<MarketServer> StartAsync(
        string connectionString, FakeHub hub, ManualTime? time = null, Func<MarketOptions, MarketOptions>? configure = null, ServiceEndpoint? endpoint = null, params FakeHub[] others)
    {
        var clock = time ?? new ManualTime();
        FakeHub[] hubs = [hub, .. others];
        var options = new MarketOptions { Chains = [.. hubs.Select(each => new MarketChain(each))], ConnectionString = connectionString };
        var at = endpoint ?? new ServiceEndpoint { Port = 0 };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.UseServiceEndpoint(at, maxBodyBytes: 64 * 1024);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddMarket(configure?.Invoke(options) ?? options);
        var app = builder.Build();
        app.UseServiceDefaults(at);
        app.MapMarket();
        app.MapHealth();
        app.MapPrometheus("/metrics/prometheus");
        await app.StartAsync();
        var server = new MarketServer(app, clock, hubs);
        await server.FollowAsync();
        return server;
    }

    /// <summary>Lets the gateway look at the chain now.</summary>
    public async Task FollowAsync()
    {
        if (!await Market.ChainLoop.RunOnceAsync(default))
        {
            throw new InvalidOperationException("The gateway could not follow the chain.", Market.ChainLoop.LastError);
        }
    }

    /// <summary>Lets the gateway compare the whole book with the chain now.</summary>
    public async Task SweepAsync()
    {
        if (!await Market.SweepLoop.RunOnceAsync(default))
        {
            throw new InvalidOperationException("The gateway could not sweep.", Market.SweepLoop.LastError);
        }
    }

    /// <summary>Lets the gateway tell its listeners now.</summary>
    public async Task TellAsync() => Assert.True(await Market.FeedLoop.RunOnceAsync(default));

    /// <summary>Lets the gateway look after its listeners now.</summary>
    public async Task PingAsync() => Assert.True(await _app.Services.GetRequiredService<Markets>().SocketLoop.RunOnceAsync(default));

    /// <summary>Method and path of every route of the gateway itself.</summary>
    public IEnumerable<string> Routes =>
        from endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("**", "", StringComparison.Ordinal)
        where !path.StartsWith("/health", StringComparison.Ordinal) && path != "/metrics/prometheus"
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["get"]
        // Described by GET.
        where method != "HEAD"
        select $"{method.ToLowerInvariant()} {path}";

    public Task<bool> TryFollowAsync() => Market.ChainLoop.RunOnceAsync(default);

    /// <summary>Signs and publishes.</summary>
    public async Task<Signed<TOrder>> PublishAsync<TOrder>(OrderSchema<TOrder> schema, TOrder order, PrivateKey key, FakeHub? hub = null)
        where TOrder : Order
    {
        var chain = (hub ?? Hub).Configuration;
        var signed = schema.Sign(order, key, chain.Domain, Iexec.Ethereum.SystemEntropy.Instance);
        await Client.PublishAsync(chain.ChainId, schema, signed, await Client.AuthorizeAsync(chain.ChainId, key, default), default);
        return signed;
    }

    /// <summary>The order as the gateway has it; null when it does not.</summary>
    public Task<PublishedOrder<TOrder>?> FindAsync<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> order)
        where TOrder : Order =>
        Client.FindOrderAsync(ChainId, schema, schema.Hash(order.Order, Hub.Configuration.Domain), default);

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string pathAndQuery)
    {
        using var response = await Http.GetAsync(new Uri(Origin, pathAndQuery));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
