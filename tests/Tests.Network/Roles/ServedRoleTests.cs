using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Iexec.Ethereum;
using Iexec.Host.Serve;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;
using Iexec.Sdk.Wire.Market;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;

namespace Tests.Network.Roles;

/// <summary>Roles that run alone, over a real chain.</summary>
public sealed class ServedRoleTests(RoleChain chain) : IClassFixture<RoleChain>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_gateway_alone_takes_an_order_and_lists_it()
    {
        await chain.SendAsync(RoleChain.PoolOwner, chain.Chain.Calls.CreateApp(RoleChain.PoolOwner.Address, "app", "DOCKER", [1], default, []));
        var app = (await chain.Chain.Hub.GetAssetByIndexAsync(AssetKind.App, RoleChain.PoolOwner.Address, 0, None))!.Value;
        await using var role = await chain.OpenAsync();
        await role.StartMarketAsync(None);
        using var http = new HttpClient();
        var market = new MarketClient(http, role.Url!);

        var order = OrderSchemas.App.Sign(new AppOrder { App = app, AppPrice = 5, Volume = 3 }, RoleChain.PoolOwner, chain.Chain.Hub.Configuration.Domain, SystemEntropy.Instance);
        await market.PublishAsync(chain.Settings.Id, OrderSchemas.App, order, await market.AuthorizeAsync(chain.Settings.Id, RoleChain.PoolOwner, None), None);

        var listed = await market.ListAsync(chain.Settings.Id, new AppOrderQuery { App = app }, None);
        Assert.Equal((UInt256)5, Assert.Single(listed.Items).Order.Order.AppPrice);
    }

    [Fact]
    public async Task Gateway_and_result_proxy_answer_at_one_port()
    {
        await using var role = await chain.OpenAsync();
        await role.StartStorageAsync(allowUploads: false, None);
        using var http = new HttpClient { BaseAddress = role.Url };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG")).StatusCode);
        using var bad = new StringContent("{}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync("/v1/results/token", bad)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_scheduler_makes_itself_known_to_the_compass_and_a_worker_without_gas_is_told_what_to_do()
    {
        await using var compass = await chain.OpenAsync();
        await compass.StartCompassAsync(None);
        await using var scheduler = await chain.OpenAsync();
        await scheduler.StartSchedulerAsync(
            new SchedulerServeOptions(chain.Workerpool, chain.Owner) { ResultProxy = new Uri("http://127.0.0.1:1"), Compass = compass.Url, MaximumHeadAge = null }, None);

        using var http = new HttpClient { BaseAddress = compass.Url };
        var client = new CompassClient(http);
        Uri? found;
        while ((found = await client.FindWorkerpoolAsync(chain.Settings.Id, chain.Workerpool, None)) is null)
        {
            // The registration goes on beside the start.
            await Task.Yield();
        }

        Assert.Equal(scheduler.Url, found);
        using var pool = new HttpClient { BaseAddress = found };
        Assert.Equal(chain.Workerpool, (await new SchedulerClient(pool).GetConfigurationAsync(None)).WorkerPoolAddress);

        var error = (await chain.Cli.FailAsync(
            "worker", "start", "--pool", found.AbsoluteUri, "--keystore", chain.Pauper.Keystore, "--password-file", chain.Pauper.PasswordFile, "--state", chain.PathOf("worker")))["error"]!;
        Assert.Equal("BusinessError", (string)error["name"]!);
        Assert.Contains("has 0 ether", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Contains("Send ether of chain", (string)error["hint"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_is_spoken_on_any_address_with_a_certificate_of_files()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=compass.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        var listen = new ListenOptions
        {
            Address = IPAddress.Any,
            Port = 0,
            Certificate = chain.WriteSecret("certificate.pem", certificate.ExportCertificatePem()),
            CertificateKey = chain.WriteSecret("certificate.key", key.ExportPkcs8PrivateKeyPem()),
        };
        await using var role = await chain.OpenAsync(listen);
        await role.StartCompassAsync(None);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, seen, _, _) => seen!.GetCertHashString() == certificate.Thumbprint },
        };
        using var http = new HttpClient(handler);

        using var response = await http.GetAsync(new Uri($"https://127.0.0.1:{role.Url!.Port}/health/live"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        File.SetUnixFileMode(listen.CertificateKey, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var error = await Assert.ThrowsAsync<IexecException>(() => chain.OpenAsync(listen));
        Assert.StartsWith("Run: chmod 600", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    public async Task The_forwarded_address_is_believed_only_from_the_named_proxy(string proxy, bool believed)
    {
        await using var role = await chain.OpenAsync(new ListenOptions { Port = 0, BehindProxy = [IPAddress.Parse(proxy)] });
        await role.StartMarketAsync(None);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(role.Url!, "/version"));
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");

        using var response = await http.SendAsync(request);

        // A client on loopback is not counted; the stranger behind the proxy is.
        Assert.Equal(believed, response.Headers.Contains("X-RateLimit-Limit"));
    }

    [Fact]
    public async Task A_state_folder_has_one_process_and_a_port_one_owner_until_the_role_has_ended()
    {
        var state = chain.PathOf("shared");
        int port;
        await using (var first = await chain.OpenAsync(state: state))
        {
            await first.StartMarketAsync(None);
            port = first.Url!.Port;
            await using var second = await chain.OpenAsync(state: state);
            Assert.Contains("works in", (await Assert.ThrowsAsync<IexecException>(() => second.StartMarketAsync(None))).Message, StringComparison.Ordinal);
            await using var third = await chain.OpenAsync(new ListenOptions { Port = port });
            Assert.Contains($"Port {port}", (await Assert.ThrowsAsync<IexecException>(() => third.StartMarketAsync(None))).Message, StringComparison.Ordinal);
        }

        await using var again = await chain.OpenAsync(new ListenOptions { Port = port }, state);
        await again.StartMarketAsync(None);
        Assert.Equal(port, again.Url!.Port);
    }

    [Fact]
    public async Task A_role_runs_until_it_is_asked_to_end()
    {
        await using var role = await chain.OpenAsync();
        await role.StartCompassAsync(None);
        using var ending = new CancellationTokenSource();
        var running = role.RunAsync(ending.Token);
        Assert.False(running.IsCompleted);
        await ending.CancelAsync();
        await running;
    }
}
