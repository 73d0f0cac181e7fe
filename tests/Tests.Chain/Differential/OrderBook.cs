using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Tests.Chain.Differential;

/// <summary>Makes offers that mostly fit each other, and keeps them for later matches.</summary>
internal sealed class OrderBook(World world)
{
    private static readonly UInt256 Rlc = 1_000_000_000;
    private static readonly Tag Gpu = Tag.Of(Tag.GpuBit);
    private static readonly Tag Tee = Tag.Of(Tag.TeeBit);

    private Dice Dice => world.Dice;

    public TwinOrder<AppOrder>? App() => Old(world.AppOrders) ?? NewApp();

    public TwinOrder<DatasetOrder>? Dataset() => Old(world.DatasetOrders) ?? NewDataset();

    public TwinOrder<WorkerpoolOrder>? Pool() => Old(world.PoolOrders) ?? NewPool();

    public TwinOrder<AppOrder>? NewApp()
    {
        if (PickAsset(AssetKind.App) is not { } app)
        {
            return null;
        }

        var (price, volume, tag) = (Price(), Volume(), Dice.Chance(75) ? Tag.None : Tee);
        var (dataset, pool, requester) = (Restrict(), Restrict(), Restrict());
        return Keep(world.AppOrders, Signing.Sign(world, OrderSchemas.App, side => new AppOrder
        {
            App = app.Address[side],
            AppPrice = price,
            Volume = volume,
            Tag = tag,
            DatasetRestrict = dataset(side),
            WorkerpoolRestrict = pool(side),
            RequesterRestrict = requester(side),
        }, app.Owner, app));
    }

    public TwinOrder<DatasetOrder>? NewDataset()
    {
        if (PickAsset(AssetKind.Dataset) is not { } dataset)
        {
            return null;
        }

        // Framework bits of a dataset's tag count in 5.5.0 only; other tags mean the same in all versions.
        var (price, volume, tag) = (Price(), Volume(), Dice.Chance(94) ? Tag.None : Tee);
        var (app, pool, requester) = (Restrict(), Restrict(), Restrict());
        return Keep(world.DatasetOrders, Signing.Sign(world, OrderSchemas.Dataset, side => new DatasetOrder
        {
            Dataset = dataset.Address[side],
            DatasetPrice = price,
            Volume = volume,
            Tag = tag,
            AppRestrict = app(side),
            WorkerpoolRestrict = pool(side),
            RequesterRestrict = requester(side),
        }, dataset.Owner, dataset));
    }

    public TwinOrder<WorkerpoolOrder>? NewPool()
    {
        if (PickAsset(AssetKind.Workerpool) is not { } pool)
        {
            return null;
        }

        var (price, volume, tag) = (Price(), Volume(), Dice.Chance(85) ? Tee | Gpu : Tag.None);
        var (category, trust) = ((UInt256)(ulong)(Dice.Chance(80) ? 0 : Dice.Below(7)), (UInt256)(ulong)(Dice.Chance(85) ? 10 : Dice.Below(5)));
        var (app, dataset, requester) = (Restrict(), Restrict(), Restrict());
        return Keep(world.PoolOrders, Signing.Sign(world, OrderSchemas.Workerpool, side => new WorkerpoolOrder
        {
            Workerpool = pool.Address[side],
            WorkerpoolPrice = price,
            Volume = volume,
            Tag = tag,
            Category = category,
            Trust = trust,
            AppRestrict = app(side),
            DatasetRestrict = dataset(side),
            RequesterRestrict = requester(side),
        }, pool.Owner, pool));
    }

    /// <summary>A request for these; in some cases one of its terms does not fit.</summary>
    public TwinOrder<RequestOrder> NewRequest(TwinOrder<AppOrder> app, TwinOrder<DatasetOrder>? dataset, TwinOrder<WorkerpoolOrder> pool, bool replicated)
    {
        var requester = Dice.Pick(People.Requesters);
        var terms = new RequestOrder
        {
            App = app.Terms.App,
            AppMaxPrice = app.Terms.AppPrice + (ulong)Dice.Below(3),
            DatasetMaxPrice = (dataset?.Terms.DatasetPrice ?? 0) + (ulong)Dice.Below(3),
            WorkerpoolMaxPrice = pool.Terms.WorkerpoolPrice,
            Requester = Dice.Chance(95) ? requester.Address : world.Strangers.Wallet,
            Volume = (ulong)(1 + Dice.Below(4)),
            Tag = app.Terms.Tag | (Dice.Chance(90) ? Tag.None : Gpu),
            Category = pool.Terms.Category,
            Trust = UInt256.Min(pool.Terms.Trust, (ulong)Dice.Pick<int>(replicated ? [0, 1, 1, 1, 2, 3, 5, 9] : [0, 1, 1, 1, 1, 1, 1, 2])),
            Beneficiary = Dice.Chance(70) ? requester.Address : Dice.Pick(People.All).Address,
            Callback = Dice.Chance(75) ? Address.Zero : Dice.Pick(world.Strangers.Callbacks),
            Params = Dice.Chance(80) ? """{"iexec_args":"--help"}""" : new string('x', Dice.Below(200)),
        };
        var pointsToPool = Dice.Chance(50);
        var twist = Dice.Chance(12) ? Dice.Below(11) : -1;
        return Keep(world.RequestOrders, Signing.Sign(world, OrderSchemas.Request, side => Twist(twist, side, terms with
        {
            App = app.Signed[side].Order.App,
            Dataset = dataset?.Signed[side].Order.Dataset ?? Address.Zero,
            Workerpool = pointsToPool ? pool.Signed[side].Order.Workerpool : Address.Zero,
        }), requester));
    }

    private RequestOrder Twist(int kind, Side side, RequestOrder terms) => kind switch
    {
        0 => terms with { AppMaxPrice = UInt256.Zero },
        1 => terms with { DatasetMaxPrice = UInt256.Zero },
        2 => terms with { WorkerpoolMaxPrice = UInt256.Zero },
        3 => terms with { Category = terms.Category + 1 },
        4 => terms with { Trust = 1_000 },
        5 => terms with { App = world.Hub(side) },
        6 => terms with { Dataset = world.Hub(side) },
        7 => terms with { Workerpool = world.Strangers.Nobody },
        8 => terms with { Tag = Tag.Of(200) },
        9 => terms with { Volume = UInt256.Zero },
        10 => terms with { Requester = world.Strangers.Refuser },
        _ => terms,
    };

    private UInt256 Price() => Dice.Below(5) switch
    {
        0 => UInt256.Zero,
        1 => (ulong)Dice.Below(20),
        _ => Rlc * (ulong)Dice.Below(10) / 10 + (ulong)Dice.Below(1_000),
    };

    private UInt256 Volume() => Dice.Chance(70) ? 1_000 : (ulong)Dice.Below(6);

    /// <summary>Mostly none; sometimes a group of everybody; seldom one that keeps (nearly) everybody out.</summary>
    private Func<Side, Address> Restrict()
    {
        var address = Dice.Below(100) switch
        {
            < 92 => Address.Zero,
            < 97 => world.Strangers.Everybody,
            97 => world.Strangers.Group,
            98 => Dice.Pick(People.All).Address,
            _ => Dice.Pick([world.Strangers.Nobody, world.Strangers.Reverter]),
        };
        return _ => address;
    }

    private TwinAsset? PickAsset(AssetKind kind) => world.Of(kind) is { Count: > 0 } assets ? Dice.Pick(assets) : null;

    private TwinOrder<TOrder>? Old<TOrder>(List<TwinOrder<TOrder>> orders)
        where TOrder : Order =>
        Dice.Chance(75) && orders.Where(order => order.IsGood || Dice.Chance(2)).ToArray() is { Length: > 0 } left ? Dice.PickRecent(left) : null;

    private static TwinOrder<TOrder> Keep<TOrder>(List<TwinOrder<TOrder>> orders, TwinOrder<TOrder> order)
        where TOrder : Order
    {
        orders.Add(order);
        return order;
    }
}
