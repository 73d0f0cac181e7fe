using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary>Apps, datasets, worker pools and categories.</summary>
public abstract class AssetCommands(NetworkUser user)
{
    private const string Somebody = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task An_app_is_deployed_shown_and_counted()
    {
        var app = await user.AppAsync();
        var shown = await _project.ExpectAsync("app show", ["address", "app"]);
        Assert.Equal(app, (string)shown["address"]!);
        Assert.Equal(
            ["appChecksum", "appMREnclave", "appMultiaddr", "appName", "appType", "owner", "registry"], shown["app"]!.AsObject().Select(member => member.Key).Order());
        Assert.Equal(user.Network.Hello.Name, (string)shown["app"]!["appMultiaddr"]!);
        Assert.Equal(_project.Wallet, (string)shown["app"]!["owner"]!);
        Assert.Equal(app, (string)(await _project.DoAsync($"app show 0 --user {_project.Wallet}"))["address"]!);
        Assert.NotEqual("0", (string)(await _project.ExpectAsync("app count", ["count"]))["count"]!);
    }

    [Fact]
    public async Task A_dataset_is_deployed_shown_and_counted()
    {
        var dataset = await user.DatasetAsync();
        var shown = await _project.ExpectAsync($"dataset show {dataset}", ["address", "dataset"]);
        Assert.Equal(
            ["datasetChecksum", "datasetMultiaddr", "datasetName", "owner", "registry"], shown["dataset"]!.AsObject().Select(member => member.Key).Order());
        Assert.NotEqual("0", (string)(await _project.ExpectAsync("dataset count", ["count"]))["count"]!);
    }

    [Fact]
    public async Task A_workerpool_is_deployed_shown_and_counted()
    {
        var pool = await user.PoolAsync();
        var shown = await _project.ExpectAsync($"workerpool show {pool}", ["address", "workerpool"]);
        Assert.Equal(
            ["owner", "registry", "schedulerRewardRatioPolicy", "workerStakeRatioPolicy", "workerpoolDescription"],
            shown["workerpool"]!.AsObject().Select(member => member.Key).Order());
        Assert.NotEqual("0", (string)(await _project.ExpectAsync("workerpool count", ["count"]))["count"]!);
    }

    [Fact]
    public async Task The_compass_tells_where_the_networks_own_pool_answers()
    {
        var shown = await _project.ExpectAsync($"workerpool show {user.Network.Status.Workerpool}", ["address", "workerpool", "apiUrl"]);
        Assert.Equal($"http://127.0.0.1:{user.Network.Status.Ports.Scheduler}", ((string)shown["apiUrl"]!).TrimEnd('/'));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("dataset")]
    [InlineData("workerpool")]
    public async Task An_asset_changes_hands(string kind)
    {
        // Not the ones that other tests sell.
        var seller = await user.Network.PartyAsync(user.Client);
        await seller.DoAsync($"{kind} init");
        var address = (string)(await seller.DoAsync($"{kind} deploy"))["address"]!;
        await seller.ExpectAsync($"{kind} transfer {address} --to {Somebody} --force", ["address", "to", "txHash"]);
        Assert.Equal(Somebody, (string)(await seller.DoAsync($"{kind} show {address}"))[kind]!["owner"]!);
    }

    [Fact]
    public async Task Categories_are_shown_and_only_their_owner_adds_one()
    {
        var count = int.Parse((string)(await _project.ExpectAsync("category count", ["count"]))["count"]!, null);
        Assert.True(count >= 5);
        var shown = await _project.ExpectAsync("category show 0", ["index", "category"]);
        Assert.Equal(["name", "description", "workClockTimeRef"], shown["category"]!.AsObject().Select(member => member.Key));
        await _project.ExpectAsync("category init", ["category"]);
        Assert.StartsWith("only category owner", await _project.RefusedAsync("category create"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_deployed_is_not_found()
    {
        var message = await _project.RefusedAsync($"app show {Somebody}");
        Assert.Equal($"No app found for id {Somebody} on chain {user.Network.Status.ChainId}", message);
    }
}
