using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Sdk;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Wallets;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Signing;
using Tests.Network.Letter;
using Xunit;

namespace Tests.Network.Client;

/// <summary>What the samples leave out of the client, on a network like the letter's.</summary>
[Collection(OtherLetterCollection.Name)]
public sealed class ClientTests(LetterNetwork network)
{
    private static readonly Address Stranger = Address.Parse("0x00000000000000000000000000000000000a11ce");

    [Fact]
    public async Task Money_goes_into_the_escrow_is_lent_and_comes_back_and_a_sweep_leaves_nothing()
    {
        using var iexec = await OpenAsync("money");
        var before = await iexec.Wallet.CheckBalancesAsync();

        // Both at once: one after the other they are sent.
        await Task.WhenAll(iexec.Account.DepositAsync(1000), iexec.Account.ApproveAsync(10, Stranger));
        await iexec.Account.WithdrawAsync(400);
        Assert.Equal(new Account(600, UInt256.Zero), await iexec.Account.CheckBalanceAsync());
        Assert.Equal((UInt256)10, await iexec.Account.CheckAllowanceAsync(Stranger));
        await iexec.Account.RevokeApprovalAsync(Stranger);
        Assert.Equal(UInt256.Zero, await iexec.Account.CheckAllowanceAsync(Stranger));
        Assert.Equal(before.Nrlc - 600, (await iexec.Wallet.CheckBalancesAsync()).Nrlc);
        await RefusedAsync(ErrorCode.BusinessError, () => iexec.Account.WithdrawAsync(601));

        await iexec.Wallet.SendRlcAsync(5, Stranger);
        await iexec.Wallet.SendEthAsync(7, Stranger);
        var swept = await iexec.Wallet.SweepAsync(Stranger);
        Assert.NotNull(swept.RlcTransaction);
        Assert.NotNull(swept.CoinTransaction);
        Assert.Equal(before.Nrlc - 600, (await iexec.Wallet.CheckBalancesAsync(Stranger)).Nrlc);
        Assert.Equal(UInt256.Zero, (await iexec.Wallet.CheckBalancesAsync()).Nrlc);
        await RefusedAsync(ErrorCode.NotAvailableError, () => iexec.Wallet.BridgeToSidechainAsync(1));
    }

    [Fact]
    public async Task An_app_is_registered_offered_withdrawn_closed_and_given_away()
    {
        using var iexec = await OpenAsync("seller");
        var description = new AppDescription { Name = "of a client", Multiaddr = network.Hello.Name, Checksum = Bytes32.Parse(network.Hello.Checksum) };
        var app = (await iexec.App.DeployAppAsync(description)).Address;
        Assert.Equal(app, await iexec.App.PredictAppAddressAsync(description));
        Assert.Equal(1UL, await iexec.App.CountUserAppsAsync());
        Assert.Equal("of a client", (await iexec.App.ShowUserAppAsync(0)).Name);
        await iexec.App.PushAppSecretAsync(app, "hidden");
        Assert.True(await iexec.App.CheckAppSecretExistsAsync(app));
        await RefusedAsync(ErrorCode.ObjectNotFoundError, () => iexec.App.ShowAppAsync(Stranger));

        // More than a page of them, each at a price of its own.
        var orders = new List<Signed<AppOrder>>();
        for (var price = 1; price <= 12; price++)
        {
            orders.Add(await iexec.Order.SignAsync(OrderModule.CreateAppOrder(app, priceNrlc: price)));
            Assert.Equal(await iexec.Order.HashAsync(orders[^1].Order), await iexec.Order.PublishAsync(orders[^1]));
        }

        var query = new AppOrderQuery { App = app, PageSize = 10 };
        Assert.Equal((12L, true), await iexec.Orderbook.PageAsync(query) is var page ? (page.Count, page.HasMore) : default);
        var listed = await iexec.Orderbook.FetchAppOrderbookAsync(query).ToListAsync();
        Assert.Equal(Enumerable.Range(1, 12).Select(price => (UInt256)price), listed.Select(order => order.Order.Order.AppPrice));

        var cheapest = listed[0];
        Assert.Equal(cheapest.Hash, await iexec.Order.UnpublishAsync(OrderKind.App, cheapest.Hash));
        await iexec.Order.CancelAsync(cheapest.Order.Order);
        await RefusedAsync(ErrorCode.BusinessError, () => iexec.Order.CancelAsync(cheapest.Order.Order));
        Assert.Single(await iexec.Order.UnpublishLastAsync(OrderKind.App, app));
        Assert.Equal(10, (await iexec.Order.UnpublishAllAsync(OrderKind.App, app)).Count);
        Assert.Empty(await iexec.Orderbook.FetchAppOrderbookAsync(query).ToListAsync());

        await iexec.App.TransferAppAsync(app, Stranger);
        Assert.Equal(Stranger, (await iexec.App.ShowAppAsync(app)).Owner);
        await RefusedAsync(ErrorCode.BusinessError, () => iexec.Order.SignAsync(OrderModule.CreateAppOrder(app)));
    }

    [Fact]
    public async Task A_match_is_told_step_by_step_and_nothing_is_bought_before_the_second()
    {
        var buyer = await network.BuyerAsync();
        using var iexec = Open(buyer.Party);
        var quote = await iexec.Order.QuoteAsync(new ExecutionRequest { App = Address.Parse(buyer.App), Params = "steps" });
        var request = await iexec.Order.SignAsync(quote.Request);
        var app = await iexec.Order.SignAsync(quote.App.Order);
        var orders = new OrderSet(app, OrderSet.NoDataset, quote.Workerpool, request);

        await foreach (var step in iexec.Order.ObserveMatchOrdersAsync(orders))
        {
            Assert.Equal(UInt256.One, Assert.IsType<MatchStep.Checked>(step).Estimate.Volume);
            break;
        }

        var steps = await iexec.Order.ObserveMatchOrdersAsync(orders).ToListAsync();
        Assert.Collection(
            steps, step => Assert.IsType<MatchStep.Checked>(step), step => Assert.IsType<MatchStep.Sent>(step), step => Assert.IsType<MatchStep.Made>(step));
        var made = ((MatchStep.Made)steps[2]).Deal;
        Assert.Equal(((MatchStep.Sent)steps[1]).TransactionHash, made.TransactionHash);
        await RefusedAsync(ErrorCode.BusinessError, () => iexec.Order.MatchOrdersAsync(orders));

        var last = await iexec.Deal.WatchAsync(made.Id).LastAsync();
        Assert.Equal("DEAL_COMPLETED", last.Message);
        var task = DealModule.ComputeTaskId(made.Id, 0);
        Assert.Contains("argument: steps", Assert.Single(await iexec.Task.FetchLogsAsync(task)).Stdout, StringComparison.Ordinal);
        Assert.Equal(made.Id.Value, (await iexec.Task.FetchOffchainInfoAsync(task))!.DealId);
        await RefusedAsync(ErrorCode.BusinessError, () => iexec.Task.ClaimAsync(task));
        await RefusedAsync(ErrorCode.BusinessError, () => iexec.Deal.ClaimAsync(made.Id));
        var hash = await iexec.Order.HashAsync(request.Order);
        Assert.Equal(made.Id, Assert.Single(await iexec.Deal.FetchDealsByRequestOrderAsync(hash).ToListAsync()).Id);
    }

    [Fact]
    public async Task Secrets_are_set_once_and_keys_for_results_can_be_replaced()
    {
        using var iexec = await OpenAsync("keeper-of-secrets");
        Assert.False(await iexec.Secrets.CheckRequesterSecretExistsAsync("token"));
        await iexec.Secrets.PushRequesterSecretAsync("token", "hidden");
        Assert.True(await iexec.Secrets.CheckRequesterSecretExistsAsync("token"));
        await RefusedAsync(ErrorCode.SmsCallError, () => iexec.Secrets.PushRequesterSecretAsync("token", "other"));
        await RefusedAsync(ErrorCode.ValidationError, () => iexec.Secrets.PushRequesterSecretAsync("no name", "x"));

        var (first, second) = (ResultModule.GenerateEncryptionKeyPair(), ResultModule.GenerateEncryptionKeyPair());
        await RefusedAsync(ErrorCode.ValidationError, () => iexec.Result.PushResultEncryptionKeyAsync(first.PrivateKeyPem));
        Assert.False((await iexec.Result.PushResultEncryptionKeyAsync(first.PublicKeyPem)).IsUpdated);
        await RefusedAsync(ErrorCode.SmsCallError, () => iexec.Result.PushResultEncryptionKeyAsync(second.PublicKeyPem));
        Assert.True((await iexec.Result.PushResultEncryptionKeyAsync(second.PublicKeyPem, forceUpdate: true)).IsUpdated);
        Assert.True(await iexec.Result.CheckResultEncryptionKeyExistsAsync());
        await RefusedAsync(ErrorCode.ValidationError, () => iexec.Storage.PushStorageTokenAsync("token", "ipfs"));
        Assert.True((await iexec.Storage.PushStorageTokenAsync("token", "dropbox")).IsPushed);
        Assert.True(await iexec.Storage.CheckStorageTokenExistsAsync("dropbox"));
    }

    [Fact]
    public async Task A_client_without_wallet_reads_and_says_what_it_cannot_do()
    {
        var buyer = await network.BuyerAsync();
        using var iexec = IexecClient.FromFile(buyer.Party["chain.json"], "dev");
        var hub = await iexec.Network.GetNetworkAsync();
        Assert.Equal((network.Status.ChainId, network.Status.Hub), (hub.ChainId, hub.Hub));
        Assert.Equal((UInt256)10, await iexec.Hub.GetTimeoutRatioAsync());
        var count = await iexec.Hub.CountCategoryAsync();
        Assert.NotEqual(0UL, (await iexec.Hub.ShowCategoryAsync(count - 1)).WorkClockTimeRefSeconds);
        await RefusedAsync(ErrorCode.ObjectNotFoundError, () => iexec.Hub.ShowCategoryAsync(count));
        await RefusedAsync(ErrorCode.ObjectNotFoundError, () => iexec.Deal.ShowAsync(default));
        Assert.Equal("UNSET", (await iexec.Task.ShowAsync(default)).StatusName);
        await RefusedAsync(ErrorCode.Web3ProviderSignMessageError, () => iexec.Account.DepositAsync(1));
        await RefusedAsync(ErrorCode.Web3ProviderSignMessageError, () => iexec.Wallet.CheckBalancesAsync());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => iexec.Account.CheckBalanceAsync(Stranger, cancelled.Token));
    }

    [Fact]
    public async Task A_wallet_whose_key_never_leaves_a_key_service_does_all_of_it()
    {
        using var service = new KeyService();
        var signer = new KeyServiceSigner(service);
        var party = await network.InitAsync("key-service", "iexec init");
        await network.FundAsync(signer.Address);
        using var iexec = IexecClient.FromFile(party["chain.json"], signer: signer);
        Assert.Equal(signer.Address, iexec.Wallet.GetAddress());

        await iexec.Account.DepositAsync(1_000_000_000);
        var description = new AppDescription { Name = "of a key service", Multiaddr = network.Hello.Name, Checksum = Bytes32.Parse(network.Hello.Checksum) };
        var app = (await iexec.App.DeployAppAsync(description)).Address;
        await iexec.App.PushAppSecretAsync(app, "hidden");
        var offer = await iexec.Order.SignAsync(OrderModule.CreateAppOrder(app, priceNrlc: 1));
        Assert.Equal(await iexec.Order.HashAsync(offer.Order), await iexec.Order.PublishAsync(offer));
        var deal = await iexec.Order.BuyAsync(new ExecutionRequest { App = app, Params = "remote" });
        Assert.Equal("DEAL_COMPLETED", (await iexec.Deal.WatchAsync(deal.Id).LastAsync()).Message);
        var logs = await iexec.Task.FetchLogsAsync(DealModule.ComputeTaskId(deal.Id, 0));
        Assert.Contains("argument: remote", Assert.Single(logs).Stdout, StringComparison.Ordinal);

        // A device could have shown each of them.
        Assert.Equal(
            ["AppOrder", "Challenge", "RequestOrder"],
            signer.Asked.OfType<SigningRequest.TypedData>().Select(asked => asked.Document.PrimaryType).Distinct().Order());
        Assert.Single(signer.Asked.OfType<SigningRequest.Message>());
        Assert.Equal(3, signer.Asked.OfType<SigningRequest.Transaction>().Count());
    }

    private async Task<IexecClient> OpenAsync(string name)
    {
        var party = await network.InitAsync(name, "iexec init");
        await network.FundAsync(party.Address);
        return Open(party);
    }

    private static IexecClient Open(Party party) =>
        IexecClient.FromFile(party["chain.json"], signer: WalletFile.Open(party.Keystore.FindNewest()!).Unlock(party.Password));

    private static async Task RefusedAsync(ErrorCode code, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<IexecException>(act);
        Assert.True(refused.Code == code, $"{refused.Code} instead of {code}: {refused.Message}");
    }
}
