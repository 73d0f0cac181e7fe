using Tests.Conformance.Clients;
using Xunit;

namespace Tests.Conformance.Eight;

/// <summary>What 8.24.0 does otherwise than 9.0.1.</summary>
[Collection(EightCollection.Name)]
public sealed class OlderCommandTests(EightUser user)
{
    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task The_default_storage_is_initialized_with_a_token_of_the_result_proxy()
    {
        Assert.False((bool)(await _project.ExpectAsync("storage check", ["isInitialized"]))["isInitialized"]!);
        var made = await _project.ExpectAsync("storage init", ["isInitialized", "isUpdated"]);
        Assert.Equal((true, false), ((bool)made["isInitialized"]!, (bool)made["isUpdated"]!));
        Assert.True((bool)(await _project.DoAsync("storage check"))["isInitialized"]!);
        Assert.True((bool)(await _project.DoAsync("storage init --force-update"))["isUpdated"]!);
    }

    [Fact]
    public async Task Info_wallet_and_account()
    {
        await _project.ExpectAsync(
            "info",
            [
                "pocoVersion", "host", "hubAddress", "rlcAddress", "appRegistryAddress", "datasetRegistryAddress", "workerpoolRegistryAddress", "useNative",
            ]);
        await _project.ExpectAsync("wallet show", ["balance", "wallet"]);
        await _project.ExpectAsync("account deposit 1 RLC --gas-price 2 gwei", ["amount", "txHash"]);
        await _project.ExpectAsync("account withdraw 1", ["amount", "txHash"]);
        await _project.ExpectAsync("account show", ["balance"]);
    }

    [Fact]
    public async Task Orders_without_tags_are_signed_published_and_filled()
    {
        var (app, pool) = (await user.AppAsync(), await user.PoolAsync());
        await _project.ExpectAsync("order init --app --workerpool --request", ["apporder", "workerpoolorder", "requestorder"]);
        _project.Edit("iexec.json", ("order.requestorder.app", app), ("order.requestorder.workerpool", pool));
        await _project.ExpectAsync("order sign --app --workerpool --request", ["apporder", "workerpoolorder", "requestorder"]);
        await _project.ExpectAsync("order publish --app --force", ["apporder"]);
        await _project.ExpectAsync("order publish --workerpool --request --force", ["workerpoolorder", "requestorder"]);
        var shown = await _project.ExpectAsync("order show --request", ["requestorder"]);
        Assert.Equal("0x" + new string('0', 64), (string)shown["requestorder"]!["order"]!["tag"]!);
        await _project.ExpectAsync("order fill --force", ["dealid", "volume", "txHash"]);
    }

    [Fact]
    public async Task Secrets_are_checked_and_pushed_with_a_framework()
    {
        var app = await user.AppAsync();
        await _project.ExpectAsync($"app push-secret {app} --tee-framework scone --secret-value word", []);
        Assert.True((bool)(await _project.ExpectAsync($"app check-secret {app} --tee-framework scone", ["isSecretSet"]))["isSecretSet"]!);
        await _project.ExpectAsync("requester push-secret word --secret-value word --tee-framework gramine", ["isPushed", "name"]);
    }

    [Fact]
    public async Task Books_are_listed()
    {
        var book = await _project.ExpectAsync($"orderbook workerpool {user.Network.Status.Workerpool} --category 0", ["count", "workerpoolOrders"]);
        Assert.Equal(1, (int)book["count"]!);
    }
}
