using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Deployment;
using Iexec.Simulation;
using Iexec.Simulation.World;
using Iexec.Testing;
using Iexec.Testing.Model;
using Xunit;

namespace Tests.Chain.Model;

/// <summary>
/// The contracts on a node and their model, given the same transactions. The model acts first; what it did is then sent to the node, several transactions to a block, and
/// everything that a node shows must be equal.
/// </summary>
internal sealed class Twins : IAsyncDisposable
{
    private const int TransactionsPerBlock = 12;
    private const int BlocksPerFullComparison = 100;
    private const int SampleSize = 50;

    private readonly AnvilBlocks _blocks;
    private readonly ManualTime _time;
    private readonly List<Step> _pending = [];
    private WorldState _compared;

    private Twins(AnvilProcess node, HubConfiguration configuration, SimulatedHub model, ManualTime time)
    {
        Node = node;
        Configuration = configuration;
        Model = model;
        _time = time;
        _blocks = new AnvilBlocks(node);
        _compared = model.State;
        Views = new ViewList(configuration);
    }

    private static PrivateKey Owner => AnvilProcess.Keys[0];

    public AnvilProcess Node { get; }

    public HubConfiguration Configuration { get; }

    public SimulatedHub Model { get; }

    public ViewList Views { get; }

    public Coverage Coverage { get; } = new();

    public ulong Now => (ulong)_time.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<Twins> StartAsync(bool strict, bool ofCoins = false)
    {
        var node = await AnvilProcess.StartAsync(AnvilBlocks.Options);
        try
        {
            var options = new HubDeployOptions(Owner.Address, ofCoins ? Address.Zero : null, strict);
            var deployment = await HubDeployer.DeployAsync(node.Eth, Owner, options, _ => node.MineAsync(), CancellationToken.None);
            var hub = await JsonRpcHub.ConnectAsync(node.Eth, deployment.Configuration.Hub, CancellationToken.None);
            var categories = new List<Iexec.Poco.Categories.Category>();
            for (ulong id = 0; await hub.GetCategoryAsync(id, CancellationToken.None) is { } category; id++)
            {
                categories.Add(category);
            }

            var head = await hub.GetHeadAsync(CancellationToken.None);
            var time = new ManualTime(DateTimeOffset.FromUnixTimeSeconds((long)head.Timestamp + 1));
            Address Created(string name) => deployment.Steps.Single(step => step.Name == name).Address;
            var settings = new SimulationSettings(deployment.Configuration, Owner.Address)
            {
                Strict = strict,
                Categories = categories,
                Pieces = new(Created(ofCoins ? "HubNativeAccounts" : "HubAccounts"), Created("HubBoost"), Created("HubOrders"), Created("HubExtension")),
            };
            return new Twins(node, deployment.Configuration, new SimulatedHub(settings, time, new SeededEntropy(1)), time);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Lives a random market's life: bursts of transactions, each burst a block, until enough were made. Every view of everything is compared now and then, and at the end.
    /// </summary>
    public async Task LiveAsync(RandomMarket market, int transactions)
    {
        foreach (var (address, contract) in RandomMarket.Contracts)
        {
            await InstallAsync(address, contract);
        }

        foreach (var wish in market.Beginnings())
        {
            Do(wish.Name, wish.Message);
        }

        for (var block = 1; Coverage.Total < transactions; block++)
        {
            await CompareAsync();
            Advance(market.Pause());
            for (var i = market.Burst(TransactionsPerBlock); i > 0; i--)
            {
                var wish = market.Next();
                Do(wish.Name, wish.Message);
            }

            if (block % BlocksPerFullComparison == 0)
            {
                await CompareAsync();
                await CompareAllAsync();
            }
        }

        await CompareAsync();
        await CompareAllAsync();
    }

    /// <summary>Puts a stranger's contract on both sides.</summary>
    public async Task InstallAsync(Address address, Stranger stranger)
    {
        Assert.Empty(_pending);
        Model.Install(address, stranger);
        await Node.RpcAsync("anvil_setCode", $"[\"{address.ToHex()}\",\"{Hex.Encode(stranger.Code)}\"]");
        _compared = Model.State;
    }

    /// <summary>Acts on the model, and keeps for the node.</summary>
    public Outcome Do(string name, Message message)
    {
        var outcome = Model.Send(message);
        Coverage.Count(name, outcome.Succeeded);
        if (!outcome.Succeeded)
        {
            Coverage.Refused(Differences.ReasonOf(outcome));
        }

        _pending.Add(new Step(name, message, outcome));
        return outcome;
    }

    /// <summary>Has the node do what the model did since the last time, in one block, and compares receipts and all views that may have changed.</summary>
    public async Task CompareAsync()
    {
        if (_pending.Count > 0)
        {
            var results = await _blocks.ExecuteAsync(Now, [.. _pending.Select(step => step.Message)]);
            for (var i = 0; i < results.Count; i++)
            {
                Differences.None(_pending[i], results[i]);
            }

            _pending.Clear();
        }

        var state = Model.State;
        await CompareAsync(Views.Changed(_compared, state));
        Coverage.Transitions(_compared, state);
        _compared = state;
    }

    /// <summary>What participants read of deals and tasks is the same whether they read the model or the node.</summary>
    public async Task CompareReadingAsync()
    {
        var node = await JsonRpcHub.ConnectAsync(Node.Eth, Configuration.Hub, CancellationToken.None);
        var hub = Model.State.Hub;
        foreach (var deal in hub.Deals.Keys.Where(id => !hub.WideRanges.ContainsKey(id)).OrderBy(id => id.Value).Take(SampleSize))
        {
            Assert.Equal(await Model.GetDealAsync(deal, CancellationToken.None), await node.GetDealAsync(deal, CancellationToken.None));
        }

        foreach (var task in hub.Tasks.Values.Where(task => task.Index <= ulong.MaxValue).OrderBy(task => task.Id.Value).Take(SampleSize))
        {
            Assert.Equivalent(await Model.GetTaskAsync(task.Id, CancellationToken.None), await node.GetTaskAsync(task.Id, CancellationToken.None), strict: true);
        }
    }

    /// <summary>Compares every view of everything.</summary>
    public Task CompareAllAsync() => CompareAsync([.. Views.Fixed, .. Views.Changed(Model.Snapshot()[0].State, Model.State)]);

    /// <summary>Moves the clock of both; what is pending must have been compared.</summary>
    public void Advance(ulong seconds)
    {
        Assert.Empty(_pending);
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private async Task CompareAsync(IReadOnlyList<View> views)
    {
        var answers = await _blocks.AskAsync(views);
        for (var i = 0; i < views.Count; i++)
        {
            Differences.None(views[i], Model.Call(views[i].Message), answers[i]);
        }

        Coverage.Views += views.Count;
    }
}

/// <summary>A transaction and what the model made of it.</summary>
internal sealed record Step(string Name, Message Message, Outcome Outcome);

/// <summary>A read, with words for a reader of a failure.</summary>
internal sealed record View(string Name, Message Message);
