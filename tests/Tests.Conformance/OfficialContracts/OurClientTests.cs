using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Sdk.Project;
using Iexec.Testing;
using Iexec.Testing.Cli;
using Iexec.Testing.Official;
using Xunit;

namespace Tests.Conformance.OfficialContracts;

/// <summary>The other way: our command line against the official contracts, with nothing but a node.</summary>
public sealed class OurClientTests : IAsyncLifetime, IDisposable
{
    private readonly CliRunner _cli = new() { Network = static () => new SocketsHttpHandler() };
    private OfficialNode? _node;

    public async Task InitializeAsync()
    {
        if (!OfficialPackage.IsInstalled)
        {
            return;
        }

        _node = await OfficialNode.StartAsync();
        var chain = new JsonObject { ["id"] = $"{OfficialNode.ChainId}", ["host"] = _node.Url.ToString(), ["hub"] = _node.Hub.ToString() };
        new JsonFile(_cli["chain.json"]).Write(new JsonObject { ["default"] = "dev", ["chains"] = new JsonObject { ["dev"] = chain } });
        await _cli.OkAsync("wallet", "import", Hex.Encode(OfficialNode.Owner.ExportSecret()), "--unencrypted");
        await _cli.OkAsync("init");
    }

    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    public void Dispose() => _cli.Dispose();

    [OfficialFact]
    public async Task Assets_are_deployed_orders_signed_and_matched_and_the_deal_is_shown_and_claimed()
    {
        var info = await DoAsync("info");
        Assert.Equal(66 - 24, ((string)info["rlcAddress"]!).Length);
        await DoAsync("account deposit 1000");
        Assert.Equal("1000", (string)(await DoAsync("account show"))["balance"]!["stake"]!);
        var addresses = new Dictionary<string, string>();
        foreach (var kind in (string[])["app", "dataset", "workerpool"])
        {
            await DoAsync($"{kind} init");
            addresses[kind] = (string)(await DoAsync($"{kind} deploy"))["address"]!;
            Assert.Equal(OfficialNode.Owner.Address.ToString(), (string)(await DoAsync($"{kind} show"))[kind]!["owner"]!);
            Assert.Equal("1", (string)(await DoAsync($"{kind} count"))["count"]!);
        }

        Edit(("category", new JsonObject { ["name"] = "blink", ["description"] = "one second", ["workClockTimeRef"] = "1" }));
        Assert.Equal("5", (string)(await DoAsync("category create"))["catid"]!);
        await DoAsync("order init");
        Edit(
            ("order.requestorder.app", addresses["app"]), ("order.requestorder.dataset", addresses["dataset"]), ("order.requestorder.workerpoolmaxprice", "10"),
            ("order.workerpoolorder.workerpoolprice", "10"), ("order.workerpoolorder.category", "5"), ("order.requestorder.category", "5"));
        await DoAsync("order sign --skip-preflight-check");
        var filled = await DoAsync("order fill --force --skip-preflight-check");
        Assert.Equal("1", (string)filled["volume"]!);

        var deal = (await DoAsync($"deal show {filled["dealid"]}"))["deal"]!;
        Assert.Equal((addresses["app"], "10"), ((string)deal["app"]!["pointer"]!, (string)deal["workerpool"]!["price"]!));
        Assert.Equal("13", (string)(await DoAsync("account show"))["balance"]!["locked"]!);
        await _node!.PassAsync(TimeSpan.FromSeconds(11));
        var claimed = await DoAsync($"deal claim {filled["dealid"]}");
        Assert.Equal((string)deal["tasks"]![0]!, (string)claimed["claimed"]!["0"]!);
        // The buyer has the price back; the pool, which is the same wallet, lost its stake.
        Assert.Equal(("997", "0"), await AccountAsync());
        Assert.Equal("FAILED", (string)(await DoAsync($"task show {deal["tasks"]![0]}"))["task"]!["statusName"]!);
    }

    [OfficialFact]
    public async Task Orders_are_canceled_and_assets_change_hands()
    {
        await DoAsync("app init");
        var app = (string)(await DoAsync("app deploy"))["address"]!;
        await DoAsync("order init --app");
        await DoAsync("order sign --app");
        Assert.Equal(66, ((string)(await DoAsync("order cancel --app --force"))["apporder"]!["txHash"]!).Length);
        var somebody = AnvilProcess.Keys[1].Address;
        await DoAsync($"app transfer {app} --to {somebody} --force");
        Assert.Equal(somebody.ToString(), (string)(await DoAsync($"app show {app}"))["app"]!["owner"]!);
    }

    private Task<JsonObject> DoAsync(string command) => _cli.OkAsync(command.Split(' '));

    private async Task<(string Stake, string Locked)> AccountAsync()
    {
        var balance = (await DoAsync("account show"))["balance"]!;
        return ((string)balance["stake"]!, (string)balance["locked"]!);
    }

    private void Edit(params (string Path, JsonNode Value)[] changes) => new JsonFile(_cli["iexec.json"]).Update(root =>
    {
        foreach (var (path, value) in changes)
        {
            var steps = path.Split('.');
            steps[..^1].Aggregate(root, (at, step) => at[step]!.AsObject())[steps[^1]] = value;
        }
    });
}
