using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>
/// Finds the cheapest orders for an execution and signs the request for exactly their prices. What the wallet owns itself needs no
/// published order: its owner signs one on the spot, for this requester and one task.
/// </summary>
public sealed class BuyExecution(ChainConnection chain, Func<MarketClient> market, PrivateKey key, IEntropySource entropy)
{
    private static readonly UInt256 One = UInt256.One;

    /// <summary>The four orders.</summary>
    /// <exception cref="IexecException">BusinessError: nothing on offer; ObjectNotFoundError: no such asset.</exception>
    public async Task<OrderSet> CollectAsync(ExecutionRequest wanted, CancellationToken cancellationToken)
    {
        var app = AppAsync(wanted, cancellationToken);
        var dataset = wanted.Dataset.IsZero ? Task.FromResult(OrderSet.NoDataset) : DatasetAsync(wanted, cancellationToken);
        await Task.WhenAll(app, dataset);
        var tag = new Poco.Rules.MatchOrders(
            (await app).Order, (await dataset).Order, new WorkerpoolOrder { Workerpool = wanted.Workerpool, Volume = One }, wanted.ToOrder(key.Address)).DealTag;
        var pool = await PoolAsync(wanted, tag, cancellationToken);
        var request = wanted.ToOrder(key.Address) with
        {
            AppMaxPrice = (await app).Order.AppPrice,
            DatasetMaxPrice = (await dataset).Order.DatasetPrice,
            Workerpool = pool.Order.Workerpool,
            WorkerpoolMaxPrice = pool.Order.WorkerpoolPrice,
        };
        return new OrderSet(await app, await dataset, pool, Sign(OrderSchemas.Request, request));
    }

    private async Task<Signed<AppOrder>> AppAsync(ExecutionRequest wanted, CancellationToken cancellationToken)
    {
        if (await IsMineAsync(AssetKind.App, wanted.App, cancellationToken))
        {
            return Sign(OrderSchemas.App, new AppOrder { App = wanted.App, Volume = One, Tag = wanted.Tag, RequesterRestrict = key.Address });
        }

        var page = await market().ListAsync(
            chain.ChainId,
            new AppOrderQuery { App = wanted.App, Dataset = Restriction(wanted.Dataset), Workerpool = Restriction(wanted.Workerpool), Requester = key.Address, MinTag = TeeOf(wanted.Tag), MinVolume = One },
            cancellationToken);
        return First(page, $"No order available for app {wanted.App}", "Its owner has to publish one: iexec order publish --app");
    }

    private async Task<Signed<DatasetOrder>> DatasetAsync(ExecutionRequest wanted, CancellationToken cancellationToken)
    {
        if (await IsMineAsync(AssetKind.Dataset, wanted.Dataset, cancellationToken))
        {
            return Sign(OrderSchemas.Dataset, new DatasetOrder { Dataset = wanted.Dataset, Volume = One, Tag = wanted.Tag, RequesterRestrict = key.Address });
        }

        var page = await market().ListAsync(
            chain.ChainId,
            new DatasetOrderQuery { Dataset = wanted.Dataset, App = wanted.App, Workerpool = Restriction(wanted.Workerpool), Requester = key.Address, MinVolume = One },
            cancellationToken);
        return First(page, $"No order available for dataset {wanted.Dataset}", "Its owner has to publish one: iexec order publish --dataset");
    }

    private async Task<Signed<WorkerpoolOrder>> PoolAsync(ExecutionRequest wanted, Tag tag, CancellationToken cancellationToken)
    {
        if (!wanted.Workerpool.IsZero && await IsMineAsync(AssetKind.Workerpool, wanted.Workerpool, cancellationToken))
        {
            return Sign(OrderSchemas.Workerpool, new WorkerpoolOrder
            {
                Workerpool = wanted.Workerpool, Volume = One, Tag = tag, Category = wanted.Category, Trust = wanted.Trust, RequesterRestrict = key.Address,
            });
        }

        var page = await market().ListAsync(
            chain.ChainId,
            new WorkerpoolOrderQuery
            {
                Workerpool = Restriction(wanted.Workerpool), Category = wanted.Category, MinTrust = wanted.Trust, App = wanted.App,
                Dataset = Restriction(wanted.Dataset), Requester = key.Address, MinTag = tag, MinVolume = One,
            },
            cancellationToken);
        return First(
            page,
            $"No workerpool order available for category {wanted.Category}, trust {wanted.Trust}{(wanted.Workerpool.IsZero ? "" : $" of pool {wanted.Workerpool}")}",
            "See what is on offer: iexec orderbook workerpool --category <id>; ask for another --category, --trust or --tag.");
    }

    private async Task<bool> IsMineAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) =>
        await chain.ReadAsync(hub => hub.GetOwnerAsync(kind, asset, cancellationToken)) is { } owner
            ? owner == key.Address
            : throw AssetActions.NotDeployed(chain, kind, asset);

    private Signed<TOrder> Sign<TOrder>(OrderSchema<TOrder> schema, TOrder order)
        where TOrder : Order => schema.Sign(order, key, chain.Hub.Configuration.Domain, entropy);

    private static Signed<TOrder> First<TOrder>(MarketPage<PublishedOrder<TOrder>> page, string nothing, string hint)
        where TOrder : Order =>
        page.Items.FirstOrDefault(order => order.Status == OrderStatus.Open && !order.Remaining.IsZero)?.Order
        ?? throw new IexecException(ErrorCode.BusinessError, nothing, hint);

    private static AddressFilter Restriction(Address address) => address.IsZero ? AddressFilter.Unrestricted : address;

    private static Tag TeeOf(Tag tag) => tag.Has(Tag.TeeBit) ? Tag.Of(Tag.TeeBit) : Tag.None;
}
