using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Deployment;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Poco;

public sealed class DeploymentTests
{
    private static readonly HubDeployOptions Options = new(TestHub.Owner.Address);

    [Fact]
    public async Task Hub_stands_where_predicted_with_five_categories()
    {
        await using var chain = await TestHub.StartAsync();

        Assert.Equal(HubDeployer.PredictHub(Options), chain.Hub.Configuration.Hub);
        Assert.Equal(["RLC", "AppRegistry", "DatasetRegistry", "WorkerpoolRegistry", "HubAccounts", "HubBoost", "HubOrders", "HubExtension", "Hub", "GroupFactory", "Categories"], chain.Deployment.Steps.Select(step => step.Name));
        Assert.Equal(5UL, await chain.Hub.CountCategoriesAsync(default));
        Assert.Equal<ulong>([300, 1200, 3600, 10800, 36000], await TimesAsync(chain.Hub));
        Assert.Null(await chain.Hub.GetCategoryAsync(5, default));
        Assert.Equal((UInt256)87_000_000_000_000_000UL, await chain.Hub.GetTokenBalanceAsync(TestHub.Owner.Address, default));
    }

    [Fact]
    public async Task Deploying_again_changes_nothing()
    {
        await using var chain = await TestHub.StartAsync();
        var block = await chain.Eth.GetBlockNumberAsync(default);

        var again = await HubDeployer.DeployAsync(chain.Eth, TestHub.Owner, Options, null, default);

        Assert.Empty(again.Steps);
        Assert.Equal(chain.Hub.Configuration, again.Configuration);
        Assert.Equal(block, await chain.Eth.GetBlockNumberAsync(default));
    }

    [Fact]
    public async Task All_transactions_fit_one_block()
    {
        await using var node = await AnvilProcess.StartAsync();

        var deployment = await HubDeployer.DeployAsync(node.Eth, TestHub.Owner, Options, _ => node.MineAsync(), default);

        Assert.Equal(11, deployment.Steps.Count);
        Assert.Equal(1UL, await node.Eth.GetBlockNumberAsync(default));
    }

    [Fact]
    public async Task A_missing_deterministic_proxy_is_created_first()
    {
        await using var node = await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0));
        await node.RpcAsync("anvil_setCode", "[\"0x4e59b44847b379578588920cA78FbF26c0B4956C\",\"0x\"]");
        await node.RpcAsync("anvil_setNonce", "[\"0x4e59b44847b379578588920cA78FbF26c0B4956C\",\"0x0\"]");

        var deployment = await HubDeployer.DeployAsync(node.Eth, TestHub.Owner, Options, null, default);

        Assert.Equal(HubDeployer.PredictHub(Options), deployment.Configuration.Hub);
    }

    [Fact]
    public async Task An_account_without_coin_is_told_so()
    {
        await using var node = await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0));
        using var poor = PrivateKey.Generate(SystemEntropy.Instance);

        var error = await Assert.ThrowsAsync<HubDeploymentException>(
            () => HubDeployer.DeployAsync(node.Eth, poor, new HubDeployOptions(poor.Address), null, default));

        Assert.Contains("cannot pay", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_can_deploy_the_categories()
    {
        await using var node = await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0));

        var error = await Assert.ThrowsAsync<HubDeploymentException>(() => HubDeployer.DeployAsync(node.Eth, TestHub.AppOwner, Options, null, default));

        Assert.Contains("Deploy with the owner's key", error.Message, StringComparison.Ordinal);
        Assert.Equal(0UL, await node.Eth.GetBlockNumberAsync(default));
    }

    [Fact]
    public async Task An_address_without_hub_is_refused()
    {
        await using var chain = await TestHub.StartAsync();

        await Assert.ThrowsAsync<HubNotFoundException>(() => JsonRpcHub.ConnectAsync(chain.Eth, TestHub.Owner.Address, default));
        await Assert.ThrowsAsync<HubNotFoundException>(() => JsonRpcHub.ConnectAsync(chain.Eth, chain.Hub.Configuration.Token, default));
    }

    [Fact]
    public async Task A_hub_for_the_chains_own_coin_takes_coins_and_gives_them_back()
    {
        await using var node = await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0));
        var options = new HubDeployOptions(TestHub.Owner.Address, Address.Zero);
        var hub = (await HubDeployer.DeployAsync(node.Eth, TestHub.Owner, options, null, default)).Configuration;
        var connected = await JsonRpcHub.ConnectAsync(node.Eth, hub.Hub, default);

        Assert.Equal(Address.Zero, hub.Token);
        await SendAsync(node, hub.Hub, HubNativeAccountsContract.EncodeDeposit(), valueWei: 5_000_000_007);
        Assert.Equal((UInt256)5, (await connected.GetAccountAsync(TestHub.Owner.Address, default)).Stake);
        Assert.Equal((UInt256)5_000_000_000, await node.Eth.GetBalanceAsync(hub.Hub, default));
        await SendAsync(node, hub.Hub, HubNativeAccountsContract.EncodeWithdraw(5), valueWei: 0);
        Assert.Equal(UInt256.Zero, await node.Eth.GetBalanceAsync(hub.Hub, default));
    }

    [Fact]
    public async Task A_strict_hub_is_another_hub_and_says_so()
    {
        await using var node = await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0));
        var strict = Options with { Strict = true };
        var hub = (await HubDeployer.DeployAsync(node.Eth, TestHub.Owner, strict, null, default)).Configuration;

        Assert.NotEqual(HubDeployer.PredictHub(Options), hub.Hub);
        var answer = await node.Eth.CallAsync(new EthCall(null, hub.Hub, HubContract.EncodeConfiguration()), null, default);
        Assert.True(HubContract.DecodeConfiguration(answer).Strict);
    }

    private static async Task SendAsync(AnvilProcess node, Address to, byte[] data, UInt256 valueWei)
    {
        var chainId = await node.Eth.GetChainIdAsync(default);
        var nonce = await node.Eth.GetTransactionCountAsync(TestHub.Owner.Address, pending: true, default);
        var fees = await node.Eth.SuggestFeesAsync(default);
        var signed = new TransactionRequest(chainId, nonce, to, valueWei, data, 500_000, fees).Sign(TestHub.Owner);
        await node.Eth.Rpc.CallAsync(new RpcCall("eth_sendRawTransaction", $"[\"{Hex.Encode(signed.Raw)}\"]"), default);
        // The node answers before the block that it mines at once is there.
        TransactionReceipt? receipt;
        while ((receipt = await node.Eth.GetReceiptAsync(signed.Hash, default)) is null)
        {
            await Task.Delay(20);
        }

        Assert.True(receipt.Succeeded);
    }

    private static async Task<List<ulong>> TimesAsync(IHub hub)
    {
        var times = new List<ulong>();
        for (UInt256 id = 0; await hub.GetCategoryAsync(id, default) is { } category; id += 1)
        {
            times.Add(category.WorkClockTimeRefSeconds);
        }

        return times;
    }
}
