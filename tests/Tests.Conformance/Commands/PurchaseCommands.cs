using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary>
/// Everything up to and including the deal, with a pool of the buyer's own, which nobody runs: these deals end in a claim. (9.0.1 puts the tags of
/// trusted execution on every order, so the network's own pool serves none of its deals.)
/// </summary>
public abstract class PurchaseCommands(NetworkUser user)
{
    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task App_run_makes_a_deal_with_orders_from_the_book()
    {
        var (app, pool) = (await user.AppAsync(), await user.PoolAsync());
        await _project.DoAsync("app publish --price 1 nRLC --volume 5 --force");
        await _project.DoAsync("workerpool publish --price 0 nRLC --volume 5 --force");
        var other = await user.Network.PartyAsync(user.Client);
        await other.DoAsync("account deposit 1 RLC");
        var made = await other.ExpectAsync($"app run {app} --workerpool {pool}{user.TagOption} --force --args", ["deals"], "hello world");
        Assert.Equal(["dealid", "volume", "txHash"], made["deals"]![0]!.AsObject().Select(member => member.Key));

        var deal = (await other.ExpectAsync($"deal show {made["deals"]![0]!["dealid"]}", ["deal"]))["deal"]!;
        Assert.Equal(
            [
                "app", "beneficiary", "botFirst", "botSize", "callback", "category", "dataset", "deadlineReached", "dealid", "finalTime", "params", "requester",
                "schedulerRewardRatio", "sponsor", "startTime", "tag", "tasks", "trust", "workerStake", "workerpool",
            ],
            deal.AsObject().Select(member => member.Key).Order());
        Assert.Equal((app, pool, other.Wallet), ((string)deal["app"]!["pointer"]!, (string)deal["workerpool"]!["pointer"]!, (string)deal["requester"]!));
        Assert.Contains("hello world", (string)deal["params"]!, StringComparison.Ordinal);

        // Nobody has begun it.
        var task = (string)deal["tasks"]![0]!;
        Assert.StartsWith($"No task found for id {task}", await other.RefusedAsync($"task show {task}"), StringComparison.Ordinal);
        Assert.StartsWith("Cannot claim a deal before reaching the final time", await other.RefusedAsync($"deal claim {deal["dealid"]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_run_signs_what_the_buyer_owns_himself()
    {
        await user.AppAsync();
        await user.DatasetAsync();
        await user.PoolAsync();
        var made = await _project.ExpectAsync(
            "app run --dataset deployed --workerpool deployed --input-files https://example.com/a.txt --callback 0x0000000000000000000000000000000000000001 "
            + "--skip-preflight-check --force",
            ["deals"]);
        var deal = (await _project.DoAsync($"deal show {made["deals"]![0]!["dealid"]}"))["deal"]!;
        Assert.Equal(await user.DatasetAsync(), (string)deal["dataset"]!["pointer"]!);
    }

    [Fact]
    public async Task A_published_request_is_filled_by_its_hash()
    {
        var (app, pool) = (await user.AppAsync(), await user.PoolAsync());
        var appOrder = (string)(await _project.DoAsync("app publish --price 0 --force"))["orderHash"]!;
        var poolOrder = (string)(await _project.DoAsync("workerpool publish --price 0 --force"))["orderHash"]!;
        var request = (string)(await _project.ExpectAsync($"app request-execution {app} --workerpool {pool} --force", ["orderHash"]))["orderHash"]!;
        var book = await _project.DoAsync($"orderbook requester {_project.Wallet} --workerpool {pool}");
        Assert.Contains(request, book["requestOrders"]!.AsArray().Select(order => (string)order!["orderHash"]!));

        // This command wants the file even if every order is named.
        await File.WriteAllTextAsync(_project["orders.json"], new JsonObject { [$"{user.Network.Status.ChainId}"] = new JsonObject() }.ToJsonString());
        var filled = await _project.ExpectAsync(
            $"order fill --app {appOrder} --workerpool {poolOrder} --request {request} --force", ["dealid", "volume", "txHash"]);
        Assert.Equal("1", (string)filled["volume"]!);
    }

    [Fact]
    public async Task A_deal_that_nobody_serves_is_claimed_and_a_task_that_nobody_finishes()
    {
        await user.AppAsync();
        await user.PoolAsync();
        var category = await ShortCategoryAsync();
        await _project.DoAsync($"workerpool publish --category {category} --price 0 --force");
        var made = await _project.DoAsync($"app run --workerpool {await user.PoolAsync()} --category {category} --force");
        var deal = (string)made["deals"]![0]!["dealid"]!;
        var begun = (string)(await _project.DoAsync($"app run --workerpool {await user.PoolAsync()} --category {category} --force"))["deals"]![0]!["dealid"]!;
        await InitializeAsync(new DealId(Bytes32.Parse(begun)));
        JsonNode shown;
        do
        {
            // Ten seconds; the client looks at its own clock.
            shown = (await _project.DoAsync($"deal show {begun}"))["deal"]!;
        }
        while (!(bool)shown["deadlineReached"]!);
        await ReachedAsync(ulong.Parse(shown["finalTime"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));

        var started = (string)shown["tasks"]![0]!;
        Assert.True((bool)(await _project.ExpectAsync($"task show {started}", ["task", "claimable"]))["claimable"]!);
        await _project.ExpectAsync($"task claim {started}", ["txHash"]);
        Assert.Equal("FAILED", (string)(await _project.DoAsync($"task show {started}"))["task"]!["statusName"]!);

        var claimed = await _project.ExpectAsync($"deal claim {deal}", ["claimed", "transactions"]);
        var task = TaskId.Of(new DealId(Bytes32.Parse(deal)), 0).ToString();
        Assert.Equal(task, (string)claimed["claimed"]!["0"]!);
        Assert.Equal("initializeAndClaimArray", (string)claimed["transactions"]![0]!["type"]!);
        var failed = await _project.ExpectAsync($"task show {task}", ["task", "claimable"]);
        Assert.Equal("FAILED", (string)failed["task"]!["statusName"]!);
    }

    private EthClient Node(HttpClient http) =>
        new(new JsonRpcClient(http, new Uri($"http://127.0.0.1:{user.Network.Status.Ports.Rpc}"), new RevertDecoder(ContractErrors.All)));

    /// <summary>The contracts go by the time of a block, which comes after the client's clock has passed it.</summary>
    private async Task ReachedAsync(ulong seconds)
    {
        using var http = new HttpClient();
        while ((await Node(http).GetBlockAsync((ulong?)null, default))!.Timestamp < seconds)
        {
            await Task.Delay(200);
        }
    }

    /// <summary>What the pool's scheduler does first; the client has no command for it.</summary>
    private async Task InitializeAsync(DealId deal)
    {
        using var http = new HttpClient();
        var eth = Node(http);
        var hub = (await JsonRpcHub.ConnectAsync(eth, user.Network.Status.Hub, default)).Configuration;
        var (key, call) = (PrivateKey.Parse(_project.PrivateKey), new HubCalls(hub).Initialize(deal, 0));
        var nonce = await eth.GetTransactionCountAsync(key.Address, pending: true, default);
        var fees = await eth.SuggestFeesAsync(default);
        var signed = new TransactionRequest(hub.ChainId, nonce, call.To, UInt256.Zero, call.Data, 500_000, fees).Sign(key);
        await eth.SendRawAsync(signed, default);
        TransactionReceipt? receipt;
        while ((receipt = await eth.GetReceiptAsync(signed.Hash, default)) is null)
        {
            await Task.Delay(200);
        }

        Assert.True(receipt.Succeeded);
    }

    /// <summary>A category of one second, so that a deal in it is over after ten; the contracts' owner makes it.</summary>
    private async Task<string> ShortCategoryAsync()
    {
        var owner = await user.Network.PartyAsync(user.Client);
        await owner.DoAsync("category init");
        owner.Edit("iexec.json", ("category.workClockTimeRef", "1"));
        return await SharedNetwork.AsOwnerAsync(async key =>
        {
            await owner.DoAsync("wallet import --unencrypted --force", key);
            return (string)(await owner.ExpectAsync("category create", ["catid", "txHash"]))["catid"]!;
        });
    }
}
