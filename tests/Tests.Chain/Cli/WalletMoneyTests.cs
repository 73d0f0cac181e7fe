using Iexec.Ethereum;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

/// <summary>Commands that move money of a wallet, and what --dry-run and --confirms make of them.</summary>
public sealed class WalletMoneyTests : IAsyncLifetime
{
    private static readonly Address Friend = Address.Parse("0x00000000000000000000000000000000000f71e4");
    private LocalServices _services = null!;
    private Party _party = null!;

    public async Task InitializeAsync()
    {
        _services = await LocalServices.StartAsync();
        _party = await Party.CreateAsync(_services, AnvilProcess.Keys[5]);
        await _services.GiveAsync(_party.Address, 5_000_000_000);
    }

    [Theory]
    [InlineData("send-RLC", new[] { "0.5" }, "500000000")]
    [InlineData("send-RLC", new[] { "7", "nRLC" }, "7")]
    [InlineData("sendRLC", new[] { "9" }, "9")]
    [InlineData("sendRLC", new[] { "1", "RLC" }, "1000000000")]
    public async Task RLC_goes_to_another_wallet_in_the_units_of_each_name(string command, string[] amount, string nrlc)
    {
        var sent = await _party.Cli.OkAsync(["wallet", command, .. amount, "--to", Friend.ToString(), "--force"]);
        Assert.Equal(["ok", "amount", "from", "to", "txHash"], sent.Select(member => member.Key));
        Assert.Equal(nrlc, (string)sent["amount"]!);
        Assert.Equal(nrlc, (string)(await _party.Cli.OkAsync("wallet", "show", Friend.ToString()))["balance"]!["nRLC"]!);
    }

    [Theory]
    [InlineData("send-ether", new[] { "1.5" }, "1500000000000000000")]
    [InlineData("sendETH", new[] { "3", "gwei" }, "3000000000")]
    public async Task Ether_goes_to_another_wallet(string command, string[] amount, string wei)
    {
        var sent = await _party.Cli.OkAsync(["wallet", command, .. amount, "--to", Friend.ToString(), "--force"]);
        Assert.Equal(wei, (string)sent["amount"]!);
        Assert.Equal(wei, (string)(await _party.Cli.OkAsync("wallet", "show", Friend.ToString()))["balance"]!["wei"]!);
    }

    [Fact]
    public async Task Money_is_not_sent_unasked_to_nobody_or_beyond_the_balance()
    {
        var unasked = (await _party.Cli.FailAsync("wallet", "send-RLC", "1", "--to", Friend.ToString()))["error"]!;
        Assert.StartsWith("Not confirmed: Send 1000000000 nRLC (1 RLC)", (string)unasked["message"]!, StringComparison.Ordinal);
        var nobody = (await _party.Cli.FailAsync("wallet", "send-RLC", "1", "--to", Address.Zero.ToString(), "--force"))["error"]!;
        Assert.Contains("nobody's account", (string)nobody["message"]!, StringComparison.Ordinal);
        var poor = (await _party.Cli.FailAsync("wallet", "send-RLC", "6", "--to", Friend.ToString(), "--force"))["error"]!;
        Assert.Equal("Amount to send (6000000000 nRLC) is greater than the wallet's balance (5000000000 nRLC)", (string)poor["message"]!);
        var ether = (await _party.Cli.FailAsync("wallet", "send-ether", "20000", "--to", Friend.ToString(), "--force"))["error"]!;
        Assert.Equal("Amount to send (20000 ether) is greater than the wallet's balance (10000 ether)", (string)ether["message"]!);
        Assert.Equal("0", (string)(await _party.Cli.OkAsync("wallet", "show", Friend.ToString()))["balance"]!["nRLC"]!);
    }

    [Fact]
    public async Task A_sweep_leaves_less_than_the_price_of_a_transfer()
    {
        var planned = await _party.Cli.OkAsync("wallet", "sweep", "--to", Friend.ToString(), "--dry-run");
        Assert.Equal(2, planned["transactions"]!.AsArray().Count);
        var swept = await _party.Cli.OkAsync("wallet", "sweep", "--to", Friend.ToString(), "--force");
        Assert.Equal(["ok", "from", "to", "sendERC20TxHash", "sendNativeTxHash"], swept.Select(member => member.Key));
        var left = (await _party.Cli.OkAsync("wallet", "show"))["balance"]!;
        Assert.Equal("0", (string)left["nRLC"]!);
        Assert.True(UInt256.Parse((string)left["wei"]!) < 21_000 * (UInt256)4_000_000_000);
        Assert.Equal("5.0", (string)(await _party.Cli.OkAsync("wallet", "show", Friend.ToString()))["balance"]!["RLC"]!);
        var again = await _party.Cli.OkAsync("wallet", "sweep", "--to", Friend.ToString(), "--force");
        Assert.Equal(["ok", "from", "to"], again.Select(member => member.Key));
    }

    [Fact]
    public async Task A_sweep_that_fails_says_so_with_its_exit_code()
    {
        // The receiver is the token contract, which takes no ether.
        var token = _services.Chain.Hub.Configuration.Token.ToString();
        var failed = await _party.Cli.FailAsync("wallet", "sweep", "--to", token, "--force");
        Assert.False((bool)failed["ok"]!);
        Assert.NotNull(failed["sendERC20TxHash"]);
        Assert.StartsWith("Failed to transfer ether", (string)failed["errors"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_target_data_and_gas_without_password_and_sends_nothing()
    {
        await _party.Cli.OkAsync("wallet", "encrypt", "--password", "p");
        var before = await _services.Chain.Eth.GetTransactionCountAsync(_party.Address, pending: true, default);
        foreach (var args in new string[][]
        {
            ["wallet", "send-RLC", "1", "--to", Friend.ToString()], ["wallet", "send-ether", "1", "--to", Friend.ToString()],
            ["account", "deposit", "5"], ["account", "approve", "5", Friend.ToString()], ["account", "revoke", Friend.ToString()],
        })
        {
            var shown = await _party.Cli.OkAsync([.. args, "--dry-run"]);
            Assert.True((bool)shown["dryRun"]!);
            var transaction = shown["transactions"]![0]!.AsObject();
            Assert.Equal(["purpose", "from", "to", "value", "data", "gas", "maxFee"], transaction.Select(member => member.Key));
            Assert.True(ulong.Parse((string)transaction["gas"]!, System.Globalization.CultureInfo.InvariantCulture) >= 21_000);
        }

        Assert.Equal(before, await _services.Chain.Eth.GetTransactionCountAsync(_party.Address, pending: true, default));
        var human = await _party.Cli.RunAsync("account", "deposit", "5", "--dry-run");
        Assert.StartsWith($"Nothing was sent. From {_party.Address} would go:\n- deposit 5 nRLC\n", human.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3000000000", "3", "gwei")]
    [InlineData("4000000000", "4000000000")]
    public async Task A_price_of_gas_that_is_given_is_what_each_unit_pays(string wei, params string[] price)
    {
        var deposit = await _party.Cli.OkAsync(["account", "deposit", "--gas-price", .. price, "1", "RLC"]);
        Assert.Equal("1000000000", (string)deposit["amount"]!);
        var sent = await _services.Chain.Eth.Rpc.CallAsync(new("eth_getTransactionByHash", $"[\"{deposit["txHash"]}\"]"), default);
        Assert.Equal(UInt256.Parse(wei), UInt256.Parse(sent.GetProperty("gasPrice").GetString()!));
        var transaction = (await _party.Cli.OkAsync(["account", "deposit", "5", "--dry-run", "--gas-price", .. price]))["transactions"]![0]!;
        Assert.Equal(UInt256.Parse(wei) * UInt256.Parse((string)transaction["gas"]!), UInt256.Parse((string)transaction["maxFee"]!));
    }

    [Fact]
    public async Task A_chain_without_gas_is_offered_nothing_unless_a_price_is_given()
    {
        _party.Edit("chain.json", "chains.dev.useGas", false);
        var free = (await _party.Cli.OkAsync("account", "deposit", "5", "--dry-run"))["transactions"]![0]!;
        Assert.Equal("0", (string)free["maxFee"]!);
        var paid = (await _party.Cli.OkAsync("account", "deposit", "5", "--dry-run", "--gas-price", "1", "gwei"))["transactions"]![0]!;
        Assert.NotEqual("0", (string)paid["maxFee"]!);
    }

    [Fact]
    public async Task A_price_of_gas_that_is_no_amount_is_refused()
    {
        var error = (await _party.Cli.FailAsync("account", "deposit", "5", "--gas-price", "cheap"))["error"]!;
        Assert.Equal("--gas-price: cheap is not a valid amount", (string)error["message"]!);
    }

    [Fact]
    public async Task An_allowance_is_given_shown_in_decimals_and_taken_back()
    {
        var spender = Friend.ToString();
        Assert.Equal(["ok", "txHash"], (await _party.Cli.OkAsync("account", "approve", "100", spender)).Select(member => member.Key));
        Assert.Equal("100", (string)(await _party.Cli.OkAsync("account", "allowance", spender))["amount"]!);
        await _party.Cli.OkAsync("account", "approve", "2", spender, "RLC");
        Assert.Equal("2000000000", (string)(await _party.Cli.OkAsync("account", "allowance", spender, "--user", _party.Address.ToString()))["amount"]!);
        Assert.Equal("0", (string)(await _party.Cli.OkAsync("account", "allowance", _party.Address.ToString(), "--user", spender))["amount"]!);
        await _party.Cli.OkAsync("account", "revoke", spender);
        Assert.Equal("0", (string)(await _party.Cli.OkAsync("account", "allowance", spender))["amount"]!);
        await _party.Cli.FailAsync("account", "approve", "0", spender);
    }

    [Fact]
    public async Task Confirms_waits_for_as_many_blocks()
    {
        var start = await _services.Chain.Eth.GetBlockNumberAsync(default);
        var deposit = _party.Cli.OkAsync("account", "deposit", "5", "--confirms", "3");
        while (await _services.Chain.Eth.GetBlockNumberAsync(default) == start)
        {
            await Task.Yield();
        }

        // The node makes a block per transaction: two more are needed.
        await _services.GiveAsync(Friend, 1);
        Assert.False(deposit.IsCompleted);
        await _services.GiveAsync(Friend, 1);
        Assert.Equal("5", (string)(await deposit)["amount"]!);
    }

    public async Task DisposeAsync()
    {
        _party.Dispose();
        await _services.DisposeAsync();
    }
}
