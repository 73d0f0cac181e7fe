using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary><c>info</c>, <c>wallet</c> and <c>account</c>.</summary>
public abstract class AccountCommands(NetworkUser user)
{
    private const string Somebody = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task Info_reads_the_contracts_through_the_hub()
    {
        var info = await _project.ExpectAsync(
            "info",
            ["pocoVersion", "host", "hubAddress", "rlcAddress", "appRegistryAddress", "datasetRegistryAddress", "workerpoolRegistryAddress", .. user.IsTrusted ? (string[])[] : ["useNative"]]);
        Assert.Equal(user.Network.Status.Hub.ToString(), (string)info["hubAddress"]!);
        Assert.Equal(user.Network.Status.Token.ToString(), (string)info["rlcAddress"]!);
    }

    [Fact]
    public async Task A_wallet_pays_in_ether_and_in_RLC()
    {
        var sent = await _project.ExpectAsync($"wallet send-ether 1 gwei --to {Somebody} --force", ["amount", "from", "to", "txHash"]);
        Assert.Equal("1000000000", (string)sent["amount"]!);
        sent = await _project.ExpectAsync($"wallet send-RLC 2 nRLC --to {Somebody} --force", ["amount", "from", "to", "txHash"]);
        Assert.Equal("2", (string)sent["amount"]!);

        var shown = await _project.ExpectAsync("wallet show", ["balance", "wallet"]);
        Assert.Equal(["ether", "RLC", "nRLC", "wei"], shown["balance"]!.AsObject().Select(member => member.Key));
        Assert.Equal(_project.Wallet, (string)shown["wallet"]!["address"]!);
        var other = await _project.ExpectAsync($"wallet show {Somebody}", ["balance"]);
        Assert.NotEqual("0", (string)other["balance"]!["nRLC"]!);
    }

    [Fact]
    public async Task A_wallet_is_swept()
    {
        var poor = await user.Network.PartyAsync(user.Client);
        await poor.ExpectAsync($"wallet sweep --to {Somebody} --force", ["from", "to", "sendNativeTxHash", "sendERC20TxHash"]);
        Assert.Equal("0", (string)(await poor.DoAsync("wallet show"))["balance"]!["nRLC"]!);
    }

    [Fact]
    public async Task An_account_is_filled_and_emptied()
    {
        var before = await StakeAsync();
        var deposited = await _project.ExpectAsync("account deposit 1 RLC", ["amount", "txHash"]);
        Assert.Equal("1000000000", (string)deposited["amount"]!);
        await _project.ExpectAsync("account withdraw 400000000", ["amount", "txHash"]);
        Assert.Equal(before + 600000000, await StakeAsync());

        async Task<ulong> StakeAsync() => ulong.Parse((string)(await _project.ExpectAsync("account show", ["balance"]))["balance"]!["stake"]!, null);
    }

    [Fact]
    public async Task An_account_lets_somebody_spend_and_takes_it_back()
    {
        await _project.ExpectAsync($"account approve 100 {Somebody}", ["txHash"]);
        // The client writes this amount in hexadecimal.
        Assert.Equal("64", (string)(await _project.ExpectAsync($"account allowance {Somebody}", ["amount"]))["amount"]!);
        await _project.ExpectAsync($"account revoke {Somebody}", ["txHash"]);
        Assert.Equal("00", (string)(await _project.DoAsync($"account allowance {Somebody}"))["amount"]!);
    }

    [Fact]
    public async Task More_than_the_stake_cannot_be_withdrawn()
    {
        Assert.Equal("Withdraw amount exceed account balance", await _project.RefusedAsync("account withdraw 1000000 RLC"));
    }
}
