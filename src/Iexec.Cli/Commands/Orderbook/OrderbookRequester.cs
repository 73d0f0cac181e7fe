using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

internal static class OrderbookRequester
{
    public static Command Create(CommandFrame frame)
    {
        var address = new Argument<string?>("address") { Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("requester", "what requesters want to buy") { address };
        var filters = new BookFilters(command)
            .Text("category", "only this category", "id").Tags().Text("max-trust", "at most this trust", "number")
            .Text("app", "for this app", "address").Text("dataset", "with this dataset", "address").Text("beneficiary", "for this beneficiary", "address").Restriction("workerpool");
        return frame.Bind(command, OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var market = context.Market(chain);
            var query = new RequestOrderQuery
            {
                Requester = BookFilters.AddressFilterOf(context.Get(address)),
                Category = filters.Number(context, "category"),
                MaxTrust = filters.Number(context, "max-trust"),
                App = filters.Address(context, "app"),
                Dataset = filters.Address(context, "dataset"),
                Beneficiary = filters.Address(context, "beneficiary"),
                Workerpool = filters.Address(context, "workerpool"),
                IsWorkerpoolStrict = filters.IsStrict(context, "workerpool"),
                MinTag = filters.MinTag(context),
                MaxTag = filters.MaxTag(context),
                MinVolume = filters.Number(context, "min-volume"),
            };
            await BookView.ShowAsync(context, "requestOrders", query, (page, token) => market.ListAsync(chain.Id, page, token), order => new JsonObject
            {
                ["app"] = order.App.ToString(),
                ["dataset"] = order.Dataset.ToString(),
                ["workerpool"] = order.Workerpool.ToString(),
                ["requester"] = order.Requester.ToString(),
                ["beneficiary"] = order.Beneficiary.ToString(),
                ["category"] = PublishedOrderJson.Number(order.Category),
                ["tag"] = order.Tag.ToString(),
                ["trust"] = PublishedOrderJson.Number(order.Trust),
                ["price"] = PublishedOrderJson.Number(order.WorkerpoolMaxPrice),
            });
        });
    }
}
