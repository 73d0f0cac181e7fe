using System.Net;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Host.Chain;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Roles;

/// <summary>The faucet of the development chain says what it gave, and that it did not.</summary>
public sealed class FaucetTests : IAsyncLifetime
{
    private static readonly Address Anybody = TestAddress.Of(40);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private LocalChain _chain = null!;
    private Faucet _faucet = null!;
    private IHub _hub = null!;
    private Microsoft.AspNetCore.Builder.WebApplication _node = null!;

    public async Task InitializeAsync()
    {
        var options = new NetworkOptions { StateFolder = _folder.Path, ProductFolder = Repository.Root, Ports = RoleTable.Node.Port!.Set(new NetworkPorts(), 0), BlockTimeSeconds = 0 };
        _chain = await LocalChain.StartAsync(options, _http, SystemEntropy.Instance, TimeProvider.System, CancellationToken.None);
        await _chain.StartMiningAsync(0, CancellationToken.None);
        _faucet = new Faucet(_chain, LocalChain.DevelopmentOwner());
        _hub = await JsonRpcHub.ConnectAsync(_chain.Eth, _chain.Deployment.Configuration.Hub, CancellationToken.None);
        _node = new NetworkRoles(options, _hub, _chain.Eth, _http, SystemEntropy.Instance, TimeProvider.System).Node(_chain, _faucet);
        await _node.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _node.StopAsync();
        await _node.DisposeAsync();
        _faucet.Dispose();
        await _chain.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_it_says_is_what_the_wallet_has()
    {
        Assert.Equal((HttpStatusCode.OK, true, $"200 RLC for {Anybody}"), await AskAsync($"/getRLC?address={Anybody}"));
        Assert.Equal((UInt256)200_000_000_000, await _hub.GetTokenBalanceAsync(Anybody, CancellationToken.None));
        Assert.Equal((HttpStatusCode.OK, true, $"1 ether for {Anybody}"), await AskAsync($"/getETH?address={Anybody}"));
        Assert.Equal((HttpStatusCode.OK, true, $"{Anybody} has 1 ether already"), await AskAsync($"/getETH?address={Anybody}"));
        Assert.Equal(LocalChain.Ether(1), await _chain.Eth.GetBalanceAsync(Anybody, CancellationToken.None));
    }

    [Theory]
    [InlineData("", "address is a required field")]
    [InlineData("?address=", "address is a required field")]
    [InlineData("?address=0x12", "0x12 is not a valid ethereum address")]
    [InlineData("?address=0x0000000000000000000000000000000000000000", "Nobody owns 0x0000000000000000000000000000000000000000")]
    public async Task Who_is_nobody_gets_nothing(string query, string message)
    {
        foreach (var path in (string[])["/getRLC", "/getETH"])
        {
            Assert.Equal((HttpStatusCode.BadRequest, false, message), await AskAsync(path + query));
        }
    }

    [Fact]
    public async Task What_the_token_refuses_or_the_chain_has_not_mined_was_not_given()
    {
        var everything = await _hub.GetTokenBalanceAsync(LocalChain.DevelopmentOwner().Address, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<IexecException>(
            () => _faucet.GiveRlcAndWaitAsync(Anybody, everything + UInt256.One, TimeProvider.System, CancellationToken.None));
        Assert.Equal(ErrorCode.BusinessError, refusal.Code);

        await _chain.Admin.SetAutomineAsync(false, CancellationToken.None);
        var time = new ManualTime();
        var given = _faucet.GiveRlcAndWaitAsync(Anybody, UInt256.One, time, CancellationToken.None);
        while (!given.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False(await given);
        await _chain.StartMiningAsync(0, CancellationToken.None);
        Assert.Equal(UInt256.One, await _hub.GetTokenBalanceAsync(Anybody, CancellationToken.None));
    }

    private async Task<(HttpStatusCode Status, bool IsGiven, string? Message)> AskAsync(string path)
    {
        using var reply = await _http.GetAsync(new Uri(new Uri(_node.Urls.Single()), path));
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        return (reply.StatusCode, json.RootElement.GetProperty("ok").GetBoolean(), json.RootElement.GetProperty("message").GetString());
    }
}
