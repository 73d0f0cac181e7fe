using System.IO.Compression;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Iexec.Sdk.Results;
using Iexec.Sdk.Storage;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

/// <summary>The commands of the V3 developer letter in its order, by three parties; scheduler and worker are played by the test.</summary>
public sealed class DeveloperLetterTests
{
    private const string LetterParams = "{ \"0\": \"--help\" }";

    [Fact]
    public async Task Every_command_of_the_letter_works_up_to_the_result()
    {
        await using var services = await LocalServices.StartAsync();
        using var developer = await Party.CreateAsync(services, AnvilProcess.Keys[1]);
        using var manager = await Party.CreateAsync(services, AnvilProcess.Keys[2]);
        using var requester = await Party.CreateAsync(services, AnvilProcess.Keys[3]);
        await services.GiveAsync(manager.Address, 1000);
        await services.GiveAsync(requester.Address, 1000);

        var app = await SellAppAsync(developer);
        var pool = await SellPowerAsync(manager);
        var (appHash, poolHash) = await ChooseAsync(requester, app, pool);
        var deal = await BuyAsync(requester, app, appHash, poolHash);
        var task = await FindTaskAsync(requester, deal);
        await RunAsync(services, requester, TaskId.TryParse(task, out var taskId) ? taskId : default, DealId.TryParse(deal, out var dealId) ? dealId : default);
        await DownloadAsync(requester, task);

        Assert.Equal(("5", "0"), await developer.AccountAsync());
        Assert.Equal(("0", "0"), await requester.AccountAsync());
        var (stake, locked) = await manager.AccountAsync();
        Assert.Equal("0", locked);
        Assert.True(ulong.Parse(stake, System.Globalization.CultureInfo.InvariantCulture) >= 100);
    }

    private static async Task<string> SellAppAsync(Party developer)
    {
        await developer.Cli.OkAsync("app", "init");
        developer.Edit("iexec.json", "app.multiaddr", "registry.hub.docker.com/hello-world:linux");
        developer.Edit("iexec.json", "app.mrenclave", "");
        var deployed = await developer.Cli.OkAsync("app", "deploy");
        Assert.Equal(["ok", "address", "txHash"], deployed.Select(member => member.Key));
        var app = (string)deployed["address"]!;
        var shown = (await developer.Cli.OkAsync("app", "show"))["app"]!;
        Assert.Equal("registry.hub.docker.com/hello-world:linux", (string)shown["appMultiaddr"]!);
        Assert.Equal(developer.Address.ToString(), (string)shown["owner"]!);
        Assert.Equal(app, (string)(await developer.Cli.OkAsync("app", "show", "0"))["address"]!);
        Assert.Equal("1", (string)(await developer.Cli.OkAsync("app", "count"))["count"]!);
        var again = await developer.Cli.FailAsync("app", "deploy");
        Assert.Contains("already deployed at address", (string)again["error"]!["message"]!, StringComparison.Ordinal);

        await developer.Cli.OkAsync("order", "init", "--app");
        developer.Edit("iexec.json", "order.apporder.appprice", "5");
        await developer.Cli.OkAsync("order", "sign", "--app");
        var published = await developer.Cli.OkAsync("order", "publish", "--app");
        var book = await developer.Cli.OkAsync("orderbook", "app", app);
        Assert.Equal(1, (long)book["count"]!);
        Assert.Equal((string)published["apporder"]!["orderHash"]!, (string)book["appOrders"]![0]!["orderHash"]!);
        Assert.Equal(5, (int)book["appOrders"]![0]!["price"]!);
        Assert.Equal("open", (string)(await developer.Cli.OkAsync("order", "show", "--app"))["apporder"]!["status"]!);
        return app;
    }

    private static async Task<string> SellPowerAsync(Party manager)
    {
        await manager.Cli.OkAsync("workerpool", "init");
        var pool = (string)(await manager.Cli.OkAsync("workerpool", "deploy"))["address"]!;
        Assert.Equal("1", (string)(await manager.Cli.OkAsync("workerpool", "count"))["count"]!);
        Assert.Equal("my-workerpool", (string)(await manager.Cli.OkAsync("workerpool", "show"))["workerpool"]!["workerpoolDescription"]!);
        await manager.Cli.OkAsync("account", "deposit", "100");
        await manager.Cli.OkAsync("order", "init", "--workerpool");
        manager.Edit("iexec.json", "order.workerpoolorder.workerpoolprice", "7");
        manager.Edit("iexec.json", "order.workerpoolorder.category", "1");
        await manager.Cli.OkAsync("order", "sign", "--workerpool");
        await manager.Cli.OkAsync("order", "publish", "--workerpool");
        Assert.Equal(1, (long)(await manager.Cli.OkAsync("orderbook", "workerpool", pool))["count"]!);
        return pool;
    }

    private static async Task<(string App, string Pool)> ChooseAsync(Party requester, string app, string pool)
    {
        var offers = await requester.Cli.RunAsync("orderbook", "workerpool", "--category", "1");
        Assert.Equal(0, offers.ExitCode);
        Assert.Contains(pool, offers.Out, StringComparison.Ordinal);
        var apps = await requester.Cli.OkAsync("orderbook", "app", app);
        var pools = await requester.Cli.OkAsync("orderbook", "workerpool", "--category", "1");
        Assert.Equal(0, (long)(await requester.Cli.OkAsync("orderbook", "workerpool", "--category", "0"))["count"]!);
        return ((string)apps["appOrders"]![0]!["orderHash"]!, (string)pools["workerpoolOrders"]![0]!["orderHash"]!);
    }

    private static async Task<string> BuyAsync(Party requester, string app, string appHash, string poolHash)
    {
        await requester.Cli.OkAsync("order", "init", "--request");
        foreach (var (name, value) in new[] { ("app", app), ("appmaxprice", "5"), ("workerpoolmaxprice", "7"), ("category", "1"), ("params", LetterParams), ("beneficiary", Address.Zero.ToString()) })
        {
            requester.Edit("iexec.json", $"order.requestorder.{name}", value);
        }

        var signed = await requester.Cli.OkAsync("order", "sign", "--request");
        Assert.Equal(LetterParams, (string)signed["requestorder"]!["params"]!);
        Assert.Equal(("0", "0"), await requester.AccountAsync());

        string[] fill = ["order", "fill", "--app", appHash, "--workerpool", poolHash];
        var refused = (await requester.Cli.FailAsync(fill))["error"]!;
        Assert.Equal("Cost per task (12) is greater than requester account stake (0). Orders can't be matched.", (string)refused["message"]!);
        Assert.Equal("Deposit what is missing: iexec account deposit 12", (string)refused["hint"]!);
        var tooMuch = (await requester.Cli.FailAsync("account", "deposit", "1", "RLC"))["error"]!;
        Assert.Equal("Deposit amount (1000000000 nRLC) is greater than the wallet's balance (1000 nRLC)", (string)tooMuch["message"]!);
        Assert.Equal("12", (string)(await requester.Cli.OkAsync("account", "deposit", "12"))["amount"]!);

        var deal = await requester.Cli.OkAsync(fill);
        Assert.Equal(["ok", "dealid", "volume", "txHash"], deal.Select(member => member.Key));
        Assert.Equal("1", (string)deal["volume"]!);
        Assert.Equal(("0", "12"), await requester.AccountAsync());
        var again = (await requester.Cli.FailAsync(fill))["error"]!;
        Assert.Contains("fully consumed", (string)again["message"]!, StringComparison.Ordinal);
        return (string)deal["dealid"]!;
    }

    private static async Task<string> FindTaskAsync(Party requester, string deal)
    {
        var shown = await requester.Cli.OkAsync("deal", "show", deal, "--tasks", "0");
        Assert.Equal(LetterParams, (string)shown["deal"]!["params"]!);
        Assert.False((bool)shown["deal"]!["deadlineReached"]!);
        var task = (string)shown["tasks"]!["0"]!;
        Assert.Matches(@"startTime: +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \((now|\d+ seconds? ago|in \d+ seconds?)\)", (await requester.Cli.RunAsync("deal", "show", deal)).Out);
        Assert.Equal((string)shown["deal"]!["tasks"]![0]!, task);
        Assert.Equal("UNSET", (string)(await requester.Cli.OkAsync("task", "show", task))["task"]!["statusName"]!);
        await requester.Cli.FailAsync("deal", "show", deal, "--tasks", "1");
        await requester.Cli.FailAsync("deal", "show", Bytes32.Zero.ToString());
        return task;
    }

    private static async Task RunAsync(LocalServices services, Party requester, TaskId task, DealId deal)
    {
        var (pool, worker) = (AnvilProcess.Keys[2], AnvilProcess.Keys[4]);
        await services.GiveAsync(worker.Address, 1000);
        await services.SendAsync(worker, services.Chain.Calls.Deposit(1000));
        await services.SendAsync(pool, services.Chain.Calls.Initialize(deal, 0));

        await File.WriteAllBytesAsync(requester.Cli["out.zip"], Archive());
        var stored = await requester.Cli.OkAsync("storage", "put", "out.zip");
        Assert.True(Cid.TryParse((string)stored["cid"]!, out var cid));
        var digest = ResultArchive.ComputeDigest(new MemoryStream(Archive()), wantsCallback: false, 1000);
        await services.SendAsync(worker, services.Chain.Calls.Contribute(
            task, ResultHashes.ResultHash(task, digest), ResultHashes.ResultSeal(worker.Address, task, digest), Address.Zero, ResultHashes.NoEnclaveSign,
            ResultHashes.SignAuthorization(pool, worker.Address, task, Address.Zero)));
        var early = await requester.Cli.FailAsync("task", "show", task.ToString(), "--download");
        Assert.Contains("REVEALING", (string)early["fail"]![0]!, StringComparison.Ordinal);
        await services.SendAsync(worker, services.Chain.Calls.Reveal(task, digest));
        await services.SendAsync(pool, services.Chain.Calls.Finalize(task, ResultLink.Ipfs(cid).ToBytes(), []));
    }

    private static async Task DownloadAsync(Party requester, string task)
    {
        var shown = await requester.Cli.OkAsync("task", "show", task, "--watch", "--download");
        Assert.Equal("COMPLETED", (string)shown["task"]!["statusName"]!);
        Assert.Equal(requester.Cli[$"{task}.zip"], (string)shown["resultPath"]!);
        Assert.Equal(Archive(), await File.ReadAllBytesAsync(requester.Cli[$"{task}.zip"]));
        await requester.Cli.OkAsync("task", "show", task, "--download", "mine");
        Assert.True(File.Exists(requester.Cli["mine.zip"]));
        Assert.DoesNotContain('█', (await requester.Cli.RunAsync("task", "show", task, "--download")).Error);
        requester.Cli.IsErrorTerminal = true;
        Assert.Contains("download ████████████████████████ 100", (await requester.Cli.RunAsync("task", "show", task, "--download")).Error, StringComparison.Ordinal);
        await requester.Cli.OkAsync("task", "show", task, "--download");
        requester.Cli.IsErrorTerminal = false;
        Assert.Empty(Directory.EnumerateFiles(requester.Cli.Folder, "*.part"));
    }

    private static byte[] Archive()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "computed.json", "{\"deterministic-output-path\":\"/iexec_out/result.txt\"}");
            Add(zip, "result.txt", "hello");
        }

        return buffer.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = new DateTimeOffset(2019, 3, 13, 0, 0, 0, TimeSpan.Zero);
        using var writer = new StreamWriter(entry.Open());
        writer.Write(text);
    }
}
