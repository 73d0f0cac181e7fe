using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Results;
using Iexec.Sdk.Tasks;
using Iexec.Sdk.Wire.Market;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Testing.Chain;
using Iexec.Testing.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>An app owner who sells the hello sample, and a requester who buys it, on a network that may be killed between any two calls.</summary>
internal sealed class Buyer : IDisposable
{
    private const ulong AppPrice = 50_000_001;
    private const ulong Deposit = 10_000_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly NetworkProcess _network;
    private readonly PrivateKey _appOwner = TestAddress.Key(101);
    private readonly PrivateKey _requester = TestAddress.Key(102);
    private readonly CancellationToken _none = CancellationToken.None;
    private Address _app;

    private Buyer(NetworkProcess network, ChainConnection chain) => (_network, Chain) = (network, chain);

    /// <summary>Through the network's own ports; survives its restart.</summary>
    public ChainConnection Chain { get; }

    public Parties Parties { get; private set; } = null!;

    public SchedulerClient Scheduler => new(_network.Http.At(_network.Url(_network.Ports.Scheduler)));

    public MarketClient Market => new(_network.Http.Quick, _network.Url(_network.Ports.Market));

    public static async Task<Buyer> CreateAsync(NetworkProcess network, ContainerFixture containers)
    {
        var buyer = new Buyer(network, await network.ConnectAsync());
        await buyer.FundAsync();
        await buyer.OfferAsync(containers);
        var pool = (await buyer.Scheduler.GetConfigurationAsync(CancellationToken.None)).WorkerPoolAddress;
        var owner = await buyer.Chain.Hub.GetOwnerAsync(AssetKind.Workerpool, pool, CancellationToken.None);
        buyer.Parties = new Parties(buyer._appOwner.Address, buyer._requester.Address, owner!.Value, network.Workers());
        return buyer;
    }

    /// <summary>Buys one run with trust 3: two workers have to agree.</summary>
    public async Task<Deal> BuyAsync(string arguments)
    {
        var wanted = new ExecutionRequest { App = _app, Trust = 3, Params = ExecutionParams.Create(null, arguments, []) };
        var set = await EventuallyAsync(
            async () => (await Market.ListAsync(Chain.ChainId, new WorkerpoolOrderQuery { Category = 0, MinTrust = 3 }, _none)).Items.Count > 0
                ? await new BuyExecution(Chain, () => Market, _requester, SystemEntropy.Instance).CollectAsync(wanted, _none)
                : null,
            "an offer of the pool");
        var made = await new FillOrders(Chain, Sender(_requester), null).RunAsync(set, _none);
        return (await Chain.Hub.GetDealAsync(made.Id, _none))!;
    }

    /// <summary>An offer of the app that no other is like.</summary>
    public Signed<AppOrder> SignOffer() =>
        OrderSchemas.App.Sign(new AppOrder { App = _app, AppPrice = AppPrice, Volume = 1000 }, _appOwner, Chain.Hub.Configuration.Domain, SystemEntropy.Instance);

    public async Task<OrderHash> PublishAsync(Signed<AppOrder> offer) =>
        await Market.PublishAsync(Chain.ChainId, OrderSchemas.App, offer, await Market.AuthorizeAsync(Chain.ChainId, _appOwner, _none), _none);

    public static TaskId TaskOf(Deal deal) => TaskId.Of(deal.Id, deal.BotFirst);

    /// <summary>Looks at the chain until it is so.</summary>
    public Task<ChainTask> SeeAsync(Deal deal, Func<ChainTask, bool> isSo, string what) => EventuallyAsync(
        async () => await Chain.Hub.GetTaskAsync(TaskOf(deal), _none) is var task && isSo(task) ? task : null, what);

    /// <summary>Waits for the end, which must be good, and checks the result against the digest on the chain.</summary>
    public async Task<ChainTask> CompleteAsync(Deal deal)
    {
        var task = await SeeAsync(deal, task => task.Status is ChainTaskStatus.Completed or ChainTaskStatus.Failed, "the task's end");
        Assert.Equal(ChainTaskStatus.Completed, task.Status);
        var view = await TaskActions.GetAsync(Chain, task.Id, _none);
        var archive = Path.Combine(_network.Work, $"{task.Id}.zip");
        await ResultDownload.SaveAsync(Chain, view, archive, _none);
        Assert.True(File.Exists(archive));
        return task;
    }

    public Task<Ledger> CountAsync() => Ledger.TakeAsync(Chain, Parties);

    /// <summary>Asks again and again, through refusals and silence, until there is an answer.</summary>
    public async Task<T> EventuallyAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        using var limit = new CancellationTokenSource(Patience);
        Exception? last = null;
        while (!limit.IsCancellationRequested)
        {
            try
            {
                if (await look() is { } found)
                {
                    return found;
                }
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                last = error;
            }

            await Task.Delay(10, _none);
        }

        throw new TimeoutException($"Waited in vain for {what}. {last?.Message}\n{Logs()}");
    }

    public void Dispose()
    {
        _appOwner.Dispose();
        _requester.Dispose();
    }

    private async Task FundAsync()
    {
        foreach (var key in new[] { _appOwner, _requester })
        {
            foreach (var gift in new[] { "getETH", "getRLC" })
            {
                using var reply = await _network.Http.Quick.GetAsync(new Uri(_network.Url(_network.Ports.Rpc), $"/{gift}?address={key.Address}"), _none);
                reply.EnsureSuccessStatusCode();
            }
        }

        await EventuallyAsync(async () => await Chain.Hub.GetTokenBalanceAsync(_requester.Address, _none) >= Deposit ? "yes" : null, "the faucet's gift");
        await AccountActions.DepositAsync(Chain, Sender(_requester), Deposit, _none);
    }

    private async Task OfferAsync(ContainerFixture containers)
    {
        var image = $"127.0.0.1:{_network.Ports.Registry}/hello";
        var checksum = Bytes32.Parse("0x" + containers.Hello.Digest["sha256:".Length..]);
        var call = Chain.Calls.CreateApp(_appOwner.Address, "hello", "DOCKER", Encoding.UTF8.GetBytes(image), checksum, []);
        var receipt = await Sender(_appOwner).SendAsync(call, _none);
        var events = await Chain.Hub.GetEventsAsync(receipt.BlockNumber, receipt.BlockNumber, _none);
        _app = events.OfType<HubEvent.AssetTransferred>().Single(created => created.Position.TransactionHash == receipt.TransactionHash).Asset;
        var order = SignOffer();
        await EventuallyAsync(async () => await PublishAsync(order) is { } hash ? hash.ToString() : null, "the gateway to take the app's order");
    }

    private TransactionSender Sender(PrivateKey key) => new(Chain, key, 1, TimeProvider.System);

    private string Logs() => string.Join(
        '\n', Directory.EnumerateFiles(Path.Combine(_network.ChainFolder, "logs")).Order().Select(file => $"--- {Path.GetFileName(file)}\n{string.Join('\n', File.ReadLines(file).TakeLast(25))}"));
}
