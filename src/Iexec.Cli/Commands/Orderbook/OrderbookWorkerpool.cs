using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

internal static class OrderbookWorkerpool
{
    public static Command Create(CommandFrame frame)
    {
        var address = new Argument<string?>("address") { Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("workerpool", "offers of computing power, cheapest first") { address };
        var filters = new BookFilters(command).Owner("workerpool")
            .Text("category", "only this category", "id").Tags().Text("min-trust", "at least this trust", "number")
            .Restriction("app").Restriction("dataset").Restriction("requester");
        return frame.Bind(command, OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var market = context.Market(chain);
            var query = new WorkerpoolOrderQuery
            {
                Workerpool = BookFilters.AddressFilterOf(context.Get(address)),
                WorkerpoolOwner = filters.OwnerOf(context),
                Category = filters.Number(context, "category"),
                MinTrust = filters.Number(context, "min-trust"),
                App = filters.Address(context, "app"),
                IsAppStrict = filters.IsStrict(context, "app"),
                Dataset = filters.Address(context, "dataset"),
                IsDatasetStrict = filters.IsStrict(context, "dataset"),
                Requester = filters.Address(context, "requester"),
                IsRequesterStrict = filters.IsStrict(context, "requester"),
                MinTag = filters.MinTag(context),
                MaxTag = filters.MaxTag(context),
                MinVolume = filters.Number(context, "min-volume"),
            };
            await BookView.ShowAsync(context, "workerpoolOrders", query, (page, token) => market.ListAsync(chain.Id, page, token), order => new JsonObject
            {
                ["price"] = PublishedOrderJson.Number(order.WorkerpoolPrice),
                ["category"] = PublishedOrderJson.Number(order.Category),
                ["trust"] = PublishedOrderJson.Number(order.Trust),
                ["workerpool"] = order.Workerpool.ToString(),
                ["tag"] = order.Tag.ToString(),
                ["apprestrict"] = order.AppRestrict.ToString(),
                ["datasetrestrict"] = order.DatasetRestrict.ToString(),
                ["requesterrestrict"] = order.RequesterRestrict.ToString(),
            });
        });
    }
}
