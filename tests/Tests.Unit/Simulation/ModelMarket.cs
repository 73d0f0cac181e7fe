using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Simulation;
using Iexec.Simulation.Hub;
using Iexec.Simulation.World;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Iexec.Testing.Model;
using Xunit;

namespace Tests.Unit.Simulation;

/// <summary>A model with one app, one dataset, one pool, and people with 100 RLC each in the ledger. Amounts in nRLC.</summary>
internal sealed class ModelMarket
{
    public static readonly UInt256 Deposit = 100_000_000_000;
    public static readonly UInt256 AppPrice = 100_000_001;
    public static readonly UInt256 DatasetPrice = 200_000_002;
    public static readonly UInt256 WorkerpoolPrice = 1_000_000_007;
    public const ulong TimeRef = 300;
    public static readonly UInt256 OfferedVolume = UInt256.MaxValue;

    /// <summary>The score that everybody had at an earlier hub.</summary>
    public static readonly UInt256 PreviousScore = 60;

    private static readonly Address PreviousHub = TestAddress.Of(77);
    private static readonly RevertDecoder Reverts = new(ContractErrors.All);

    public ModelMarket(bool strict = false)
    {
        var settings = SimulationSettings.OnChain(65535, Owner.Address) with
        {
            Strict = strict,
            PreviousHub = PreviousHub,
            Categories = [new Category(0, "XS", "\"short\"", TimeRef)],
        };
        Hub = new SimulatedHub(settings, Time, new SeededEntropy(1));
        Hub.Install(PreviousHub, new Stranger("0x", (_, _) => PreviousScore.ToBytes32().ToArray()));
        Calls = new HubCalls(Hub.Configuration);
        foreach (var key in (PrivateKey[])[AppOwner, DatasetOwner, PoolOwner, Requester, Sponsor, .. Workers])
        {
            Do(Owner, Calls.TransferToken(key.Address, Deposit));
            Do(key, Calls.Deposit(Deposit));
        }

        App = AddressOf(Do(AppOwner, Calls.CreateApp(AppOwner.Address, "app", "DOCKER", [1], default, [])));
        Dataset = AddressOf(Do(DatasetOwner, Calls.CreateDataset(DatasetOwner.Address, "dataset", [2], default)));
        Pool = AddressOf(Do(PoolOwner, Calls.CreateWorkerpool(PoolOwner.Address, "pool")));
    }

    public static PrivateKey Owner { get; } = TestAddress.Key(0);

    public static PrivateKey AppOwner { get; } = TestAddress.Key(1);

    public static PrivateKey DatasetOwner { get; } = TestAddress.Key(2);

    public static PrivateKey PoolOwner { get; } = TestAddress.Key(3);

    public static PrivateKey Requester { get; } = TestAddress.Key(4);

    public static PrivateKey Sponsor { get; } = TestAddress.Key(5);

    public static IReadOnlyList<PrivateKey> Workers { get; } = [.. Enumerable.Range(10, 24).Select(TestAddress.Key)];

    public ManualTime Time { get; } = new();

    public SimulatedHub Hub { get; }

    public HubCalls Calls { get; }

    public Address App { get; }

    public Address Dataset { get; }

    public Address Pool { get; }

    public LedgerAccount this[PrivateKey key] => Hub.State.Hub.AccountOf(key.Address);

    public UInt256 Kitty => Hub.State.Hub.AccountOf(Rewards.KittyAddress).Frozen;

    /// <summary>Sends and expects success.</summary>
    public Outcome Do(PrivateKey sender, ContractCall call)
    {
        var outcome = Hub.Send(sender.Address, call);
        Assert.True(outcome.Succeeded, Reverts.Decode(outcome.Data).Message);
        return outcome;
    }

    /// <summary>Sends and expects a refusal; its text, empty for one without data.</summary>
    public string Refused(PrivateKey sender, ContractCall call)
    {
        var before = Hub.State;
        var outcome = Hub.Send(sender.Address, call);
        Assert.False(outcome.Succeeded);
        Assert.Empty(outcome.Logs);
        Assert.Same(before, Hub.State);
        return Reverts.Decode(outcome.Data).Message;
    }

    public void Pass(ulong seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public RequestOrder Request => new()
    {
        App = App,
        AppMaxPrice = AppPrice,
        Dataset = Dataset,
        DatasetMaxPrice = DatasetPrice,
        WorkerpoolMaxPrice = WorkerpoolPrice,
        Requester = Requester.Address,
        Volume = 1,
        Trust = 1,
    };

    /// <summary>Four orders at the prices that a request pays, signed by their owners.</summary>
    public ContractCall Match(RequestOrder request)
    {
        var domain = Hub.Configuration.Domain;
        var app = new AppOrder { App = App, AppPrice = request.AppMaxPrice, Volume = OfferedVolume, Tag = request.Tag };
        var pool = new WorkerpoolOrder
        {
            Workerpool = Pool,
            WorkerpoolPrice = request.WorkerpoolMaxPrice,
            Volume = OfferedVolume,
            Trust = UInt256.MaxValue,
            Tag = request.Tag,
        };
        return Calls.MatchOrders(
            OrderSchemas.App.SignAsIs(app, AppOwner, domain),
            request.Dataset.IsZero
                ? new Signed<DatasetOrder>(DatasetOrder.None, ReadOnlyMemory<byte>.Empty)
                : OrderSchemas.Dataset.SignAsIs(new DatasetOrder { Dataset = Dataset, DatasetPrice = DatasetPrice, Volume = OfferedVolume }, DatasetOwner, domain),
            OrderSchemas.Workerpool.SignAsIs(pool, PoolOwner, domain),
            OrderSchemas.Request.SignAsIs(request, Requester, domain));
    }

    /// <summary>The same, and the first tasks opened: one argument more, before what the offsets of the four point to.</summary>
    public ContractCall MatchAndOpen(RequestOrder request, UInt256 tasks)
    {
        const int Word = 32;
        var match = Match(request);
        var arguments = new AbiReader(match.Data.AsMemory(4));
        byte[][] offsets = [.. Enumerable.Range(0, 4).Select(_ => (arguments.Uint() + Word).ToBytes32().ToArray())];
        return match with
        {
            Data = [.. HubContract.MatchOrdersAndInitializeSelector, .. offsets.SelectMany(offset => offset), .. tasks.ToBytes32().ToArray(), .. match.Data[(4 + (4 * Word))..]],
        };
    }

    public Deal Deal(RequestOrder request)
    {
        var outcome = Do(Requester, Match(request));
        return Hub.State.Hub.Deals[new DealId(new AbiReader(outcome.Data).Bytes32())];
    }

    public TaskId Open(RequestOrder request)
    {
        var deal = Deal(request);
        Do(Requester, Calls.Initialize(deal.Id, deal.BotFirst));
        return TaskId.Of(deal.Id, deal.BotFirst);
    }

    public static Bytes32 Digest(string answer) => Keccak256.Hash(answer);

    public ContractCall Contribution(PrivateKey worker, TaskId task, string answer) => Calls.Contribute(
        task,
        ResultHashes.ResultHash(task, Digest(answer)),
        ResultHashes.ResultSeal(worker.Address, task, Digest(answer)),
        Address.Zero,
        ResultHashes.NoEnclaveSign,
        ResultHashes.SignAuthorization(PoolOwner, worker.Address, task, Address.Zero));

    public void Contribute(PrivateKey worker, TaskId task, string answer) => Do(worker, Contribution(worker, task, answer));

    public void Reveal(PrivateKey worker, TaskId task, string answer) => Do(worker, Calls.Reveal(task, Digest(answer)));

    public Outcome FinalizeTask(TaskId task, string results = "results") =>
        Do(PoolOwner, Calls.Finalize(task, System.Text.Encoding.ASCII.GetBytes(results), []));

    /// <summary>Gives the kitty exactly that much, by a task whose scheduler fails.</summary>
    public void FillKitty(UInt256 amount)
    {
        if (amount.IsZero)
        {
            return;
        }

        // The least price of which thirty percent are the amount.
        var price = ((amount * 10) + 2) / 3;
        var task = Open(Request with { AppMaxPrice = 0, Dataset = Address.Zero, WorkerpoolMaxPrice = price, Salt = Keccak256.Hash("for the kitty") });
        Pass(10 * TimeRef);
        Do(Requester, Calls.Claim(task));
    }

    /// <summary>Carries the score of the earlier hub over.</summary>
    public void ImportScore(PrivateKey worker) => Do(worker, new ContractCall(Hub.Configuration.Hub, HubContract.EncodeImportScore(worker.Address)));

    public TaskState TaskOf(TaskId task) => Hub.State.Hub.Tasks[task];

    private static Address AddressOf(Outcome creation) => new AbiReader(creation.Data).Address();
}
