using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Sdk;
using Iexec.Sdk.Orders;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

public sealed class AppRunTests
{
    [Fact]
    public async Task An_app_runs_at_the_markets_price_and_an_own_pool_needs_no_order()
    {
        await using var services = await LocalServices.StartAsync();
        using var owner = await Party.CreateAsync(services, AnvilProcess.Keys[1]);
        using var requester = await Party.CreateAsync(services, AnvilProcess.Keys[2]);
        await services.GiveAsync(requester.Address, 100);
        await owner.Cli.OkAsync("app", "init");
        var app = (string)(await owner.Cli.OkAsync("app", "deploy"))["address"]!;
        var again = (await owner.Cli.FailAsync("app", "deploy"))["error"]!;
        Assert.Equal(("BusinessError", $"App already deployed at address {app}"), ((string)again["name"]!, (string)again["message"]!));
        await requester.Cli.OkAsync("workerpool", "init");
        await requester.Cli.OkAsync("workerpool", "deploy");
        await requester.Cli.OkAsync("account", "deposit", "50");

        var nothing = (await requester.Cli.FailAsync("app", "run", app, "--workerpool", "deployed"))["error"]!;
        Assert.Equal($"No order available for app {app}", (string)nothing["message"]!);

        await owner.Cli.OkAsync("order", "init", "--app");
        owner.Edit("iexec.json", "order.apporder.appprice", "3");
        await owner.Cli.OkAsync("order", "sign", "--app");
        await owner.Cli.OkAsync("order", "publish", "--app");
        var run = await requester.Cli.OkAsync("app", "run", app, "--workerpool", "deployed", "--args", "--help", "--input-files", "https://example.com/a,https://example.com/b");
        var deal = (string)run["deals"]![0]!["dealid"]!;
        var shown = (await requester.Cli.OkAsync("deal", "show", deal))["deal"]!;
        Assert.Equal("3", (string)shown["app"]!["price"]!);
        Assert.Equal("{\"iexec_args\":\"--help\",\"iexec_input_files\":[\"https://example.com/a\",\"https://example.com/b\"]}", (string)shown["params"]!);
        Assert.Equal(("47", "3"), await requester.AccountAsync());
    }

    [Fact]
    public async Task Tags_of_trusted_execution_are_neither_forced_on_an_order_nor_needed_to_find_one()
    {
        await using var services = await LocalServices.StartAsync();
        using var owner = await Party.CreateAsync(services, AnvilProcess.Keys[1]);
        using var requester = await Party.CreateAsync(services, AnvilProcess.Keys[2]);
        await owner.Cli.OkAsync("app", "init");
        await owner.Cli.OkAsync("workerpool", "init");
        var app = (string)(await owner.Cli.OkAsync("app", "deploy"))["address"]!;
        await owner.Cli.OkAsync("workerpool", "deploy");
        await owner.Cli.OkAsync("app", "publish", "--force");
        await owner.Cli.OkAsync("workerpool", "publish", "--force");
        var plain = await DealOf(requester, "app", "run", app);
        Assert.Equal($"0x{new string('0', 64)}", (string)plain["tag"]!);
        await owner.Cli.OkAsync("workerpool", "publish", "--force");
        Assert.Equal("1", (string)(await DealOf(requester, "app", "run", app, "--trust", "1"))["trust"]!);

        // The pool that can do more is the only one now, and the app's order asks for it.
        await owner.Cli.OkAsync("app", "unpublish", "--force");
        await owner.Cli.OkAsync("app", "publish", "--tag", "tee,tdx", "--force");
        await owner.Cli.OkAsync("workerpool", "publish", "--tag", "tee,tdx", "--force");
        var trusted = await DealOf(requester, "app", "run", app, "--skip-preflight-check");
        Assert.Equal($"0x{new string('0', 63)}9", (string)trusted["tag"]!);
    }

    [Fact]
    public async Task An_offer_that_the_book_still_shows_though_it_is_used_up_is_passed_over()
    {
        await using var services = await LocalServices.StartAsync();
        using var owner = await Party.CreateAsync(services, AnvilProcess.Keys[1]);
        using var requester = await Party.CreateAsync(services, AnvilProcess.Keys[2]);
        await services.GiveAsync(owner.Address, 100);
        await services.GiveAsync(requester.Address, 100);
        await owner.Cli.OkAsync("app", "init");
        await owner.Cli.OkAsync("workerpool", "init");
        var app = (string)(await owner.Cli.OkAsync("app", "deploy"))["address"]!;
        await owner.Cli.OkAsync("workerpool", "deploy");
        await owner.Cli.OkAsync("app", "publish", "--force");
        await owner.Cli.OkAsync("account", "deposit", "50");
        await requester.Cli.OkAsync("account", "deposit", "50");
        await owner.Cli.OkAsync("workerpool", "publish", "--price", "2", "--force");
        await owner.Cli.OkAsync("workerpool", "publish", "--price", "3", "--force");
        await owner.Cli.OkAsync("workerpool", "publish", "--price", "4", "--force");
        string? book = null;
        requester.Cli.Network = () => new OldBook(new SocketsHttpHandler(), () => book, text => book ??= text);

        Assert.Equal("2", (string)(await DealOf(requester, "app", "run", app))["workerpool"]!["price"]!);
        Assert.Equal("3", (string)(await DealOf(requester, "app", "run", app))["workerpool"]!["price"]!);

        using var client = IexecClient.FromFile(
            requester.Cli["chain.json"], signer: AnvilProcess.Keys[2], options: new IexecOptions { Handler = requester.Cli.Network!() });
        var bought = await client.Order.BuyAsync(new ExecutionRequest { App = Address.Parse(app) });
        Assert.Equal("4", (string)(await requester.Cli.OkAsync("deal", "show", bought.Id.ToString()))["deal"]!["workerpool"]!["price"]!);
        Assert.StartsWith("No workerpool order available", (string)(await requester.Cli.FailAsync("app", "run", app))["error"]!["message"]!, StringComparison.Ordinal);
    }

    /// <summary>Shows the offers of pools as they were when somebody looked first.</summary>
    private sealed class OldBook(HttpMessageHandler inner, Func<string?> read, Action<string> write) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var reply = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath == "/workerpoolorders")
            {
                write(await reply.Content.ReadAsStringAsync(cancellationToken));
                reply.Content = new StringContent(read()!, System.Text.Encoding.UTF8, "application/json");
            }

            return reply;
        }
    }

    private static async Task<JsonNode> DealOf(Party party, params string[] command)
    {
        var made = await party.Cli.OkAsync(command);
        return (await party.Cli.OkAsync("deal", "show", (string)made["deals"]![0]!["dealid"]!))["deal"]!;
    }

    [Fact]
    public async Task A_cancelled_order_cannot_be_filled_and_an_unpublished_one_is_out_of_the_book()
    {
        await using var services = await LocalServices.StartAsync();
        using var owner = await Party.CreateAsync(services, AnvilProcess.Keys[1]);
        await owner.Cli.OkAsync("app", "init");
        var app = (string)(await owner.Cli.OkAsync("app", "deploy"))["address"]!;
        await owner.Cli.OkAsync("order", "init", "--app");
        await owner.Cli.OkAsync("order", "sign", "--app");
        var hash = (string)(await owner.Cli.OkAsync("order", "publish", "--app"))["apporder"]!["orderHash"]!;
        Assert.Equal(hash, (string)(await owner.Cli.OkAsync("order", "unpublish", "--app", hash))["apporder"]!["orderHash"]!);
        Assert.Equal(0, (long)(await owner.Cli.OkAsync("orderbook", "app", app))["count"]!);
        await owner.Cli.FailAsync("order", "cancel", "--app");
        await owner.Cli.OkAsync("order", "cancel", "--app", "--force", "--confirms", "1");
        Assert.Contains("already cancelled", (string)(await owner.Cli.FailAsync("order", "cancel", "--app", "--force"))["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_signed_and_partial_failures_are_told()
    {
        await using var services = await LocalServices.StartAsync();
        using var owner = await Party.CreateAsync(services, AnvilProcess.Keys[1]);
        using var stranger = await Party.CreateAsync(services, AnvilProcess.Keys[2]);
        await owner.Cli.OkAsync("app", "init");
        var app = (string)(await owner.Cli.OkAsync("app", "deploy"))["address"]!;
        await stranger.Cli.OkAsync("order", "init");
        stranger.Edit("iexec.json", "order.apporder.app", app);
        stranger.Edit("iexec.json", "order.requestorder.app", app);
        var refused = (await stranger.Cli.FailAsync("order", "sign", "--app"))["error"]!;
        Assert.StartsWith("Invalid order signer, must be the resource owner", (string)refused["message"]!, StringComparison.Ordinal);
        var partly = await stranger.Cli.FailAsync("order", "sign", "--app", "--request");
        Assert.NotNull(partly["requestorder"]!["sign"]);
        Assert.StartsWith("apporder: Invalid order signer", (string)partly["fail"]![0]!, StringComparison.Ordinal);
    }
}
