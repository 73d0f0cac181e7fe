using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Poco.Rules;

namespace Iexec.Testing.Chain;

/// <summary>What participants do on a <see cref="FakeHub"/>. Each action is one block.</summary>
public static class FakeHubActions
{
    /// <summary>Adds to an account's stake.</summary>
    public static BlockRef Deposit(this FakeHub hub, Address account, UInt256 amountNrlc) => hub.Do(
        state => state.WithAccount(account, state.AccountOf(account) with { Stake = state.AccountOf(account).Stake + amountNrlc }),
        position => new HubEvent.StakeTransferred(position, Address.Zero, account, amountNrlc));

    /// <summary>Takes from an account's stake.</summary>
    public static BlockRef Withdraw(this FakeHub hub, Address account, UInt256 amountNrlc) => hub.Do(
        state => state.WithAccount(account, state.AccountOf(account) with { Stake = state.AccountOf(account).Stake - amountNrlc }),
        position => new HubEvent.StakeTransferred(position, account, Address.Zero, amountNrlc));

    /// <summary>Adds a category; the first has the id 0.</summary>
    public static BlockRef CreateCategory(this FakeHub hub, string name, ulong workClockTimeRefSeconds)
    {
        var id = (UInt256)(ulong)hub.State.Categories.Count;
        return hub.Do(
            state => state with { Categories = state.Categories.Add(new Category(id, name, $"{name} description", workClockTimeRefSeconds)) },
            position => new HubEvent.CategoryCreated(position, id));
    }

    /// <summary>Registers an application.</summary>
    public static Address CreateApp(this FakeHub hub, Address owner, string name = "app")
    {
        var address = TestAddress.Of(hub.BlockNumber, 100);
        hub.Do(
            state => state with { Apps = state.Apps.SetItem(address, new App(address, owner, name, "DOCKER", [], default, [])) },
            position => new HubEvent.AssetTransferred(position, AssetKind.App, address, Address.Zero, owner));
        return address;
    }

    /// <summary>Registers a dataset.</summary>
    public static Address CreateDataset(this FakeHub hub, Address owner, string name = "dataset")
    {
        var address = TestAddress.Of(hub.BlockNumber, 200);
        hub.Do(
            state => state with { Datasets = state.Datasets.SetItem(address, new Dataset(address, owner, name, [], default)) },
            position => new HubEvent.AssetTransferred(position, AssetKind.Dataset, address, Address.Zero, owner));
        return address;
    }

    /// <summary>Registers a worker pool with the usual policy of 30 % stake and 1 % for the scheduler.</summary>
    public static Address CreateWorkerpool(this FakeHub hub, Address owner, string description = "pool")
    {
        var address = TestAddress.Of(hub.BlockNumber, 300);
        hub.Do(
            state => state with { Workerpools = state.Workerpools.SetItem(address, new Workerpool(address, owner, description, 30, 1)) },
            position => new HubEvent.AssetTransferred(position, AssetKind.Workerpool, address, Address.Zero, owner));
        return address;
    }

    /// <summary>Gives an asset to somebody else.</summary>
    public static BlockRef TransferAsset(this FakeHub hub, AssetKind kind, Address asset, Address to)
    {
        var from = hub.State.OwnerOf(kind, asset)!.Value;
        return hub.Do(
            state => kind switch
            {
                AssetKind.App => state with { Apps = state.Apps.SetItem(asset, state.Apps[asset] with { Owner = to }) },
                AssetKind.Dataset => state with { Datasets = state.Datasets.SetItem(asset, state.Datasets[asset] with { Owner = to }) },
                _ => state with { Workerpools = state.Workerpools.SetItem(asset, state.Workerpools[asset] with { Owner = to }) },
            },
            position => new HubEvent.AssetTransferred(position, kind, asset, from, to));
    }

    /// <summary>Closes an order: its whole volume counts as consumed.</summary>
    public static BlockRef Close<TOrder>(this FakeHub hub, OrderSchema<TOrder> schema, TOrder order)
        where TOrder : Order
    {
        var hash = schema.Hash(order, hub.Configuration.Domain);
        return hub.Do(
            state => state with { Consumed = state.Consumed.SetItem(hash, order.Volume) },
            position => new HubEvent.OrderClosed(position, order.Kind, hash));
    }

    /// <summary>Puts a signed order into the log.</summary>
    public static BlockRef Broadcast<TOrder>(this FakeHub hub, Signed<TOrder> signed)
        where TOrder : Order =>
        hub.Do(state => state, position => new HubEvent.OrderBroadcast<TOrder>(position, signed));

    /// <summary>
    /// Matches four orders as far as their volumes allow, locks the stakes of requester and pool owner and emits the events of the contracts. Conditions
    /// other than the volumes are not checked.
    /// </summary>
    public static DealId Match(this FakeHub hub, AppOrder app, DatasetOrder dataset, WorkerpoolOrder pool, RequestOrder request)
    {
        var domain = hub.Configuration.Domain;
        var appHash = OrderSchemas.App.Hash(app, domain);
        var datasetHash = dataset.Dataset.IsZero ? default : OrderSchemas.Dataset.Hash(dataset, domain);
        var poolHash = OrderSchemas.Workerpool.Hash(pool, domain);
        var requestHash = OrderSchemas.Request.Hash(request, domain);
        var before = hub.State;
        var first = before.Consumed.GetValueOrDefault(requestHash);
        UInt256 Left(OrderHash hash, Order order) => order.Volume - before.Consumed.GetValueOrDefault(hash);
        var volume = UInt256.Min(UInt256.Min(Left(appHash, app), Left(poolHash, pool)), Left(requestHash, request));
        volume = dataset.Dataset.IsZero ? volume : UInt256.Min(volume, Left(datasetHash, dataset));
        var dealId = new DealId(Keccak256.Hash([.. requestHash.Value.AsSpan(), .. first.ToBytes32().AsSpan()]));
        var poolOwner = before.OwnerOf(AssetKind.Workerpool, pool.Workerpool)!.Value;
        var payment = (app.AppPrice + dataset.DatasetPrice + pool.WorkerpoolPrice) * volume;
        var lockOfPool = Stakes.Scheduler(pool.WorkerpoolPrice, volume);
        var deal = new Deal(
            dealId,
            new DealResource(app.App, before.OwnerOf(AssetKind.App, app.App)!.Value, app.AppPrice),
            new DealResource(dataset.Dataset, before.OwnerOf(AssetKind.Dataset, dataset.Dataset) ?? Address.Zero, dataset.DatasetPrice),
            new DealResource(pool.Workerpool, poolOwner, pool.WorkerpoolPrice),
            UInt256.Max(request.Trust, 1),
            pool.Category,
            app.Tag | dataset.Tag | request.Tag,
            request.Requester,
            request.Beneficiary,
            request.Callback,
            request.Params,
            0,
            (ulong)first,
            (ulong)volume,
            pool.WorkerpoolPrice * 30 / 100,
            1,
            request.Requester);
        var events = new List<Func<EventPosition, HubEvent>>
        {
            position => new HubEvent.StakeTransferred(position, request.Requester, hub.Configuration.Hub, payment),
            position => new HubEvent.StakeTransferred(position, poolOwner, hub.Configuration.Hub, lockOfPool),
            position => new HubEvent.SchedulerNotice(position, pool.Workerpool, dealId),
            position => new HubEvent.OrdersMatched(position, dealId, appHash, datasetHash, poolHash, requestHash, volume),
        };
        hub.Do(
            state =>
            {
                foreach (var hash in ((OrderHash[])[appHash, datasetHash, poolHash, requestHash]).Where(hash => !hash.Value.IsZero))
                {
                    state = state with { Consumed = state.Consumed.SetItem(hash, state.Consumed.GetValueOrDefault(hash) + volume) };
                }

                state = Lock(Lock(state, request.Requester, payment), poolOwner, lockOfPool);
                return state with { Deals = state.Deals.SetItem(dealId, deal) };
            },
            [.. events]);
        return dealId;
    }

    private static FakeHubState Lock(FakeHubState state, Address account, UInt256 amount)
    {
        var before = state.AccountOf(account);
        return state.WithAccount(account, new Account(before.Stake - amount, before.Locked + amount));
    }
}
