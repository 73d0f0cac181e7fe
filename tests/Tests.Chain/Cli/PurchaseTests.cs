using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

/// <summary>What a requester does with an app and a pool of somebody else.</summary>
public sealed class PurchaseTests : IAsyncLifetime
{
    private LocalServices _services = null!;
    private Party _seller = null!;
    private Party _buyer = null!;
    private string _app = "";
    private string _appOrder = "";
    private string _poolOrder = "";

    public async Task InitializeAsync()
    {
        _services = await LocalServices.StartAsync();
        _seller = await Party.CreateAsync(_services, AnvilProcess.Keys[1]);
        _buyer = await Party.CreateAsync(_services, AnvilProcess.Keys[2]);
        await _services.GiveAsync(_seller.Address, 100);
        await _services.GiveAsync(_buyer.Address, 100);
        await _seller.Cli.OkAsync("app", "init");
        _app = (string)(await _seller.Cli.OkAsync("app", "deploy"))["address"]!;
        await _seller.Cli.OkAsync("workerpool", "init");
        await _seller.Cli.OkAsync("workerpool", "deploy");
        await _seller.Cli.OkAsync("account", "deposit", "100");
        await _buyer.Cli.OkAsync("account", "deposit", "50");
        _appOrder = (string)(await _seller.Cli.OkAsync("app", "publish", "--price", "2", "--force"))["orderHash"]!;
        _poolOrder = (string)(await _seller.Cli.OkAsync("workerpool", "publish", "--price", "3", "--volume", "3", "--force"))["orderHash"]!;
    }

    [Fact]
    public async Task A_pools_order_is_filled_by_its_short_id_as_in_version_2()
    {
        var shown = await _buyer.Cli.OkAsync("orderbook", "show", "--category", "1");
        var offer = shown["orders"]![0]!;
        Assert.Equal(("3", "1"), ((string)offer["price"]!, (string)offer["category"]!));
        Assert.Matches(@" \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \((now|\d+ seconds? ago)\)", (await _buyer.Cli.RunAsync("orderbook", "show")).Out);
        Assert.Equal(0, (long)(await _buyer.Cli.OkAsync("orderbook", "show", "--category", "2"))["count"]!);
        await _buyer.Cli.FailAsync("orderbook", "show", "--category", "0");
        var id = (string)offer["id"]!;
        Assert.StartsWith(id, _poolOrder[2..], StringComparison.Ordinal);

        var early = (await _buyer.Cli.FailAsync("order", "fill", id))["error"]!;
        Assert.Equal("Run \"iexec order init --buy\", then set its app in iexec.json.", (string)early["hint"]!);
        Assert.Equal(["app", "dataset", "params"], (await _buyer.Cli.OkAsync("order", "init", "--buy"))["buy"]!.AsObject().Select(member => member.Key));
        _buyer.Edit("iexec.json", "order.buy.app", _app);
        _buyer.Edit("iexec.json", "order.buy.params.cmdline", "--help me");
        var refused = (await _buyer.Cli.FailAsync("order", "fill", "12"))["error"]!;
        Assert.Equal("12 is not an order id", (string)refused["message"]!);
        var other = id[0] == 'f' ? "0000" : "ffff";
        Assert.StartsWith("No open workerpool order", (string)(await _buyer.Cli.FailAsync("order", "fill", other))["error"]!["message"]!, StringComparison.Ordinal);
        await _buyer.Cli.FailAsync("order", "fill", id, "--app", _appOrder);

        var planned = await _buyer.Cli.OkAsync("order", "fill", id, "--dry-run");
        Assert.Equal("5", (string)planned["estimate"]!["total"]!);
        Assert.Equal(("50", "0"), await _buyer.AccountAsync());
        var filled = await _buyer.Cli.OkAsync("order", "fill", id);
        Assert.Equal(["ok", "dealid", "volume", "txHash", "taskid"], filled.Select(member => member.Key));
        var deal = (await _buyer.Cli.OkAsync("deal", "show", (string)filled["dealid"]!))["deal"]!;
        Assert.Equal("{\"iexec_args\":\"--help me\"}", (string)deal["params"]!);
        Assert.Equal((string)filled["taskid"]!, (string)deal["tasks"]![0]!);
        Assert.Equal("UNSET", (string)(await _buyer.Cli.OkAsync("work", "show", (string)filled["taskid"]!))["task"]!["statusName"]!);
        Assert.Equal(("45", "5"), await _buyer.AccountAsync());
    }

    [Fact]
    public async Task Hashes_and_params_are_enough_and_need_three_round_trips()
    {
        string[] fill = ["order", "fill", "--app", _appOrder, "--workerpool", _poolOrder, "--params", "{\"iexec_args\":\"x\"}"];
        await _buyer.Cli.FailAsync([.. fill, "--request", _appOrder]);
        var deal = (string)(await _buyer.Cli.OkAsync(fill))["dealid"]!;
        Assert.False(File.Exists(_buyer.Cli["orders.json"]));
        Assert.Equal("{\"iexec_args\":\"x\"}", (string)(await _buyer.Cli.OkAsync("deal", "show", deal))["deal"]!["params"]!);
        Assert.InRange(await CountAsync(fill), 1, 3);
    }

    [Fact]
    public async Task Orders_of_the_project_need_three_round_trips_with_nothing_remembered()
    {
        await _buyer.Cli.OkAsync("order", "init", "--request");
        _buyer.Edit("iexec.json", "order.requestorder.app", _app);
        _buyer.Edit("iexec.json", "order.requestorder.appmaxprice", "2");
        _buyer.Edit("iexec.json", "order.requestorder.workerpoolmaxprice", "3");
        await _buyer.Cli.OkAsync("order", "sign", "--request");
        File.WriteAllText(_buyer.Cli["orders.json"], Merged(File.ReadAllText(_buyer.Cli["orders.json"]), await SellersOrdersAsync()));
        Assert.InRange(await CountAsync("order", "fill"), 1, 3);
    }

    [Fact]
    public async Task Running_an_app_at_the_markets_price_needs_four_round_trips()
    {
        await _buyer.Cli.OkAsync("app", "run", _app);
        Assert.InRange(await CountAsync("app", "run", _app, "--args", "again"), 1, 4);
    }

    [Fact]
    public async Task Nothing_that_matches_is_explained_by_the_nearest_misses()
    {
        var trusting = (await _buyer.Cli.FailAsync("app", "run", _app, "--trust", "5", "--category", "1"))["error"]!;
        Assert.StartsWith("No workerpool order available for category 1, trust 5", (string)trusting["message"]!, StringComparison.Ordinal);
        var hint = (string)trusting["hint"]!;
        Assert.Contains($"{_poolOrder} at 3 nRLC: category mismatch between requestorder (1) and workerpoolorder (0); workerpoolorder trust is too low (expected 5, got 0)", hint, StringComparison.Ordinal);

        await _seller.Cli.OkAsync("app", "unpublish", "--force");
        var restricted = (string)(await _seller.Cli.OkAsync("app", "publish", "--requester-restrict", _seller.Address.ToString(), "--force"))["orderHash"]!;
        var excluded = (await _buyer.Cli.FailAsync("app", "run", _app))["error"]!;
        Assert.Contains($"{restricted} at 0 nRLC: apporder is restricted to requester {_seller.Address}, which {_buyer.Address} is not", (string)excluded["hint"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_estimate_tells_prices_stakes_and_gas_and_sends_nothing()
    {
        var before = await _services.Chain.Eth.GetBlockNumberAsync(CancellationToken.None);
        var estimate = (await _buyer.Cli.OkAsync("estimate", _app))["estimate"]!;
        Assert.Equal(("1", "5", "2", "3"), ((string)estimate["volume"]!, (string)estimate["total"]!, (string)estimate["appprice"]!, (string)estimate["workerpoolprice"]!));
        Assert.Equal(("50", "0", "100"), ((string)estimate["requesterStake"]!, (string)estimate["workerpoolStakeRequired"]!, (string)estimate["workerpoolStake"]!));
        Assert.InRange(ulong.Parse((string)estimate["gas"]!, System.Globalization.CultureInfo.InvariantCulture), 100_000ul, 1_000_000ul);
        Assert.True((bool)(await _buyer.Cli.OkAsync("app", "run", _app, "--dry-run"))["dryRun"]!);
        Assert.Equal(before, await _services.Chain.Eth.GetBlockNumberAsync(CancellationToken.None));
        await _buyer.Cli.OkAsync("account", "withdraw", "46");
        Assert.Contains("Cost per task (5) is greater", (string)(await _buyer.Cli.FailAsync("estimate", _app))["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reduced_volume_is_told_before_and_a_cancellation_can_be_tried()
    {
        await _buyer.Cli.OkAsync("order", "init", "--request");
        _buyer.Edit("iexec.json", "order.requestorder.app", _app);
        _buyer.Edit("iexec.json", "order.requestorder.appmaxprice", "2");
        _buyer.Edit("iexec.json", "order.requestorder.workerpoolmaxprice", "3");
        _buyer.Edit("iexec.json", "order.requestorder.volume", "5");
        await _buyer.Cli.OkAsync("order", "sign", "--request");
        var filled = await _buyer.Cli.RunAsync("order", "fill", "--app", _appOrder, "--workerpool", _poolOrder);
        Assert.Equal(0, filled.ExitCode);
        Assert.Contains("Only 3 of the 5 tasks of the request can be bought", filled.Error, StringComparison.Ordinal);
        Assert.Contains("3 tasks successfully purchased", filled.Out, StringComparison.Ordinal);
        var planned = await _buyer.Cli.OkAsync("order", "cancel", "--request", "--dry-run");
        Assert.Equal("cancel the requestorder", (string)planned["transactions"]![0]!["purpose"]!);
        await _buyer.Cli.OkAsync("order", "cancel", "--request", "--force");
    }

    [Fact]
    public async Task A_stake_that_does_not_suffice_is_told_with_both_amounts()
    {
        await _buyer.Cli.OkAsync("order", "init", "--request");
        _buyer.Edit("iexec.json", "order.requestorder.app", _app);
        _buyer.Edit("iexec.json", "order.requestorder.appmaxprice", "2");
        _buyer.Edit("iexec.json", "order.requestorder.workerpoolmaxprice", "10");
        _buyer.Edit("iexec.json", "order.requestorder.volume", "3");
        await _buyer.Cli.OkAsync("order", "sign", "--request");
        File.WriteAllText(_buyer.Cli["orders.json"], Merged(File.ReadAllText(_buyer.Cli["orders.json"]), await SellersOrdersAsync("10")));

        await _buyer.Cli.OkAsync("account", "withdraw", "20");
        Assert.Equal("Total cost for 3 tasks (36) is greater than requester account stake (30). Orders can't be matched.", await RefusalAsync());
        await _buyer.Cli.OkAsync("account", "deposit", "6");
        await _seller.Cli.OkAsync("account", "withdraw", "92");
        Assert.Equal("workerpool required stake (9) is greater than workerpool owner's account stake (8). Orders can't be matched.", await RefusalAsync());
        await _seller.Cli.OkAsync("account", "deposit", "1");
        Assert.Equal("3", (string)(await _buyer.Cli.OkAsync("order", "fill"))["volume"]!);

        async Task<string> RefusalAsync() => (string)(await _buyer.Cli.FailAsync("order", "fill"))["error"]!["message"]!;
    }

    public async Task DisposeAsync()
    {
        _buyer.Dispose();
        _seller.Dispose();
        await _services.DisposeAsync();
    }

    private async Task<int> CountAsync(params string[] command)
    {
        RoundTrips? trips = null;
        _buyer.Cli.Network = () => trips = new RoundTrips();
        await _buyer.Cli.OkAsync(command);
        return trips!.BeforeTransaction;
    }

    private async Task<string> SellersOrdersAsync(string poolPrice = "3")
    {
        await _seller.Cli.OkAsync("order", "init", "--app", "--workerpool");
        _seller.Edit("iexec.json", "order.apporder.appprice", "2");
        _seller.Edit("iexec.json", "order.workerpoolorder.workerpoolprice", poolPrice);
        _seller.Edit("iexec.json", "order.workerpoolorder.volume", "3");
        await _seller.Cli.OkAsync("order", "sign", "--app", "--workerpool");
        return File.ReadAllText(_seller.Cli["orders.json"]);
    }

    private static string Merged(string mine, string theirs)
    {
        var all = System.Text.Json.Nodes.JsonNode.Parse(mine)!.AsObject();
        foreach (var (chain, orders) in System.Text.Json.Nodes.JsonNode.Parse(theirs)!.AsObject())
        {
            foreach (var (kind, order) in orders!.AsObject())
            {
                all[chain]![kind] = order!.DeepClone();
            }
        }

        return all.ToJsonString();
    }
}
