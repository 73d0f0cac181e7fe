using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>
/// Finds the cheapest orders for an execution in two rounds of parallel questions: owners together with the books of app and dataset, then the
/// book of pools, which depends on the tags of the former.
/// </summary>
internal sealed class ExecutionQuotes(ChainConnection chain, Func<MarketClient> market, Address requester)
{
    private static readonly UInt256 One = UInt256.One;

    /// <summary>The orders. With <paramref name="chosen"/>, that pool's order is taken and its category and pool are the request's.</summary>
    /// <exception cref="IexecException">BusinessError: nothing on offer, with the nearest misses; ObjectNotFoundError: no such asset.</exception>
    public async Task<ExecutionQuote> FindAsync(ExecutionRequest wanted, CancellationToken cancellationToken, Signed<WorkerpoolOrder>? chosen = null, IReadOnlySet<OrderHash>? without = null)
    {
        var owners = OwnersAsync(wanted, cancellationToken);
        var apps = BookAsync(() => AppsAsync(wanted, cancellationToken));
        var datasets = BookAsync(() => wanted.Dataset.IsZero ? None<DatasetOrder>() : DatasetsAsync(wanted, cancellationToken));
        var (isAppMine, isDatasetMine, isPoolMine) = await owners.ConfigureAwait(false);
        var app = isAppMine
            ? Own(new AppOrder { App = wanted.App, Volume = One, Tag = wanted.Tag, RequesterRestrict = requester })
            : Cheapest(await apps.ConfigureAwait(false), without) ?? throw await NothingAsync(
                $"No order available for app {wanted.App}", new Advice("Its owner has to publish one.", Remedy.OfferAsset, "app"), misses => misses.OfAppsAsync(wanted, requester, cancellationToken))
                    .ConfigureAwait(false);
        var dataset = wanted.Dataset.IsZero ? OrderSet.NoDataset
            : isDatasetMine ? Own(new DatasetOrder { Dataset = wanted.Dataset, Volume = One, Tag = wanted.Tag, RequesterRestrict = requester })
            : Cheapest(await datasets.ConfigureAwait(false), without) ?? throw await NothingAsync(
                $"No order available for dataset {wanted.Dataset}", new Advice("Its owner has to publish one.", Remedy.OfferAsset, "dataset"), misses => misses.OfDatasetsAsync(wanted, requester, cancellationToken))
                    .ConfigureAwait(false);
        var pool = chosen ?? await PoolAsync(wanted, app, dataset, isPoolMine, without, cancellationToken).ConfigureAwait(false);
        return new ExecutionQuote(app, dataset, pool, wanted.ToOrder(requester) with
        {
            AppMaxPrice = app.Order.AppPrice,
            DatasetMaxPrice = dataset.Order.DatasetPrice,
            Workerpool = pool.Order.Workerpool,
            WorkerpoolMaxPrice = pool.Order.WorkerpoolPrice,
            // A deal has a trust of at least 1, so 0 buys the same; but the contracts refuse to match 1 with an offer of 0.
            Trust = wanted.Trust == One ? UInt256.Min(One, pool.Order.Trust) : wanted.Trust,
        });
    }

    private Task<(bool App, bool Dataset, bool Pool)> OwnersAsync(ExecutionRequest wanted, CancellationToken cancellationToken) => chain.ReadAsync(async hub =>
    {
        var app = hub.GetOwnerAsync(AssetKind.App, wanted.App, cancellationToken);
        var dataset = wanted.Dataset.IsZero ? null : hub.GetOwnerAsync(AssetKind.Dataset, wanted.Dataset, cancellationToken);
        var pool = wanted.Workerpool.IsZero ? null : hub.GetOwnerAsync(AssetKind.Workerpool, wanted.Workerpool, cancellationToken);
        return (
            await IsMineAsync(app, AssetKind.App, wanted.App).ConfigureAwait(false),
            await IsMineAsync(dataset, AssetKind.Dataset, wanted.Dataset).ConfigureAwait(false),
            await IsMineAsync(pool, AssetKind.Workerpool, wanted.Workerpool).ConfigureAwait(false));
    });

    private async Task<bool> IsMineAsync(Task<Address?>? owner, AssetKind kind, Address asset) =>
        owner is not null && (await owner.ConfigureAwait(false) ?? throw AssetActions.NotDeployed(chain, kind, asset)) == requester;

    private Task<MarketPage<PublishedOrder<AppOrder>>> AppsAsync(ExecutionRequest wanted, CancellationToken cancellationToken) => market().ListAsync(
        chain.ChainId,
        new AppOrderQuery { App = wanted.App, Dataset = Filter(wanted.Dataset), Workerpool = Filter(wanted.Workerpool), Requester = requester, MinTag = TeeOf(wanted.Tag), MinVolume = One },
        cancellationToken);

    private Task<MarketPage<PublishedOrder<DatasetOrder>>> DatasetsAsync(ExecutionRequest wanted, CancellationToken cancellationToken) => market().ListAsync(
        chain.ChainId,
        new DatasetOrderQuery { Dataset = wanted.Dataset, App = wanted.App, Workerpool = Filter(wanted.Workerpool), Requester = requester, MinVolume = One },
        cancellationToken);

    private async Task<Signed<WorkerpoolOrder>> PoolAsync(
        ExecutionRequest wanted, Signed<AppOrder> app, Signed<DatasetOrder> dataset, bool isMine, IReadOnlySet<OrderHash>? without, CancellationToken cancellationToken)
    {
        var tag = new Poco.Rules.MatchOrders(app.Order, dataset.Order, new WorkerpoolOrder { Workerpool = wanted.Workerpool, Volume = One }, wanted.ToOrder(requester)).DealTag;
        if (isMine)
        {
            return Own(new WorkerpoolOrder
            {
                Workerpool = wanted.Workerpool, Volume = One, Tag = tag, Category = wanted.Category, Trust = wanted.Trust, RequesterRestrict = requester,
            });
        }

        var page = await market().ListAsync(
            chain.ChainId,
            new WorkerpoolOrderQuery
            {
                Workerpool = Filter(wanted.Workerpool), Category = wanted.Category, MinTrust = wanted.Trust, App = wanted.App,
                Dataset = Filter(wanted.Dataset), Requester = requester, MinTag = tag, MinVolume = One,
            },
            cancellationToken).ConfigureAwait(false);
        return Cheapest(page, without) ?? throw await NothingAsync(
            $"No workerpool order available for category {wanted.Category}, trust {wanted.Trust}{(wanted.Workerpool.IsZero ? "" : $" of pool {wanted.Workerpool}")}",
            new Advice("See in the book what is on offer; ask for another category, trust or tag.", Remedy.AskForOther),
            misses => misses.OfPoolsAsync(wanted, app.Order, dataset.Order, requester, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<IexecException> NothingAsync(string message, Advice hint, Func<NearestMisses, Task<string>> explain)
    {
        try
        {
            var misses = await explain(new NearestMisses(chain, market())).ConfigureAwait(false);
            return new IexecException(ErrorCode.BusinessError, message, hint with { Findings = misses.Length > 0 ? misses : null });
        }
        catch (IexecException silent) when (silent.Code is ErrorCode.MarketCallError)
        {
            return new IexecException(ErrorCode.BusinessError, message, hint);
        }
    }

    // A book is asked before it is known to be needed: its failure matters only if it is.
    private static Task<MarketPage<PublishedOrder<TOrder>>> BookAsync<TOrder>(Func<Task<MarketPage<PublishedOrder<TOrder>>>> ask)
        where TOrder : Order
    {
        var asked = Ask();
        _ = asked.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return asked;

        async Task<MarketPage<PublishedOrder<TOrder>>> Ask() => await ask().ConfigureAwait(false);
    }

    private static Task<MarketPage<PublishedOrder<TOrder>>> None<TOrder>()
        where TOrder : Order => Task.FromResult(new MarketPage<PublishedOrder<TOrder>>([], 0, false));

    private static Signed<TOrder>? Cheapest<TOrder>(MarketPage<PublishedOrder<TOrder>> page, IReadOnlySet<OrderHash>? without)
        where TOrder : Order => page.Items.FirstOrDefault(order => order.Status == OrderStatus.Open && !order.Remaining.IsZero && without?.Contains(order.Hash) != true)?.Order;

    private static Signed<TOrder> Own<TOrder>(TOrder order)
        where TOrder : Order => new(order, ReadOnlyMemory<byte>.Empty);

    private static AddressFilter Filter(Address address) => address.IsZero ? AddressFilter.Unrestricted : address;

    private static Tag TeeOf(Tag tag) => tag.Has(Tag.TeeBit) ? Tag.Of(Tag.TeeBit) : Tag.None;
}
