using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

internal static class OrderbookApp
{
    public static Command Create(CommandFrame frame)
    {
        var address = new Argument<string>("address");
        var command = new Command("app", "offers to run an app, cheapest first") { address };
        var filters = new BookFilters(command).Tags().Restriction("dataset").Restriction("workerpool").Restriction("requester");
        return frame.Bind(command, OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var market = context.Market(chain);
            var query = new AppOrderQuery
            {
                App = Address.Parse(context.Get(address)!),
                Dataset = filters.Address(context, "dataset"),
                IsDatasetStrict = filters.IsStrict(context, "dataset"),
                Workerpool = filters.Address(context, "workerpool"),
                IsWorkerpoolStrict = filters.IsStrict(context, "workerpool"),
                Requester = filters.Address(context, "requester"),
                IsRequesterStrict = filters.IsStrict(context, "requester"),
                MinTag = filters.MinTag(context),
                MaxTag = filters.MaxTag(context),
                MinVolume = filters.Number(context, "min-volume"),
            };
            await BookView.ShowAsync(context, "appOrders", page => market.ListAsync(chain.Id, query with { PageIndex = page }, context.Cancellation), order => new JsonObject
            {
                ["price"] = order.AppPrice.ToString(),
                ["app"] = order.App.ToString(),
                ["tag"] = order.Tag.ToString(),
                ["datasetrestrict"] = order.DatasetRestrict.ToString(),
                ["workerpoolrestrict"] = order.WorkerpoolRestrict.ToString(),
                ["requesterrestrict"] = order.RequesterRestrict.ToString(),
            });
        });
    }
}
