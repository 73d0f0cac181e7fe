using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Sdk;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Orders;
using Iexec.Testing.Official;
using Iexec.Testing.Signing;
using Xunit;

namespace Tests.Conformance.OfficialContracts;

/// <summary>Our library against the official contracts: deploy, sign, match, show, claim.</summary>
public sealed class OurLibraryTests : IAsyncLifetime
{
    private static readonly Bytes32 Checksum = Bytes32.Parse("0x" + new string('1', 64));

    private OfficialNode? _node;

    public async Task InitializeAsync() => _node = OfficialPackage.IsInstalled ? await OfficialNode.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    [OfficialFact]
    public async Task A_deal_is_made_of_signed_orders_shown_and_claimed()
    {
        using var owner = Open(OfficialNode.Owner);
        var category = (await owner.Hub.CreateCategoryAsync("blink", "one second", workClockTimeRefSeconds: 1)).Id;
        Assert.Equal((UInt256)5, category);
        Assert.Equal("blink", (await owner.Hub.ShowCategoryAsync(category)).Name);

        // The buyer's key never leaves a key service: the official contracts take what it signs.
        using var service = new KeyService();
        using var buyer = Open(new KeyServiceSigner(service));
        await owner.Wallet.SendEthAsync(1_000_000_000_000_000_000, buyer.Wallet.GetAddress());
        await owner.Wallet.SendRlcAsync(1000, buyer.Wallet.GetAddress());
        await buyer.Account.DepositAsync(500);
        await owner.Account.DepositAsync(100);

        var app = await owner.App.DeployAppAsync(new AppDescription { Name = "app", Multiaddr = "hello", Checksum = Checksum });
        var dataset = await owner.Dataset.DeployDatasetAsync(new DatasetDescription { Name = "data", Multiaddr = "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ" });
        var pool = await owner.Workerpool.DeployWorkerpoolAsync(new WorkerpoolDescription { Description = "pool" });
        Assert.Equal("app", (await buyer.App.ShowAppAsync(app.Address)).Name);
        Assert.True(await buyer.Dataset.CheckDeployedDatasetAsync(dataset.Address));
        Assert.Equal(1UL, await buyer.Workerpool.CountUserWorkerpoolsAsync(OfficialNode.Owner.Address));

        var orders = new OrderSet(
            await owner.Order.SignAsync(OrderModule.CreateAppOrder(app.Address, priceNrlc: 3, volume: 2)),
            await owner.Order.SignAsync(OrderModule.CreateDatasetOrder(dataset.Address, priceNrlc: 2, volume: 2)),
            await owner.Order.SignAsync(OrderModule.CreateWorkerpoolOrder(pool.Address, category, priceNrlc: 10, volume: 2)),
            await buyer.Order.SignAsync(buyer.Order.CreateRequestOrder(
                new ExecutionRequest { App = app.Address, Dataset = dataset.Address, Workerpool = pool.Address, Category = category, Params = "{\"iexec_args\":\"a\"}" },
                appMaxPriceNrlc: 3,
                datasetMaxPriceNrlc: 2,
                workerpoolMaxPriceNrlc: 10,
                volume: 2)));
        Assert.Equal(((UInt256)2, (UInt256)30), await buyer.Order.EstimateMatchOrdersAsync(orders) is var estimate ? (estimate.Volume, estimate.TotalNrlc) : default);
        var made = await buyer.Order.MatchOrdersAsync(orders);

        var deal = await buyer.Deal.ShowAsync(made.Id);
        Assert.Equal((app.Address, dataset.Address, pool.Address), (deal.App.Pointer, deal.Dataset.Pointer, deal.Workerpool.Pointer));
        Assert.Equal((buyer.Wallet.GetAddress(), 2UL), (deal.Requester, deal.BotSize));
        Assert.Equal((UInt256)30, (await buyer.Account.CheckBalanceAsync()).Locked);
        await RefusedAsync(ErrorCode.BusinessError, () => buyer.Deal.ClaimAsync(made.Id));

        await _node!.PassAsync(TimeSpan.FromSeconds(11));
        var claimed = Assert.Single(await buyer.Deal.ClaimAsync(made.Id));
        Assert.Equal([DealModule.ComputeTaskId(made.Id, 0), DealModule.ComputeTaskId(made.Id, 1)], claimed.Tasks);
        Assert.Equal("FAILED", (await buyer.Task.ShowAsync(claimed.Tasks[0])).StatusName);
        Assert.Equal(((UInt256)500, UInt256.Zero), await buyer.Account.CheckBalanceAsync() is var account ? (account.Stake, account.Locked) : default);
    }

    [OfficialFact]
    public async Task An_order_is_closed_and_assets_change_hands()
    {
        using var owner = Open(OfficialNode.Owner);
        var app = (await owner.App.DeployAppAsync(new AppDescription { Name = "app", Multiaddr = "hello", Checksum = Checksum })).Address;
        var order = await owner.Order.SignAsync(OrderModule.CreateAppOrder(app));
        await owner.Order.CancelAsync(order.Order);
        await RefusedAsync(ErrorCode.BusinessError, () => owner.Order.CancelAsync(order.Order));
        var missing = (await RefusedAsync(ErrorCode.ObjectNotFoundError, () => owner.Hub.ShowCategoryAsync(77))).Missing;
        Assert.Equal(new MissingObject("category", "77", OfficialNode.ChainId), missing);
        var somebody = Address.Parse("0x00000000000000000000000000000000000a11ce");
        await owner.App.TransferAppAsync(app, somebody);
        Assert.Equal(somebody, (await owner.App.ShowAppAsync(app)).Owner);
        await RefusedAsync(ErrorCode.BusinessError, () => owner.Order.SignAsync(OrderModule.CreateAppOrder(app)));
    }

    private IexecClient Open(ISigner signer) =>
        new(new ChainSettings { Name = "official", Id = OfficialNode.ChainId, Host = _node!.Url, Hub = _node.Hub }, signer);

    private static async Task<IexecException> RefusedAsync(ErrorCode code, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<IexecException>(act);
        Assert.True(refused.Code == code, $"{refused.Code} instead of {code}: {refused.Message}");
        return refused;
    }
}
