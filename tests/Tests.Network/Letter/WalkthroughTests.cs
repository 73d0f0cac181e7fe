using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Results;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;

namespace Tests.Network.Letter;

/// <summary>
/// The developer letter of V3 from its first command to its last, by an app owner, a pool owner who serves the pool, and a requester, each with
/// wallet and folder of its own. Commands are written as the letter prints them; what a next command needs is read with <c>--raw</c>.
/// </summary>
[Collection(LetterCollection.Name)]
public sealed class WalkthroughTests(LetterNetwork network)
{
    private const string Parameters = "{ \"0\": \"--help\" }";
    private const ulong AppPrice = 50_000_001;
    private const ulong PoolPrice = 100_000_003;

    // 30 % of the pool's price, rounded down: what its owner and each worker stake. 99 % are the workers', the rest stays with the owner.
    private const ulong Stake = 30_000_000;
    private const ulong WorkerReward = 99_000_002;
    private const ulong OwnerReward = 1_000_001;
    private const ulong Deposit = 1_000_000_000;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Three_parties_do_every_command_of_the_letter_and_everybody_is_paid_to_the_last_nRLC()
    {
        var parties = await Task.WhenAll(
            network.InitAsync("developer", "iexec init"), network.InitAsync("manager", "iexec init"),
            network.InitAsync("requester", "iexec init"), network.InitAsync("worker", "iexec init --keystoredir local"));
        var (developer, manager, requester, worker) = (parties[0], parties[1], parties[2], parties[3]);
        await ManageWalletsAsync(developer);
        await Task.WhenAll(parties.Select(party => network.FundAsync(party.Address)));

        var app = await DeployAppAsync(developer);
        await SellAppAsync(developer, app);
        var pool = await DeployPoolAsync(manager);
        await SellPowerAsync(manager, pool);
        await using var scheduler = ServePool(manager, pool);
        var url = new Uri((string)(await scheduler.ReadyAsync())["url"]!);

        var (appOrder, poolOrder) = await ChooseAsync(requester, app, pool);
        await RequestAsync(requester, app);
        var deal = await BuyAsync(requester, manager, appOrder, poolOrder);
        var task = await FindTaskAsync(requester, deal);
        await worker.DoAsync("iexec account deposit 1 RLC --keystoredir local");
        await using var working = StartWorker(worker, url);
        await working.ReadyAsync();
        await FollowAsync(requester, task);

        await CheckResultAsync(requester, deal, task);
        await CheckBalancesAsync(deal, task, developer, manager, requester, worker);
        await RefuseTrustAsync(manager, requester, pool, url);
        var info = await requester.ReadAsync("iexec info");
        Assert.Equal(network.Status.Hub.ToString(), (string?)info["hubAddress"]);
        await working.InterruptAsync();
        await scheduler.InterruptAsync();
    }

    /// <summary>"Using multiple wallets", "Generating a new secure encrypted wallet", and a V2 wallet that is used first and then converted.</summary>
    private static async Task ManageWalletsAsync(Party developer)
    {
        var first = developer.Address;
        var created = await developer.ReadAsync("iexec wallet create");
        var (second, file) = ((string)created["address"]!, (string)created["fileName"]!);
        Assert.Contains(second, await developer.DoAsync("iexec wallet show"), StringComparison.Ordinal);
        Assert.Contains(first.ToString(), await developer.DoAsync($"iexec wallet show --wallet-address {first}"), StringComparison.Ordinal);

        using var key = PrivateKey.Generate(SystemEntropy.Instance);
        var secret = Hex.Encode(key.ExportSecret());
        await File.WriteAllTextAsync(developer["wallet.json"], $$"""{ "privateKey": "{{secret}}", "address": "{{key.Address}}" }""");
        Assert.Contains(key.Address.ToString(), await developer.DoAsync("iexec wallet show"), StringComparison.Ordinal);
        File.Delete(developer["wallet.json"]);
        var imported = await developer.DoAsync($"iexec wallet import {secret}");
        Assert.Contains(key.Address.ToString(), imported, StringComparison.Ordinal);
        Assert.Contains(key.Address.ToString(), await developer.DoAsync("iexec wallet show"), StringComparison.Ordinal);
        Assert.Contains(second, await developer.DoAsync($"iexec wallet show --wallet-file {file}"), StringComparison.Ordinal);
        // As the letter prints it: with a space within.
        file = Path.GetFileName(file);
        var broken = file.Insert(file.LastIndexOf("--", StringComparison.Ordinal), " ");
        Assert.Contains(second, await developer.DoAsync($"iexec wallet show --wallet-file {broken}"), StringComparison.Ordinal);

        Assert.DoesNotContain(secret, await developer.DoAsync("iexec wallet show"), StringComparison.Ordinal);
        Assert.Contains(secret, await developer.DoAsync("iexec wallet show --show-private-key"), StringComparison.Ordinal);
        foreach (var saved in Directory.EnumerateFiles(developer.Keystore.Path))
        {
            Assert.DoesNotContain(secret[2..], await File.ReadAllTextAsync(saved), StringComparison.OrdinalIgnoreCase);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(saved) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.Equal(3, Directory.GetFiles(developer.Keystore.Path).Length);
        developer.Address = key.Address;
    }

    private async Task<string> DeployAppAsync(Party developer)
    {
        await developer.DoAsync("iexec app init");
        developer.Edit(
            "iexec.json", ("app.name", "hello-world"), ("app.multiaddr", network.Hello.Name), ("app.checksum", network.Hello.Checksum), ("app.mrenclave", ""));
        var app = (string)(await developer.ReadAsync("iexec app deploy"))["address"]!;
        var shown = (await developer.ReadAsync("iexec app show"))["app"]!;
        Assert.Equal(network.Hello.Name, (string?)shown["appMultiaddr"]);
        Assert.Equal(developer.Address.ToString(), (string?)shown["owner"]);
        Assert.Contains("a total of 1 app", await developer.DoAsync("iexec app count"), StringComparison.Ordinal);
        return app;
    }

    private static async Task SellAppAsync(Party developer, string app)
    {
        await developer.DoAsync("iexec order init --app");
        developer.Edit("iexec.json", ("order.apporder.appprice", $"{AppPrice}"), ("order.apporder.volume", "100000"));
        await developer.DoAsync("iexec order sign --app");
        await developer.DoAsync("iexec order publish --app");
        Assert.Contains(app, await developer.DoAsync($"iexec orderbook app {app}"), StringComparison.Ordinal);
        await developer.DoAsync("iexec order sign --app && iexec order publish --app");
        var book = await developer.ReadAsync($"iexec orderbook app {app}");
        Assert.Equal(2, (int)book["count"]!);
        Assert.All(book["appOrders"]!.AsArray(), order => Assert.Equal((app, $"{AppPrice}", 100_000), ((string)order!["app"]!, $"{order["price"]}", (int)order["remaining"]!)));
    }

    private static async Task<string> DeployPoolAsync(Party manager)
    {
        await manager.DoAsync("iexec workerpool init");
        var pool = (string)(await manager.ReadAsync("iexec workerpool deploy"))["address"]!;
        var shown = (await manager.ReadAsync("iexec workerpool show"))["workerpool"]!;
        Assert.Equal(("my-workerpool", manager.Address.ToString()), ((string)shown["workerpoolDescription"]!, (string)shown["owner"]!));
        return pool;
    }

    private static async Task SellPowerAsync(Party manager, string pool)
    {
        await manager.DoAsync("iexec account deposit 1 RLC");
        await manager.DoAsync("iexec order init --workerpool");
        manager.Edit("iexec.json", ("order.workerpoolorder.workerpoolprice", $"{PoolPrice}"), ("order.workerpoolorder.category", "1"), ("order.workerpoolorder.trust", "100"));
        var (message, _) = await manager.RefusedAsync("iexec order sign --workerpool");
        Assert.Contains("it needs 7 workers, 0 live", message, StringComparison.Ordinal);

        manager.Edit("iexec.json", ("order.workerpoolorder.trust", "1"));
        await manager.DoAsync("iexec order sign --workerpool");
        await manager.DoAsync("iexec order publish --workerpool");
        Assert.Contains(pool, await manager.DoAsync($"iexec orderbook workerpool {pool}"), StringComparison.Ordinal);
    }

    private static BackgroundProgram ServePool(Party manager, string pool) => manager.StartRole(
        "serve", "scheduler", "--workerpool", pool, "--port", "0", "--keystore", manager.Keystore.FindNewest()!, "--password-file", manager.PasswordFile);

    private static BackgroundProgram StartWorker(Party worker, Uri url) => worker.StartRole(
        "worker", "start", "--pool", url.AbsoluteUri, "--keystore", Directory.GetFiles(worker.Folder, "UTC--*").Single(), "--password-file", worker.PasswordFile);

    private static async Task<(string App, string Pool)> ChooseAsync(Party requester, string app, string pool)
    {
        var apps = (await requester.ReadAsync($"iexec orderbook app {app}"))["appOrders"]!.AsArray();
        var pools = (await requester.ReadAsync("iexec orderbook workerpool --category 1"))["workerpoolOrders"]!.AsArray();
        return ((string)apps[0]!["orderHash"]!, (string)pools.Single(order => (string)order!["workerpool"]! == pool)!["orderHash"]!);
    }

    private static async Task RequestAsync(Party requester, string app)
    {
        await requester.DoAsync("iexec order init --request");
        requester.Edit(
            "iexec.json",
            ("order.requestorder.app", app), ("order.requestorder.appmaxprice", $"{AppPrice}"), ("order.requestorder.workerpoolmaxprice", $"{PoolPrice}"),
            ("order.requestorder.category", "1"), ("order.requestorder.trust", "1"), ("order.requestorder.params", Parameters));
        await requester.DoAsync("iexec order sign --request");
    }

    private async Task<DealId> BuyAsync(Party requester, Party manager, string appOrder, string poolOrder)
    {
        await requester.DoAsync("iexec account deposit 1 RLC");
        Assert.Contains($"{Deposit} nRLC (1 RLC)", await requester.DoAsync("iexec account show"), StringComparison.Ordinal);
        var filled = await requester.ReadAsync($"iexec order fill --app {appOrder} --workerpool {poolOrder}");
        Assert.Equal("1", (string?)filled["volume"]);
        Assert.Equal((Deposit - AppPrice - PoolPrice, AppPrice + PoolPrice), await AccountAsync(requester));
        Assert.Equal((Deposit - Stake, Stake), await AccountAsync(manager));
        return DealId.TryParse((string?)filled["dealid"], out var deal) ? deal : throw new FormatException(filled.ToJsonString());
    }

    private static async Task<TaskId> FindTaskAsync(Party requester, DealId deal)
    {
        var shown = await requester.ReadAsync($"iexec deal show {deal} --tasks 0");
        Assert.Equal(Parameters, (string?)shown["deal"]!["params"]);
        Assert.Equal(requester.Address.ToString(), (string?)shown["deal"]!["requester"]);
        return TaskId.TryParse((string?)shown["tasks"]!["0"], out var task) ? task : throw new FormatException(shown.ToJsonString());
    }

    private static async Task FollowAsync(Party requester, TaskId task)
    {
        var told = await requester.DoAsync($"iexec task show {task} --watch");
        Assert.Contains("COMPLETED", told, StringComparison.Ordinal);
        Assert.Contains("COMPLETED", await requester.DoAsync($"iexec task show {task} --download"), StringComparison.Ordinal);
    }

    private async Task CheckResultAsync(Party requester, DealId dealId, TaskId taskId)
    {
        var deal = (await network.Hub.GetDealAsync(dealId, None))!;
        Assert.Equal(Parameters, deal.Params);
        var task = await network.Hub.GetTaskAsync(taskId, None);
        await using var file = File.OpenRead(requester[$"{taskId}.zip"]);
        Assert.Equal(task.ResultDigest, ResultArchive.ComputeDigest(file, wantsCallback: false, 1 << 20));

        // The same by hand: the result names one file, whose SHA-256 is the digest; and the app has got the letter's argument.
        await using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        await using var stream = await zip.GetEntry("hello.txt")!.OpenAsync();
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        Assert.Equal(task.ResultDigest, new Bytes32(SHA256.HashData(content.ToArray())));
        var lines = Encoding.UTF8.GetString(content.ToArray()).Split('\n');
        Assert.Contains("argument: --help", lines);
        Assert.Contains($"IEXEC_TASK_ID={taskId}", lines);
    }

    private async Task CheckBalancesAsync(DealId dealId, TaskId taskId, Party developer, Party manager, Party requester, Party worker)
    {
        var deal = (await network.Hub.GetDealAsync(dealId, None))!;
        var contribution = await network.Hub.GetContributionAsync(taskId, worker.Address, None);
        Assert.Equal(ContributionStatus.Proved, contribution.Status);
        var kitty = await network.Hub.GetAccountAsync(Rewards.KittyAddress, None);
        var settled = Rewards.Finalize(deal, [new(worker.Address, contribution.Status, 1, UInt256.Zero)], kitty.Stake);
        Assert.Equal(
            (AppPrice + PoolPrice, AppPrice, OwnerReward, Stake, WorkerReward, Stake),
            (settled.SponsorPays, settled.AppReward, settled.SchedulerReward, settled.SchedulerUnlocked, settled.Contributors[0].Reward, deal.WorkerStake));

        Assert.Equal((settled.AppReward, UInt256.Zero), await AccountAsync(developer));
        Assert.Equal((Deposit + settled.SchedulerReward, UInt256.Zero), await AccountAsync(manager));
        Assert.Equal((Deposit - settled.SponsorPays, UInt256.Zero), await AccountAsync(requester));
        Assert.Equal((Deposit + settled.Contributors[0].Reward, UInt256.Zero), await AccountAsync(worker));
        var shown = (await developer.ReadAsync("iexec account show"))["balance"]!;
        Assert.Equal(($"{AppPrice}", "0"), ((string)shown["stake"]!, (string)shown["locked"]!));
    }

    /// <summary>One worker reaches a trust of 2. What asks for more would hold everybody's money until the final deadline.</summary>
    private static async Task RefuseTrustAsync(Party manager, Party requester, string pool, Uri scheduler)
    {
        const string Needed = "it needs 2 workers, 1 live; its 1 live workers reach at most 2";
        using var http = new HttpClient { BaseAddress = scheduler };
        Assert.Equal((1, (UInt256)2), await new SchedulerClient(http).GetWorkersSummaryAsync(None) is var summary ? (summary.LiveWorkers, summary.ReachableTrust) : default);

        // "To renew your workerpoolorder".
        await manager.DoAsync("iexec order sign --workerpool && iexec order publish --workerpool");
        manager.Edit("iexec.json", ("order.workerpoolorder.trust", "3"));
        Assert.Contains(Needed, (await manager.RefusedAsync("iexec order sign --workerpool")).Message, StringComparison.Ordinal);
        await manager.DoAsync("iexec order sign --workerpool --skip-preflight-check && iexec order publish --workerpool --skip-preflight-check");
        var offer = (await manager.ReadAsync($"iexec orderbook workerpool {pool} --category 1"))["workerpoolOrders"]!.AsArray().Single(order => (int)order!["trust"]! == 3)!;
        var app = (string)JsonNode.Parse(await File.ReadAllTextAsync(requester["iexec.json"]))!["order"]!["requestorder"]!["app"]!;
        var appOrder = (string)(await requester.ReadAsync($"iexec orderbook app {app}"))["appOrders"]![0]!["orderHash"]!;

        requester.Edit("iexec.json", ("order.requestorder.trust", "3"), ("order.requestorder.workerpool", pool));
        Assert.Contains(Needed, (await requester.RefusedAsync("iexec order sign --request")).Message, StringComparison.Ordinal);
        requester.Edit("iexec.json", ("order.requestorder.workerpool", Address.Zero.ToString()));
        await requester.DoAsync("iexec order sign --request");
        var (message, _) = await requester.RefusedAsync($"iexec order fill --app {appOrder} --workerpool {(string)offer["orderHash"]!}");
        Assert.Contains(Needed, message, StringComparison.Ordinal);
    }

    private async Task<(UInt256 Stake, UInt256 Locked)> AccountAsync(Party party)
    {
        var account = await network.Hub.GetAccountAsync(party.Address, None);
        return (account.Stake, account.Locked);
    }
}
