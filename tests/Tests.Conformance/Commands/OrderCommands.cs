using System.Text.Json.Nodes;
using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary>Orders through the gateway: sign, publish, show, unpublish, cancel.</summary>
public abstract class OrderCommands(NetworkUser user)
{
    private static readonly string[] Shown = ["orderHash", "order", "chainId", "remaining", "status", "publicationTimestamp", "signer"];

    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task Orders_of_all_four_kinds_live_and_die()
    {
        var (app, _, pool) = (await user.AppAsync(), await user.DatasetAsync(), await user.PoolAsync());
        await _project.DoAsync("order init");
        _project.Edit(
            "iexec.json", ("order.requestorder.app", app), ("order.requestorder.workerpool", pool), ("order.datasetorder.tag", "0x" + new string('0', 64)));
        var signed = await _project.ExpectAsync("order sign --skip-preflight-check", ["apporder", "datasetorder", "workerpoolorder", "requestorder"]);
        var sign = (string)signed["requestorder"]!["sign"]!;
        Assert.Equal(132, sign.Length);

        string[] kinds = ["apporder", "datasetorder", "workerpoolorder", "requestorder"];
        // A request is taken only if there is an app order that it can be matched with.
        await _project.ExpectAsync("order publish --app --force", ["apporder"]);
        var published = await _project.ExpectAsync("order publish --dataset --workerpool --request --force --skip-preflight-check", kinds[1..]);
        var shown = await _project.ExpectAsync("order show --app --dataset --workerpool --request --deals", kinds);
        foreach (var kind in kinds)
        {
            Assert.Equal([.. Shown, "deals"], shown[kind]!.AsObject().Select(member => member.Key).ToHashSet());
            Assert.Equal("open", (string)shown[kind]!["status"]!);
            Assert.Equal(_project.Wallet, (string)shown[kind]!["signer"]!);
        }

        Assert.Equal((string)published["requestorder"]!["orderHash"]!, (string)shown["requestorder"]!["orderHash"]!);
        var hash = (string)published["workerpoolorder"]!["orderHash"]!;
        await _project.ExpectAsync($"order unpublish --workerpool {hash} --force", ["workerpoolorder"]);

        // Refusals are told on standard error, and yet the exit code is 0: so the client is.
        var answer = await _project.RunAsync(["order", "show", "--workerpool", hash, "--raw"]);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Out));
        Assert.Equal("workerpoolorder: API error: workerpoolorder not found", (string)JsonNode.Parse(answer.Error)!["fail"]![0]!);

        var canceled = await _project.ExpectAsync("order cancel --app --dataset --workerpool --request --force", kinds);
        Assert.All(kinds, kind => Assert.Equal(66, ((string)canceled[kind]!["txHash"]!).Length));
        await StatusAsync((string)published["requestorder"]!["orderHash"]!, "canceled");
    }

    [Theory]
    [InlineData("app")]
    [InlineData("dataset")]
    [InlineData("workerpool")]
    public async Task An_asset_is_put_on_offer_and_taken_back(string kind)
    {
        var address = kind switch { "app" => await user.AppAsync(), "dataset" => await user.DatasetAsync(), _ => await user.PoolAsync() };
        var skip = kind == "workerpool" ? "" : " --skip-preflight-check";
        var first = (string)(await _project.ExpectAsync($"{kind} publish {address} --price 7 nRLC --volume 3 --force{skip}", ["orderHash"]))["orderHash"]!;
        var second = (string)(await _project.DoAsync($"{kind} publish {address} --price 6 nRLC --force{skip}"))["orderHash"]!;

        var list = kind + "Orders";
        var book = await _project.ExpectAsync($"orderbook {kind} {address}", ["count", list]);
        var offers = book[list]!.AsArray().Where(offer => (string)offer!["orderHash"]! == first || (string)offer["orderHash"]! == second).ToList();
        Assert.Equal([6, 7], offers.Select(offer => (int)offer!["price"]!));
        Assert.Equal("0x" + new string('0', 63) + user.OwnTag, (string)offers[0]!["tag"]!);

        Assert.Equal(second, (string)(await _project.ExpectAsync($"{kind} unpublish {address} --force", ["unpublished"]))["unpublished"]!);
        Assert.Contains(first, (await _project.DoAsync($"{kind} unpublish {address} --all --force"))["unpublished"]!.AsArray().Select(hash => (string)hash!));
        Assert.Equal(0, (int)(await _project.DoAsync($"orderbook {kind} {address}"))["count"]!);
    }

    [Fact]
    public async Task A_pool_without_a_stake_cannot_offer_for_a_price()
    {
        var pool = await user.PoolAsync();
        var message = await _project.RefusedAsync($"workerpool publish {pool} --price 1000000 RLC --force");
        Assert.Equal("API error: workerpool owner's stake is too low to cover required workerpool lock", message);
    }

    private async Task StatusAsync(string request, string status)
    {
        // The gateway follows the chain; the cancellation was mined before it had to know.
        for (var asked = 0; ; asked++)
        {
            var now = (string)(await _project.DoAsync($"order show --request {request}"))["requestorder"]!["status"]!;
            if (now == status)
            {
                return;
            }

            Assert.True(asked < 20, $"The order is still {now}");
        }
    }
}
