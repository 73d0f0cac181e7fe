using System.Net;
using Iexec.Testing.Chain;
using Iexec.Testing.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>Who may talk to the node of a running network, and what a second network beside it is told.</summary>
[Collection(RecoveryCollection.Name)]
public sealed class BoundaryTests(ContainerFixture containers) : IAsyncLifetime
{
    private const string Question = """{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}""";
    private readonly NetworkProcess _network = new(containers);

    public Task InitializeAsync() => _network.StartAsync();

    public Task DisposeAsync() => _network.DisposeAsync().AsTask();

    [Fact]
    public async Task Node_answers_programs_and_refuses_web_pages_unknown_names_and_plain_text_and_a_second_network_is_told_whose_ports_it_wants()
    {
        await RefusesStrangersAsync();
        await BusyPortIsNamedWithItsOwnerAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json"));
    }

    private async Task RefusesStrangersAsync()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json; charset=utf-8"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await AskAsync("text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await AskAsync("application/x-www-form-urlencoded"));
        foreach (var origin in new[] { "https://evil.example", "http://localhost:1", "null" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("application/json", ("Origin", origin)));
            Assert.Equal(HttpStatusCode.Forbidden, await GiftAsync(("Origin", origin)));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await GiftAsync(("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(HttpStatusCode.OK, await GiftAsync(("Sec-Fetch-Site", "none")));
        foreach (var host in new[] { "evil.example", "evil.example:8545", "127.0.0.1.evil.example" })
        {
            Assert.Contains(await AskAsync("application/json", ("Host", host)), new[] { HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.MisdirectedRequest });
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json", ("Host", $"localhost:{_network.Ports.Rpc}")));
    }

    private async Task BusyPortIsNamedWithItsOwnerAsync()
    {
        await using var second = new NetworkProcess(containers) { Ports = NetworkProcess.FreePorts() with { Market = _network.Ports.Market } };

        Assert.Equal(1, await second.RunToEndAsync());

        Assert.Contains($"Port {_network.Ports.Market} of the order gateway is taken by dotnet (process {_network.ProcessId})", second.Error, StringComparison.Ordinal);
        Assert.Contains("--market-port", second.Error, StringComparison.Ordinal);
        Assert.Empty(second.Children().Alive);
    }

    private async Task<HttpStatusCode> AskAsync(string contentType, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _network.Url(_network.Ports.Rpc)) { Content = new StringContent(Question) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SendAsync(request, header);
    }

    private async Task<HttpStatusCode> GiftAsync((string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_network.Url(_network.Ports.Rpc), $"/getETH?address={TestAddress.Of(3)}"));
        return await SendAsync(request, header);
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request, (string Name, string Value)? header)
    {
        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _network.Http.Quick.SendAsync(request);
        return response.StatusCode;
    }
}
