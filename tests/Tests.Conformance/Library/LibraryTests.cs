using System.IO.Compression;
using System.Text.Json.Nodes;
using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Library;

/// <summary>The same through the official JavaScript library: one script per purchase.</summary>
public sealed class LibraryTests : IAsyncLifetime
{
    private SharedNetwork _network = null!;

    public async Task InitializeAsync() => _network = await SharedNetwork.EnterAsync();

    public Task DisposeAsync() => SharedNetwork.LeaveAsync();

    [Fact]
    public async Task The_library_of_8_24_0_buys_and_downloads()
    {
        var answer = await RunAsync(OfficialClient.Eight, "purchase.mjs", Image("hello library"), _network.Status.Workerpool.ToString(), "[]");
        AssertBought(answer);
        Assert.Equal("COMPLETED", (string)answer["status"]!);
        Assert.Equal("COMPLETED", (string)answer["offchain"]!);
        Assert.Contains("argument: library", (string)answer["stdout"]!, StringComparison.Ordinal);
        Assert.Contains("TASK_UPDATED", answer["updates"]!.AsArray().Select(message => (string)message!));
        await using var zip = new ZipArchive(new MemoryStream(Convert.FromBase64String((string)answer["zip"]!)));
        Assert.NotNull(zip.GetEntry("hello.txt"));
    }

    [Fact]
    public async Task The_library_of_9_0_1_buys_up_to_the_deal() =>
        AssertBought(await RunAsync(OfficialClient.Nine, "purchase.mjs", Image("hello library"), "own", """["tee","tdx"]"""));

    [Fact]
    public async Task The_library_of_9_0_1_puts_bulk_orders_into_the_storage()
    {
        var answer = await RunAsync(OfficialClient.Nine, "bulk.mjs");
        Assert.Equal((2, true, 2), ((int)answer["count"]!, (bool)answer["bulk"]!, (int)answer["volume"]!));
        using var http = new HttpClient();
        var slices = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{_network.Status.Ports.IpfsGateway}/ipfs/{answer["cid"]}")));
        Assert.Equal(2, slices!.AsArray().Count);
    }

    [Theory]
    [InlineData("8.24.0")]
    [InlineData("9.0.1")]
    public async Task Every_other_method_of_the_library_does_its_work(string version)
    {
        var client = version == OfficialClient.Nine.Version ? OfficialClient.Nine : OfficialClient.Eight;
        var made = await SharedNetwork.AsOwnerAsync(key => RunAsAsync(client, key, "category.mjs"));
        var answer = await RunAsync(client, "modules.mjs", (string)made["catid"]!, version);
        Assert.Equal(("7", "400", "of a library"), ((string)answer["allowance"]!, (string)answer["stake"]!, (string)answer["category"]!));
        foreach (var (kind, asset) in answer["assets"]!.AsObject())
        {
            Assert.True(((string[])["isPredicted", "isDeployed", "isOwn", "isListed"]).All(fact => (bool)asset![fact]!), $"{kind}: {asset}");
            Assert.Equal(("1", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), ((string)asset!["count"]!, (string)asset["receiver"]!));
        }

        Assert.StartsWith("ObjectNotFoundError: No app found for id", (string)answer["unknown"]!, StringComparison.Ordinal);
        Assert.Equal(66, ((string)answer["checksum"]!).Length);
        foreach (var (name, secret) in answer["secrets"]!.AsObject())
        {
            Assert.Equal((false, true), ((bool)secret![0]!, (bool)secret[1]!));
            Assert.True((string)secret[2]! == "Error:", $"{name}: {secret[2]}");
        }

        foreach (var (kind, order) in answer["orders"]!.AsObject())
        {
            Assert.True(((string[])["isHash", "isInBook", "isOut"]).All(fact => (bool)order![fact]!), $"{kind}: {order}");
        }

        Assert.All((string[])["App", "Workerpool", "Request"], kind => Assert.True((bool)Assert.Single(answer["dealsBy"]![kind]!.AsArray())!));
        Assert.Empty(answer["dealsBy"]!["Dataset"]!.AsArray());
        Assert.Equal("DEAL_TIMEDOUT", (string)answer["seen"]!);
        Assert.True((bool)answer["isTask"]! && (bool)answer["claimed"]!);
        if (client == OfficialClient.Nine)
        {
            // These are the other scripts'.
            Assert.Equal(
                [
                    "deal.fetchRequesterDeals", "hub.countCategory", "hub.createCategory", "hub.getTimeoutRatio", "network.getNetwork", "order.estimateMatchOrders",
                    "order.prepareDatasetBulk", "task.fetchLogs", "task.fetchOffchainInfo", "task.fetchResults", "task.obsTask", "task.show", "wallet.checkBalances",
                ],
                answer["left"]!.AsArray().Select(name => (string)name!));
        }

        var swept = answer["swept"]!.AsObject();
        Assert.True(swept.Select(part => part.Key).Order().SequenceEqual(["sendERC20TxHash", "sendNativeTxHash"]), swept.ToJsonString());
    }

    [Fact]
    public async Task A_web_page_hears_of_orders_over_every_transport()
    {
        var heard = await RunAsync(OfficialClient.Eight, "feed.mjs");
        foreach (var (way, transport) in ((string, string)[])[("polling", "polling"), ("websocket", "websocket"), ("upgrade", "websocket")])
        {
            Assert.True((bool)heard[way]!["joined"]!);
            Assert.Equal([true, true], heard[way]!["events"]!.AsArray().Select(wasHeard => (bool)wasHeard!));
            Assert.Equal(transport, (string)heard[way]!["transport"]!);
        }
    }

    private void AssertBought(JsonObject answer)
    {
        Assert.Equal($"{_network.Status.ChainId}", (string)answer["chainId"]!);
        Assert.Equal(("3000000000", "1"), ((string)answer["stake"]!, (string)answer["estimate"]!));
        Assert.True((bool)answer["isDeployed"]!, answer.ToJsonString());
        Assert.True((bool)answer["listed"]!, answer.ToJsonString());
        Assert.Equal(1, (int)answer["offers"]!);
        Assert.Equal((string)answer["address"]!, (string)answer["requester"]!);
        Assert.Equal(66, ((string)answer["apporder"]!).Length);
    }

    private string Image(string name) =>
        new JsonObject { ["name"] = name, ["multiaddr"] = _network.Hello.Name, ["checksum"] = _network.Hello.Checksum }.ToJsonString();

    private Task<JsonObject> RunAsync(OfficialClient client, string script, params string[] arguments) => RunAsAsync(client, null, script, arguments);

    // Without a key, the script gets that of a new party.
    private async Task<JsonObject> RunAsAsync(OfficialClient client, string? key, string script, params string[] arguments)
    {
        var party = await _network.PartyAsync(client);
        var ports = _network.Status.Ports;
        var options = new JsonObject
        {
            ["hubAddress"] = _network.Status.Hub.ToString(),
            ["smsURL"] = Url(ports.Sms),
            ["iexecGatewayURL"] = Url(ports.Market),
            ["ipfsGatewayURL"] = Url(ports.IpfsGateway),
            ["ipfsNodeURL"] = Url(ports.IpfsGateway),
            ["compassURL"] = Url(ports.Compass),
        };
        var services = new JsonObject { ["host"] = Url(ports.Rpc), ["options"] = options }.ToJsonString();
        var answer = await client.RunScriptAsync(party.Folder, party.Home, script, [key ?? party.PrivateKey, services, .. arguments]);
        Assert.True(answer.ExitCode == 0, answer.ToString());
        return JsonNode.Parse(answer.Out)!.AsObject();
    }

    private static string Url(int port) => $"http://127.0.0.1:{port}";
}
