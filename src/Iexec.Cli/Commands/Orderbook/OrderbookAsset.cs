using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

/// <summary>Offers of apps and of datasets: alike but for what is sold and what it may be restricted to.</summary>
internal static class OrderbookAsset
{
    public static Command App(CommandFrame frame) => Create<AppOrderQuery, AppOrder>(
        frame,
        ("app", "dataset"),
        "offers to run an app, cheapest first",
        (app, owner, dataset, isStrict) => new AppOrderQuery { App = app, AppOwner = owner, Dataset = dataset, IsDatasetStrict = isStrict },
        static (market, chainId, query, cancellationToken) => market.ListAsync(chainId, query, cancellationToken),
        static order => (order.AppPrice, order.App, order.DatasetRestrict, order.WorkerpoolRestrict, order.RequesterRestrict));

    public static Command Dataset(CommandFrame frame) => Create<DatasetOrderQuery, DatasetOrder>(
        frame,
        ("dataset", "app"),
        "offers to use a dataset, cheapest first",
        (dataset, owner, app, isStrict) => new DatasetOrderQuery { Dataset = dataset, DatasetOwner = owner, App = app, IsAppStrict = isStrict },
        static (market, chainId, query, cancellationToken) => market.ListAsync(chainId, query, cancellationToken),
        static order => (order.DatasetPrice, order.Dataset, order.AppRestrict, order.WorkerpoolRestrict, order.RequesterRestrict));

    private static Command Create<TQuery, TOrder>(
        CommandFrame frame,
        (string Sold, string Other) words,
        string description,
        Func<AddressFilter, Address?, AddressFilter, bool, TQuery> ask,
        Func<MarketClient, ulong, TQuery, CancellationToken, Task<MarketPage<PublishedOrder<TOrder>>>> list,
        Func<TOrder, (UInt256 Price, Address Sold, Address Other, Address Workerpool, Address Requester)> read)
        where TQuery : AssetOrderQuery
        where TOrder : Poco.Orders.Order
    {
        var address = new Argument<string?>("address") { Description = $"the {words.Sold}, or any; not needed with --owner", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(words.Sold, description) { address };
        var filters = new BookFilters(command).Owner(words.Sold).Tags().Restriction(words.Other).Restriction("workerpool").Restriction("requester");
        return frame.Bind(command, OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var market = context.Market(chain);
            var owner = filters.OwnerOf(context);
            if (context.Get(address) is null && owner is null)
            {
                throw new IexecException(ErrorCode.ValidationError, "missing required argument 'address'", $"Name the {words.Sold}, or its owner with --owner.");
            }

            AssetOrderQuery query = ask(BookFilters.AddressFilterOf(context.Get(address)), owner, filters.Address(context, words.Other), filters.IsStrict(context, words.Other)) with
            {
                Workerpool = filters.Address(context, "workerpool"),
                IsWorkerpoolStrict = filters.IsStrict(context, "workerpool"),
                Requester = filters.Address(context, "requester"),
                IsRequesterStrict = filters.IsStrict(context, "requester"),
                MinTag = filters.MinTag(context),
                MaxTag = filters.MaxTag(context),
                MinVolume = filters.Number(context, "min-volume"),
            };
            await BookView.ShowAsync(context, $"{words.Sold}Orders", (TQuery)query, (page, token) => list(market, chain.Id, page, token), (TOrder order) =>
            {
                var shown = read(order);
                return new JsonObject
                {
                    ["price"] = PublishedOrderJson.Number(shown.Price),
                    [words.Sold] = shown.Sold.ToString(),
                    ["tag"] = order.Tag.ToString(),
                    [$"{words.Other}restrict"] = shown.Other.ToString(),
                    ["workerpoolrestrict"] = shown.Workerpool.ToString(),
                    ["requesterrestrict"] = shown.Requester.ToString(),
                };
            });
        });
    }
}
