using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Scheduler.Compass;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Iexec.Testing.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Tests.Network.Scheduler;

public sealed class CompassTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly PoolChain _chain = new();
    private readonly ManualTime _time = new();
    private WebApplication? _app;
    private CompassClient? _client;

    private ulong Now => (ulong)_time.GetUtcNow().ToUnixTimeSeconds();

    public Task InitializeAsync() => StartAsync([]);

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_owner_says_where_the_pool_answers_and_may_change_it()
    {
        Assert.Null(await FindAsync());
        await RegisterAsync("https://pool.example/", Now);
        Assert.Equal("https://pool.example/", (await FindAsync())!.AbsoluteUri);
        await RegisterAsync("https://new.example/", Now + 1);
        Assert.Equal("https://new.example/", (await FindAsync())!.AbsoluteUri);
        // An old statement cannot be played back.
        await Assert.ThrowsAsync<IexecException>(() => RegisterAsync("https://pool.example/", Now));
        Assert.Equal("https://new.example/", (await FindAsync())!.AbsoluteUri);
    }

    [Fact]
    public async Task Nobody_else_may_and_a_sold_pool_is_its_new_owners()
    {
        await Assert.ThrowsAsync<IexecException>(() =>
            _client!.RegisterWorkerpoolAsync(65535, _chain.Workerpool, new Uri("https://evil.example/"), TestAddress.Key(66), Now, default));
        await Assert.ThrowsAsync<IexecException>(() =>
            _client!.RegisterWorkerpoolAsync(65535, TestAddress.Of(1234), new Uri("https://evil.example/"), TestAddress.Key(66), Now, default));
        await RegisterAsync("https://pool.example/", Now);
        _chain.Hub.TransferAsset(AssetKind.Workerpool, _chain.Workerpool, TestAddress.Of(3));
        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData("http://pool.example/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost:8000/")]
    [InlineData("https://pool.example/path")]
    [InlineData("https://user:pass@pool.example/")]
    [InlineData("ftp://pool.example/")]
    public async Task A_url_that_clients_could_not_use_is_refused(string url)
    {
        var error = await Assert.ThrowsAsync<IexecException>(() => RegisterAsync(url, Now));
        Assert.Contains("apiUrl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_from_the_future_would_lock_the_owner_out() =>
        await Assert.ThrowsAsync<IexecException>(() => RegisterAsync("https://pool.example/", Now + 3600));

    [Fact]
    public async Task Seeds_answer_until_the_owner_does()
    {
        await _app!.DisposeAsync();
        await StartAsync([new CompassSeed(65535, _chain.Workerpool, new Uri("http://127.0.0.1:13000"))]);
        Assert.Equal("http://127.0.0.1:13000/", (await FindAsync())!.AbsoluteUri);
        await RegisterAsync("https://pool.example/", Now);
        Assert.Equal("https://pool.example/", (await FindAsync())!.AbsoluteUri);
    }

    [Fact]
    public async Task The_owner_says_it_by_a_command()
    {
        using var cli = new CliRunner { Network = () => _app!.GetTestServer().CreateHandler(), Time = _time };
        await File.WriteAllTextAsync(cli["chain.json"], "{\"chains\":{\"dev\":{\"id\":\"65535\",\"compass\":\"http://localhost\"}}}");
        await cli.OkAsync("wallet", "import", Hex.Encode(_chain.Owner.ExportSecret()), "--unencrypted");
        var told = await cli.OkAsync("workerpool", "set-api-url", "https://pool.example/", _chain.Workerpool.ToString());
        Assert.Equal($"{{\"ok\":true,\"workerpool\":\"{_chain.Workerpool}\",\"apiUrl\":\"https://pool.example/\"}}", told.ToJsonString());
        Assert.Equal("https://pool.example/", (await FindAsync())!.AbsoluteUri);
        var refused = (await cli.FailAsync("workerpool", "set-api-url", "https://127.0.0.1/", _chain.Workerpool.ToString()))["error"]!;
        Assert.Equal("CompassCallError", (string)refused["name"]!);
    }

    private Task<Uri?> FindAsync() => _client!.FindWorkerpoolAsync(65535, _chain.Workerpool, default);

    private Task RegisterAsync(string url, ulong issuedAt) =>
        _client!.RegisterWorkerpoolAsync(65535, _chain.Workerpool, new Uri(url), _chain.Owner, issuedAt, default);

    private async Task StartAsync(IReadOnlyList<CompassSeed> seeds)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddCompass(new CompassOptions { Hubs = [_chain.Hub], ConnectionString = $"Data Source={_folder.File("compass.db")}", Seeds = seeds });
        _app = builder.Build();
        _app.UseServiceDefaults(new ServiceEndpoint { Port = 0 });
        _app.MapCompass();
        await _app.StartAsync();
        _client = new CompassClient(_app.GetTestClient());
    }
}
