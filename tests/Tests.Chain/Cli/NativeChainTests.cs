using System.Globalization;
using Iexec.Ethereum;
using Iexec.Poco.Deployment;
using Iexec.Testing;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Chain.Cli;

/// <summary>A chain whose coin is RLC, as the sidechains of versions 4 to 8: every amount that leaves or enters the wallet is in that coin.</summary>
public sealed class NativeChainTests : IAsyncLifetime
{
    private static readonly Address Receiver = Address.Parse("0x00000000000000000000000000000000000000aB");
    private readonly CliRunner _cli = new() { Network = () => new SocketsHttpHandler() };
    private AnvilProcess _node = null!;
    private HubDeployment _hub = null!;

    public async Task InitializeAsync()
    {
        _node = await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0));
        var owner = AnvilProcess.Keys[0];
        _hub = await HubDeployer.DeployAsync(_node.Eth, owner, new HubDeployOptions(owner.Address, Address.Zero), null, CancellationToken.None);
        WriteChain("true");
        await _cli.OkAsync("wallet", "import", Hex.Encode(AnvilProcess.Keys[1].ExportSecret()), "--unencrypted");
    }

    [Fact]
    public async Task Deposits_withdrawals_and_transfers_move_the_coin()
    {
        var before = await BalanceAsync();
        Assert.Equal(before.Nrlc, decimal.Floor(before.Wei / 1_000_000_000));
        await _cli.OkAsync("account", "deposit", "5", "RLC");
        Assert.Equal("5000000000", (string)(await _cli.OkAsync("account", "show"))["balance"]!["stake"]!);
        Assert.InRange((before.Wei - (await BalanceAsync()).Wei) / 1e18m, 5m, 5.01m);

        await _cli.OkAsync("account", "withdraw", "2", "RLC");
        Assert.Equal("3000000000", (string)(await _cli.OkAsync("account", "show"))["balance"]!["stake"]!);
        Assert.InRange((before.Wei - (await BalanceAsync()).Wei) / 1e18m, 3m, 3.01m);

        await _cli.OkAsync("wallet", "send-RLC", "1.5", "--to", Receiver.ToString(), "--force");
        Assert.Equal(1_500_000_000_000_000_000m, (decimal)(ulong)await _node.Eth.GetBalanceAsync(Receiver, CancellationToken.None));
        var planned = await _cli.OkAsync("account", "deposit", "7", "--dry-run");
        Assert.Equal(_hub.Configuration.Hub.ToString(), (string)planned["transactions"]![0]!["to"]!);

        var tooMuch = (await _cli.FailAsync("account", "deposit", "20000", "RLC"))["error"]!;
        Assert.StartsWith("Deposit amount (20000000000000 nRLC) is greater than the wallet's balance", (string)tooMuch["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_is_one_transfer()
    {
        var swept = await _cli.OkAsync("wallet", "sweep", "--to", Receiver.ToString(), "--force");
        Assert.Equal(["ok", "from", "to", "sendNativeTxHash"], swept.Select(member => member.Key));
        Assert.True((await BalanceAsync()).Wei < 1_000_000_000_000_000m);
    }

    [Theory]
    [InlineData("false", "stakes the chain's coin, but chain.json says \"native\": false")]
    [InlineData("\"yes\"", "native must be true or false, not \"yes\" in chain.json (line 1)")]
    public async Task What_chain_json_says_of_the_coin_has_to_be_true(string native, string message)
    {
        WriteChain(native);
        Assert.Contains(message, (string)(await _cli.FailAsync("wallet", "show"))["error"]!["message"]!, StringComparison.Ordinal);
    }

    private async Task<(decimal Wei, decimal Nrlc)> BalanceAsync()
    {
        var balance = (await _cli.OkAsync("wallet", "show"))["balance"]!;
        return (decimal.Parse((string)balance["wei"]!, CultureInfo.InvariantCulture), decimal.Parse((string)balance["nRLC"]!, CultureInfo.InvariantCulture));
    }

    private void WriteChain(string native) => File.WriteAllText(
        _cli["chain.json"],
        $$$"""{ "chains": { "side": { "id": "{{{_hub.Configuration.ChainId}}}", "host": "{{{_node.Url}}}", "hub": "{{{_hub.Configuration.Hub}}}", "native": {{{native}}}, "useGas": true } } }""");

    public async Task DisposeAsync()
    {
        _cli.Dispose();
        await _node.DisposeAsync();
    }
}
