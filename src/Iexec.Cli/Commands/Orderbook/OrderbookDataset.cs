using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

internal static class OrderbookDataset
{
    public static Command Create(CommandFrame frame)
    {
        var address = new Argument<string>("address");
        var command = new Command("dataset", "offers to use a dataset, cheapest first") { address };
        var filters = new BookFilters(command).Tags().Restriction("app").Restriction("workerpool").Restriction("requester");
        return frame.Bind(command, OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var market = context.Market(chain);
            var query = new DatasetOrderQuery
            {
                Dataset = Address.Parse(context.Get(address)!),
                App = filters.Address(context, "app"),
                IsAppStrict = filters.IsStrict(context, "app"),
                Workerpool = filters.Address(context, "workerpool"),
                IsWorkerpoolStrict = filters.IsStrict(context, "workerpool"),
                Requester = filters.Address(context, "requester"),
                IsRequesterStrict = filters.IsStrict(context, "requester"),
                MinTag = filters.MinTag(context),
                MaxTag = filters.MaxTag(context),
                MinVolume = filters.Number(context, "min-volume"),
            };
            await BookView.ShowAsync(context, "datasetOrders", page => market.ListAsync(chain.Id, query with { PageIndex = page }, context.Cancellation), order => new JsonObject
            {
                ["price"] = order.DatasetPrice.ToString(),
                ["dataset"] = order.Dataset.ToString(),
                ["tag"] = order.Tag.ToString(),
                ["apprestrict"] = order.AppRestrict.ToString(),
                ["workerpoolrestrict"] = order.WorkerpoolRestrict.ToString(),
                ["requesterrestrict"] = order.RequesterRestrict.ToString(),
            });
        });
    }
}
