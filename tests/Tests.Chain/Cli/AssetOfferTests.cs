using Iexec.Ethereum;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

/// <summary>What the owner of an asset does with it besides registering it.</summary>
public sealed class AssetOfferTests : IAsyncLifetime
{
    private LocalServices _services = null!;
    private Party _owner = null!;

    public async Task InitializeAsync()
    {
        _services = await LocalServices.StartAsync();
        _owner = await Party.CreateAsync(_services, AnvilProcess.Keys[1]);
        await _services.GiveAsync(_owner.Address, 10_000_000_000);
    }

    [Theory]
    [InlineData("app", "appOrders", 1_000_000, "--dataset-restrict")]
    [InlineData("dataset", "datasetOrders", 1_000_000, "--app-restrict")]
    [InlineData("workerpool", "workerpoolOrders", 1, "--app-restrict")]
    public async Task An_offer_is_published_and_taken_back(string kind, string orders, int volume, string restriction)
    {
        var asset = await DeployAsync(kind);
        await _owner.Cli.OkAsync("account", "deposit", "100");
        var unasked = (await _owner.Cli.FailAsync(kind, "publish"))["error"]!;
        Assert.StartsWith($"Not confirmed: Offer {volume} tasks with {kind} {asset} for 0 nRLC (0 RLC) each", (string)unasked["message"]!, StringComparison.Ordinal);

        var published = await _owner.Cli.OkAsync(kind, "publish", "--force");
        Assert.Equal(["ok", "orderHash"], published.Select(member => member.Key));
        var dear = (string)(await _owner.Cli.OkAsync(kind, "publish", asset, "--price", "0.000000005", "RLC", "--volume", "3", "--tag", "gpu", "--force"))["orderHash"]!;
        var book = await _owner.Cli.OkAsync("orderbook", kind, asset);
        Assert.Equal(2, (long)book["count"]!);
        Assert.Equal(volume, (int)book[orders]![0]!["remaining"]!);
        Assert.Equal(5, (int)book[orders]![1]!["price"]!);
        Assert.Equal(2, (long)(await _owner.Cli.OkAsync("orderbook", kind, "any"))["count"]!);
        Assert.Equal(2, (long)(await _owner.Cli.OkAsync("orderbook", kind, "--owner", _owner.Address.ToString()))["count"]!);
        Assert.Equal(0, (long)(await _owner.Cli.OkAsync("orderbook", kind, asset, "--owner", Address.Zero.ToString()))["count"]!);
        await _owner.Cli.OkAsync(kind, "publish", restriction, _owner.Address.ToString(), "--force", "--price", "9 nRLC");

        Assert.StartsWith("0x", (string)(await _owner.Cli.OkAsync(kind, "unpublish", "--force"))["unpublished"]!, StringComparison.Ordinal);
        var rest = (await _owner.Cli.OkAsync(kind, "unpublish", asset, "--all", "--force"))["unpublished"]!.AsArray().Select(hash => (string)hash!);
        Assert.Equal(new[] { (string)published["orderHash"]!, dear }.Order(), rest.Order());
        Assert.Equal(0, (long)(await _owner.Cli.OkAsync("orderbook", kind, asset))["count"]!);
    }

    [Fact]
    public async Task Only_the_owner_offers_and_gives_away_and_afterwards_it_is_the_receivers()
    {
        var app = await DeployAsync("app");
        using var friend = await Party.CreateAsync(_services, AnvilProcess.Keys[2]);
        var to = friend.Address.ToString();
        Assert.StartsWith("Invalid order signer, must be the resource owner", (string)(await friend.Cli.FailAsync("app", "publish", app, "--force"))["error"]!["message"]!, StringComparison.Ordinal);
        Assert.StartsWith("Only the owner", (string)(await friend.Cli.FailAsync("app", "transfer", app, "--to", to, "--force"))["error"]!["message"]!, StringComparison.Ordinal);
        await _owner.Cli.FailAsync("app", "transfer", app, "--to", to);
        await _owner.Cli.FailAsync("app", "transfer", app, "--to", Address.Zero.ToString(), "--force");
        Assert.True((bool)(await _owner.Cli.OkAsync("app", "transfer", app, "--to", to, "--dry-run"))["dryRun"]!);

        var given = await _owner.Cli.OkAsync("app", "transfer", app, "--to", to, "--force");
        Assert.Equal(["ok", "address", "to", "txHash"], given.Select(member => member.Key));
        Assert.Equal(to, (string)(await _owner.Cli.OkAsync("app", "show", app))["app"]!["owner"]!);
        Assert.Equal("1", (string)(await friend.Cli.OkAsync("app", "count"))["count"]!);
        await friend.Cli.OkAsync("app", "publish", app, "--force");
    }

    [Fact]
    public async Task A_request_is_published_with_the_highest_prices_and_params_of_its_options()
    {
        var app = await DeployAsync("app");
        await _owner.Cli.OkAsync("app", "publish", "--price", "3", "--force");
        string[] command =
        [
            "app", "request-execution", app, "--app-price", "3", "--workerpool-price", "1", "RLC", "--volume", "4", "--category", "2", "--args", "do it",
            "--force",
        ];
        var poor = (await _owner.Cli.FailAsync(command))["error"]!;
        Assert.Equal("API error: requester stake is too low to cover requestorder payment, minimum stake required is 4000000012 nRLC", (string)poor["message"]!);
        await _owner.Cli.OkAsync("account", "deposit", "9", "RLC");
        var hash = (string)(await _owner.Cli.OkAsync(command))["orderHash"]!;
        var order = (await _owner.Cli.OkAsync("order", "show", "--request", hash))["requestorder"]!["order"]!;
        Assert.Equal("{\"iexec_args\":\"do it\"}", (string)order["params"]!);
        Assert.Equal(("3", "1000000000", "4", "2"), (order["appmaxprice"]!.ToString(), order["workerpoolmaxprice"]!.ToString(), order["volume"]!.ToString(), order["category"]!.ToString()));
        Assert.Equal(_owner.Address.ToString(), (string)order["beneficiary"]!);

        var noTee = (await _owner.Cli.FailAsync([.. command, "--secret", "1=token"]))["error"]!;
        Assert.Equal("iexec_secrets is not supported for non TEE tasks", (string)noTee["message"]!);
        var noSms = (await _owner.Cli.FailAsync([.. command, "--encrypt-result"]))["error"]!;
        Assert.Equal($"Missing sms in \"chain.json\" for chain {_services.Settings.Id}", (string)noSms["message"]!);
        await _owner.Cli.OkAsync([.. command, "--encrypt-result", "--skip-preflight-check"]);
        await _owner.Cli.FailAsync("app", "request-execution", Address.Parse("0x01".PadRight(42, '0')).ToString(), "--force");
    }

    [Fact]
    public async Task The_hubs_owner_creates_categories_that_everybody_sees()
    {
        using var hubOwner = await Party.CreateAsync(_services, AnvilProcess.Keys[0]);
        Assert.Equal("100", (string)(await hubOwner.Cli.OkAsync("category", "init"))["category"]!["workClockTimeRef"]!);
        hubOwner.Edit("iexec.json", "category.workClockTimeRef", 250);
        var count = (string)(await _owner.Cli.OkAsync("category", "count"))["count"]!;
        var created = await hubOwner.Cli.OkAsync("category", "create");
        Assert.Equal(["ok", "catid", "txHash"], created.Select(member => member.Key));
        Assert.Equal(count, (string)created["catid"]!);
        var shown = await _owner.Cli.OkAsync("category", "show", count);
        Assert.Equal("{\"name\":\"XXL\",\"description\":\"new hub category\",\"workClockTimeRef\":\"250\"}", shown["category"]!.ToJsonString());

        await _owner.Cli.OkAsync("category", "init");
        Assert.StartsWith("Only the hub's owner", (string)(await _owner.Cli.FailAsync("category", "create"))["error"]!["message"]!, StringComparison.Ordinal);
        Assert.StartsWith("No category found for id 99", (string)(await _owner.Cli.FailAsync("category", "show", "99"))["error"]!["message"]!, StringComparison.Ordinal);
        await _owner.Cli.FailAsync("category", "show", "-1");
    }

    private async Task<string> DeployAsync(string kind)
    {
        await _owner.Cli.OkAsync(kind, "init");
        Assert.True((bool)(await _owner.Cli.OkAsync(kind, "deploy", "--dry-run"))["dryRun"]!);
        return (string)(await _owner.Cli.OkAsync(kind, "deploy"))["address"]!;
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        await _services.DisposeAsync();
    }
}
