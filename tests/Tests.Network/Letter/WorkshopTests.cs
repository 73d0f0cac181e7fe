using System.Text.Json.Nodes;
using Xunit;

namespace Tests.Network.Letter;

/// <summary>
/// The commands of the EthCC 2019 workshop, slide by slide: a worker's wallet with its stake, an app that is deployed and sold, and the other two
/// kinds of assets. Its worker runs by docker-compose there, here as <c>iexec worker start</c>, which the developer letter's walkthrough shows.
/// </summary>
[Collection(LetterCollection.Name)]
public sealed class WorkshopTests(LetterNetwork network)
{
    [Fact]
    public async Task A_worker_prepares_its_wallet()
    {
        var worker = await network.InitAsync("workshop-worker", "iexec init");
        Assert.Matches(@"^\d+\.\d+\.\d+", await worker.DoAsync("iexec --version"));
        Assert.Contains(worker.Address.ToString(), await worker.DoAsync("iexec wallet show"), StringComparison.Ordinal);

        // Ether came by mail.
        await worker.DoAsync("iexec wallet getETH");
        Assert.Contains("Faucets responses:", await worker.DoAsync("iexec wallet getRLC"), StringComparison.Ordinal);
        // The next command spends it at once, on a chain with a block per second.
        Assert.Contains("200 nRLC", await worker.DoAsync("iexec account deposit 200"), StringComparison.Ordinal);
        await worker.DoAsync("iexec wallet show");
        Assert.Contains("200 nRLC", await worker.DoAsync("iexec account show"), StringComparison.Ordinal);
        Assert.Equal("199999999800", (string?)(await worker.ReadAsync("iexec wallet show"))["balance"]!["nRLC"]);
        Assert.Matches("0x[0-9a-f]{64}", await worker.DoAsync("iexec wallet show --show-private-key"));
    }

    [Fact]
    public async Task A_developer_deploys_and_sells_an_app_a_dataset_and_a_workerpool()
    {
        var developer = await network.InitAsync("workshop-developer", "iexec init");
        await network.FundAsync(developer.Address);
        await developer.DoAsync("iexec app init");
        developer.Edit(
            "iexec.json", ("app.owner", developer.Address.ToString()), ("app.name", "VanityGen"), ("app.multiaddr", "registry.hub.docker.com/iexechub/vanitygen:1.0.1"),
            ("app.checksum", "0xfa69ce67286e5f2d209ee91a1e7a7ada7e3b1c63be6982024769221ea8c316c0"), ("app.mrenclave", ""));
        Assert.Contains("Deployed new app at address 0x", await developer.DoAsync("iexec app deploy"), StringComparison.Ordinal);
        var deployed = JsonNode.Parse(await File.ReadAllTextAsync(developer["deployed.json"]))!["app"]!.AsObject();
        var app = (string)deployed.Single().Value!;
        Assert.Contains("registry.hub.docker.com/iexechub/vanitygen:1.0.1", await developer.DoAsync($"iexec app show {app}"), StringComparison.Ordinal);

        await developer.DoAsync("iexec order init --app");
        developer.Edit("iexec.json", ("order.apporder.appprice", "100"));
        await developer.DoAsync("iexec order sign --app");
        await developer.DoAsync("iexec order publish --app");
        Assert.Contains("100", await developer.DoAsync($"iexec orderbook app {app}"), StringComparison.Ordinal);
        Assert.Equal(100, (int?)(await developer.ReadAsync($"iexec orderbook app {app}"))["appOrders"]![0]!["price"]);

        await developer.DoAsync("iexec workerpool init");
        await developer.DoAsync("iexec workerpool deploy");
        await developer.DoAsync("iexec dataset init");
        await developer.DoAsync("iexec dataset deploy");
        Assert.Equal(["app", "workerpool", "dataset"], JsonNode.Parse(await File.ReadAllTextAsync(developer["deployed.json"]))!.AsObject().Select(kind => kind.Key));
    }

    [Fact]
    public async Task Data_are_encrypted_and_pushed_by_a_single_command()
    {
        var owner = await network.InitAsync("workshop-owner", "iexec init --skip-wallet");
        Directory.CreateDirectory(owner["tee/inputs"]);
        await File.WriteAllTextAsync(owner["tee/inputs/patients.csv"], "anna,42");

        // The slide names it without its group.
        Assert.Contains("data encrypted and uploaded", await owner.DoAsync("iexec encryptedpush"), StringComparison.Ordinal);
        Assert.True(File.Exists(owner["tee/keys/patients.csv.key"]));
    }
}
