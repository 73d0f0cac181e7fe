using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;

namespace Iexec.Testing.Model;

/// <summary>Four orders with their signatures.</summary>
internal sealed record FourOrders(Signed<AppOrder> App, Signed<DatasetOrder> Dataset, Signed<WorkerpoolOrder> Workerpool, Signed<RequestOrder> Request)
{
    public MatchOrders Orders => new(App.Order, Dataset.Order, Workerpool.Order, Request.Order);
}

/// <summary>Makes orders that fit together, and keeps those that were signed, to sell them again.</summary>
internal sealed class OrderBook(Market market)
{
    private const int MostOpenOrders = 12;

    private readonly List<Signed<AppOrder>> _apps = [];
    private readonly List<Signed<DatasetOrder>> _datasets = [];
    private readonly List<Signed<WorkerpoolOrder>> _workerpools = [];
    private readonly List<Signed<RequestOrder>> _requests = [];

    private Dice Dice => market.Dice;

    /// <summary>Orders that were signed, of every kind.</summary>
    public IReadOnlyList<Order> Open =>
        [.. _apps.Select(signed => signed.Order), .. _datasets.Select(signed => signed.Order), .. _workerpools.Select(signed => signed.Order), .. _requests.Select(signed => signed.Order)];

    /// <summary>Four orders that fit; null while there is no app or no pool.</summary>
    public FourOrders? Fitting()
    {
        if (market.Apps.All.IsEmpty || market.Workerpools.All.IsEmpty)
        {
            return null;
        }

        Forget();
        if (Dice.Chance(3))
        {
            return Endless();
        }

        var app = Old(_apps, 60) ?? Keep(_apps, NewApp(), OrderSchemas.App, order => market.Apps.Owners[order.App]);
        var dataset = Dice.Chance(50) || market.Datasets.All.IsEmpty
            ? new Signed<DatasetOrder>(DatasetOrder.None, ReadOnlyMemory<byte>.Empty)
            : Old(_datasets, 60) ?? Keep(_datasets, NewDataset(), OrderSchemas.Dataset, order => market.Datasets.Owners[order.Dataset]);
        if (dataset.Order.Dataset.IsZero && Dice.Chance(20))
        {
            // A price without dataset: nobody may be charged for it.
            dataset = dataset with { Order = dataset.Order with { DatasetPrice = (ulong)Dice.Below(1000), Volume = 1 } };
        }

        var pool = Old(_workerpools, 50) ?? Keep(_workerpools, NewWorkerpool(), OrderSchemas.Workerpool, order => market.Workerpools.Owners[order.Workerpool]);
        var again = Dice.Chance(15) ? Dice.PickOrDefault([.. _requests.Where(request => request.Order.App == app.Order.App && request.Order.Dataset == dataset.Order.Dataset)]) : null;
        return new FourOrders(app, dataset, pool, again ?? Keep(_requests, RequestFor(app.Order, dataset.Order, pool.Order), OrderSchemas.Request, order => order.Requester));
    }

    /// <summary>Free orders for more tasks than anybody can count: numbers at the border of 256 bits.</summary>
    private FourOrders Endless()
    {
        var app = NewApp() with { AppPrice = 0, Volume = UInt256.MaxValue };
        var pool = NewWorkerpool() with { WorkerpoolPrice = 0, Volume = UInt256.MaxValue - (ulong)Dice.Below(3) };
        var request = RequestFor(app, DatasetOrder.None, pool) with { DatasetMaxPrice = 0, Volume = UInt256.MaxValue };
        return new FourOrders(
            Keep(_apps, app, OrderSchemas.App, order => market.Apps.Owners[order.App]),
            new Signed<DatasetOrder>(DatasetOrder.None, ReadOnlyMemory<byte>.Empty),
            Keep(_workerpools, pool, OrderSchemas.Workerpool, order => market.Workerpools.Owners[order.Workerpool]),
            Keep(_requests, request, OrderSchemas.Request, order => order.Requester));
    }

    /// <summary>Signs with the key of whom the asset belongs to.</summary>
    public Signed<TOrder> Sign<TOrder>(OrderSchema<TOrder> schema, TOrder order, Address signer)
        where TOrder : Order => new(order, market.Actors.Sign(signer, schema.Hash(order, market.Hub.Domain).Value));

    /// <summary>Remembers an order that its owner signed on the chain.</summary>
    public void AddPresigned(Order order)
    {
        switch (order)
        {
            case AppOrder app:
                Add(_apps, new(app, ReadOnlyMemory<byte>.Empty));
                break;
            case DatasetOrder dataset:
                Add(_datasets, new(dataset, ReadOnlyMemory<byte>.Empty));
                break;
            case WorkerpoolOrder workerpool:
                Add(_workerpools, new(workerpool, ReadOnlyMemory<byte>.Empty));
                break;
            case RequestOrder request:
                Add(_requests, new(request, ReadOnlyMemory<byte>.Empty));
                break;
        }
    }

    public AppOrder NewApp() => new()
    {
        App = Dice.Pick(market.Apps.All),
        AppPrice = Price,
        Volume = Volume,
        Tag = Dice.Chance(40) ? Tee : Tag.None,
        RequesterRestrict = Restriction(Address.Zero),
        WorkerpoolRestrict = Restriction(Address.Zero),
        Salt = new Bytes32(Dice.Bytes(32)),
    };

    public DatasetOrder NewDataset() => new()
    {
        Dataset = Dice.Pick(market.Datasets.All),
        DatasetPrice = Price,
        Volume = Volume,
        Tag = Dice.Chance(10) ? Tag.Of(Tag.SconeBit) : Tag.None,
        AppRestrict = Restriction(Dice.Pick(market.Apps.All)),
        RequesterRestrict = Restriction(Address.Zero),
        Salt = new Bytes32(Dice.Bytes(32)),
    };

    public WorkerpoolOrder NewWorkerpool() => new()
    {
        Workerpool = Dice.Pick(market.Workerpools.All),
        WorkerpoolPrice = Price,
        Volume = Volume,
        Tag = Dice.Chance(80) ? Tag.Of(Tag.TeeBit, Tag.SconeBit, Tag.GpuBit) : Tag.None,
        Category = Dice.Below(market.State.Hub.Categories.Count),
        Trust = Dice.Pick((UInt256[])[0, 1, 1, 3, 5, 9, 100]),
        AppRestrict = Restriction(Address.Zero),
        Salt = PoolSalt(),
    };

    public RequestOrder RequestFor(AppOrder app, DatasetOrder dataset, WorkerpoolOrder pool)
    {
        var requester = Dice.Chance(12) ? Dice.Chance(60) ? Actors.Wallet : Actors.Delegated.Address : Dice.Pick(market.Actors.Requesters).Address;
        return new()
        {
            App = app.App,
            AppMaxPrice = app.AppPrice,
            Dataset = dataset.Dataset,
            DatasetMaxPrice = dataset.DatasetPrice + (ulong)Dice.Below(2),
            Workerpool = Dice.Chance(20) ? pool.Workerpool : Address.Zero,
            WorkerpoolMaxPrice = pool.WorkerpoolPrice,
            Requester = requester,
            Volume = Volume,
            Tag = app.Tag.Has(Tag.TeeBit) && pool.Tag.Has(Tag.TeeBit) && Dice.Chance(30) ? Tee : Tag.None,
            Category = pool.Category,
            Trust = pool.Trust,
            Beneficiary = Dice.Chance(50) ? requester : market.AnyAddress,
            Callback = Dice.Chance(30) ? Dice.Chance(80) ? Dice.Pick(Actors.ContractAddresses) : market.AnyAddress : Address.Zero,
            Params = Dice.Below(4) switch { 0 => "", 1 => "{\"iexec_args\":\"--hällo\"}", 2 => new string('x', 31 + Dice.Below(3)), _ => new string('y', Dice.Below(Dice.Chance(5) ? 30_000 : 2_000)) },
            Salt = Salt(pool.Workerpool),
        };
    }

    private Bytes32 PoolSalt() => Salt(Dice.Pick(market.Workerpools.All));

    /// <summary>Mostly chance; some commit to the policy that the pool has now, or almost.</summary>
    private Bytes32 Salt(Address pool)
    {
        var salt = new Bytes32(Dice.Bytes(32));
        var policy = market.Workerpools.Policies.GetValueOrDefault(pool, Simulation.Registries.PoolPolicy.Default);
        return Dice.Chance(80) || policy.WorkerStakeRatio > uint.MaxValue ? salt
            : PolicyCommitment.Commit(salt, (ulong)policy.WorkerStakeRatio, (byte)((ulong)policy.SchedulerRewardRatio + (Dice.Chance(10) ? 1UL : 0)));
    }

    private static Tag Tee => Tag.Of(Tag.TeeBit);

    private UInt256 Price => Dice.Chance(20) ? 0 : Dice.Chance(50) ? (UInt256)Dice.Below(50) : Dice.Below(400_000_000);

    private UInt256 Volume => Dice.Chance(3) ? 0 : 1 + Dice.Below(5);

    private Address Restriction(Address fitting) => Dice.Chance(85) ? Address.Zero : Dice.Chance(60) ? fitting : market.AnyAddress;

    /// <summary>Mostly, orders that are sold out or whose asset has another owner are not offered again.</summary>
    private void Forget()
    {
        void Of<TOrder>(List<Signed<TOrder>> orders, OrderSchema<TOrder> schema)
            where TOrder : Order => orders.RemoveAll(signed =>
                market.State.Hub.Consumed.GetValueOrDefault(schema.Hash(signed.Order, market.Hub.Domain)) >= signed.Order.Volume && Dice.Chance(90));

        Of(_apps, OrderSchemas.App);
        Of(_datasets, OrderSchemas.Dataset);
        Of(_workerpools, OrderSchemas.Workerpool);
        Of(_requests, OrderSchemas.Request);
    }

    /// <summary>An order of before, sometimes without its signature, which an earlier match may have verified.</summary>
    private Signed<TOrder>? Old<TOrder>(List<Signed<TOrder>> orders, int percent)
        where TOrder : Order => Dice.Chance(percent) && Dice.PickOrDefault(orders) is { } old ? Dice.Chance(88) ? old : old with { Sign = new byte[65] } : null;

    private Signed<TOrder> Keep<TOrder>(List<Signed<TOrder>> orders, TOrder order, OrderSchema<TOrder> schema, Func<TOrder, Address> owner)
        where TOrder : Order
    {
        var signed = Sign(schema, order, owner(order));
        Add(orders, signed);
        return signed;
    }

    private void Add<TOrder>(List<TOrder> orders, TOrder order)
    {
        if (orders.Count == MostOpenOrders)
        {
            orders.RemoveAt(Dice.Below(orders.Count));
        }

        orders.Add(order);
    }
}
