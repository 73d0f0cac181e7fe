using System.Diagnostics;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Host.Children;
using Iexec.Host.Network;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class ProjectCommandTests : IDisposable
{
    private const string Key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private readonly CliRunner _cli = new();

    [Fact]
    public async Task Init_prepares_a_folder_and_a_wallet()
    {
        var result = await _cli.OkAsync("init", "--unencrypted");
        Assert.Equal(["ok", "walletAddress", "walletFile", "configFile", "chainConfigFile"], result.Select(member => member.Key));
        Assert.True(File.Exists(_cli["iexec.json"]) && File.Exists(_cli["chain.json"]) && File.Exists(_cli["wallet.json"]));
    }

    [Fact]
    public async Task Init_again_loses_nothing()
    {
        await _cli.OkAsync("init", "--skip-wallet");
        File.WriteAllText(_cli["iexec.json"], "{\"mine\": 1}");
        await _cli.OkAsync("init", "--skip-wallet");
        Assert.Equal("{\"mine\": 1}", File.ReadAllText(_cli["iexec.json"]));
        await _cli.OkAsync("init", "--skip-wallet", "--force");
        Assert.DoesNotContain("mine", File.ReadAllText(_cli["iexec.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_knows_the_network_that_runs_already()
    {
        using var self = Process.GetCurrentProcess();
        var state = Directory.CreateDirectory(Path.Combine(_cli.Home, ".iexec", "4242")).FullName;
        var hub = Address.Parse("0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca");
        var running = ProcessIdentity.Of(self, "");
        NetworkStatus.Write(state, new NetworkStatus(running.Id, running.Started, 4242, hub, hub, hub, new NetworkPorts(), 1, 0, ""));

        var told = await _cli.RunAsync("init", "--skip-wallet");

        Assert.Contains("is in chain.json, as dev", told.Error, StringComparison.Ordinal);
        Assert.Equal("4242", (string)JsonNode.Parse(File.ReadAllText(_cli["chain.json"]))!["chains"]!["dev"]!["id"]!);
        NetworkStatus.Remove(state);
        await _cli.OkAsync("init", "--skip-wallet", "--force");
        Assert.Null(JsonNode.Parse(File.ReadAllText(_cli["chain.json"]))!["chains"]!["dev"]);
    }

    [Fact]
    public async Task Order_init_writes_the_letters_fields_with_trust_0_and_what_is_deployed()
    {
        await PrepareAsync();
        File.WriteAllText(_cli["deployed.json"], "{\"app\":{\"65535\":\"0x44e47d75b156e970c497a9f8461ab92abde3a710\"},\"workerpool\":{\"65535\":\"0x37667527709684BcBb425dfb5BD72E717AE1BA53\"}}");
        var orders = await _cli.OkAsync("order", "init");
        Assert.Equal(["ok", "apporder", "datasetorder", "workerpoolorder", "requestorder"], orders.Select(member => member.Key));
        Assert.Equal(["app", "appprice", "volume", "tag", "datasetrestrict", "workerpoolrestrict", "requesterrestrict"], orders["apporder"]!.AsObject().Select(member => member.Key));
        Assert.Equal("0x44e47D75B156e970c497a9f8461aB92abdE3a710", (string)orders["apporder"]!["app"]!);
        Assert.Equal(new string('0', 64), ((string)orders["apporder"]!["tag"]!)[2..]);
        Assert.Equal("0", (string)orders["workerpoolorder"]!["trust"]!);
        Assert.Equal("0", (string)orders["workerpoolorder"]!["category"]!);
        Assert.Equal("0", (string)orders["requestorder"]!["trust"]!);
        Assert.Equal("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", (string)orders["requestorder"]!["requester"]!);
        Assert.Contains("\"requestorder\"", File.ReadAllText(_cli["iexec.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_kind_of_order_leaves_the_others_alone()
    {
        await PrepareAsync();
        await _cli.OkAsync("order", "init", "--app");
        var before = File.ReadAllText(_cli["iexec.json"]).Replace("\"appprice\": \"0\"", "\"appprice\": \"7\"", StringComparison.Ordinal);
        File.WriteAllText(_cli["iexec.json"], before);
        await _cli.OkAsync("order", "init", "--workerpool");
        Assert.Contains("\"appprice\": \"7\"", File.ReadAllText(_cli["iexec.json"]), StringComparison.Ordinal);
        await _cli.OkAsync("order", "init", "--app");
        Assert.DoesNotContain("\"appprice\": \"7\"", File.ReadAllText(_cli["iexec.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_human_reads_the_result_on_standard_output()
    {
        await PrepareAsync();
        var result = await _cli.RunAsync("workerpool", "init");
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Equal(
            "✔ Saved default workerpool in \"iexec.json\", you can edit it:\n"
            + "owner:       0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\n"
            + "description: my-workerpool\n",
            result.Out);
    }

    [Theory]
    [InlineData("{\"app\": {\"owner\": \"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\", \"name\": \"a\", \"type\": \"VM\"}}", "VM is not a valid type in iexec.json (line 1)")]
    [InlineData("{\n\"app\": {\n\"owner\": \"0x12\"}}", "0x12 is not a valid ethereum address in iexec.json (line 3)")]
    [InlineData("{\n\"app\": {\n\"owner\": \"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\", \"name\": \"a\", \"type\": \"DOCKER\", \"multiaddr\": \"x\"}}", "checksum is a required field in iexec.json (line 2)")]
    [InlineData("{\"app\": 7}", "app must be an object in iexec.json (line 1)")]
    [InlineData("{}", "Missing \"app\" in \"iexec.json\"")]
    public async Task What_cannot_be_deployed_is_named_before_anything_is_sent(string text, string message)
    {
        await PrepareAsync();
        File.WriteAllText(_cli["iexec.json"], text);
        var network = new AnsweringHub();
        _cli.Network = () => network;
        Assert.Equal(message, (string)(await _cli.FailAsync("app", "deploy"))["error"]!["message"]!);
        Assert.DoesNotContain("eth_sendRawTransaction", network.Methods);
    }

    [Fact]
    public async Task A_node_of_another_chain_is_refused()
    {
        await PrepareAsync();
        _cli.Network = () => new AnsweringHub { ChainId = 1 };
        var error = (await _cli.FailAsync("info"))["error"]!;
        Assert.Equal("The node of chain \"dev\" is of chain 1, not 65535", (string)error["message"]!);
    }

    [Fact]
    public async Task A_missing_hub_is_named()
    {
        await PrepareAsync();
        _cli.Network = () => new AnsweringHub { HasHub = false };
        var error = (await _cli.FailAsync("info"))["error"]!;
        Assert.Equal("ConfigurationError", (string)error["name"]!);
        Assert.Contains("No iExec hub contract at 0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca", (string)error["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_shows_the_contracts()
    {
        await PrepareAsync();
        _cli.Network = () => new AnsweringHub();
        var info = await _cli.OkAsync("info");
        Assert.Equal(
            ["ok", "pocoVersion", "host", "hubAddress", "rlcAddress", "appRegistryAddress", "datasetRegistryAddress", "workerpoolRegistryAddress"],
            info.Select(member => member.Key));
        Assert.Equal("http://127.0.0.1:8545", (string)info["host"]!);
    }

    [Fact]
    public async Task An_interruption_ends_with_the_code_that_shells_expect()
    {
        await PrepareAsync();
        using var interruption = new CancellationTokenSource();
        _cli.Network = () => new InterruptingNetwork(interruption);
        _cli.Interruption = interruption.Token;
        var result = await _cli.RunAsync("info");
        Assert.Equal(130, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Equal("✖ iexec info failed: Interrupted\n", result.Error);
    }

    private sealed class InterruptingNetwork(CancellationTokenSource interruption) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await interruption.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException();
        }
    }

    private async Task PrepareAsync()
    {
        await _cli.OkAsync("init", "--skip-wallet");
        await _cli.OkAsync("wallet", "import", Key, "--unencrypted");
        File.WriteAllText(
            _cli["chain.json"],
            "{\"default\":\"dev\",\"chains\":{\"dev\":{\"id\":\"65535\",\"host\":\"http://127.0.0.1:8545\",\"hub\":\"0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca\"}}}");
    }

    public void Dispose() => _cli.Dispose();
}
