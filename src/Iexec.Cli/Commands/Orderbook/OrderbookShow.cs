using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

/// <summary>The book of pools as version 2 showed it: short ids, and categories that count from 1.</summary>
internal static class OrderbookShow
{
    private const int Largest = 100;

    public static Command Create(CommandFrame frame)
    {
        var category = new Option<string?>("--category") { Description = "only this category, from 1 as in version 2 (1 is category 0 of today)", HelpName = "number" };
        var pool = new Option<string?>("--workerpool") { Description = "only this pool", HelpName = "address" };
        return frame.Bind(new Command("show", "offers of computing power with short ids, for \"iexec order fill <id>\"") { category, pool }, OptionBlocks.Chain, async context =>
        {
            var wanted = CategoryOf(context.Get(category));
            var filter = context.Get(pool) is { } text ? AddressFilter.Of(Address.Parse(text)) : AddressFilter.Unrestricted;
            var chain = context.Chain();
            var page = await context.Market(chain).ListAsync(chain.Id, new WorkerpoolOrderQuery { Workerpool = filter, Category = wanted, PageSize = Largest }, context.Cancellation);
            var ids = ShortOrderId.Of([.. page.Items.Select(order => order.Hash)]);
            var rows = page.Items.Select((order, i) => Row(order, ids[i])).ToList();
            context.Succeed(new JsonObject { ["count"] = page.Count, ["orders"] = new JsonArray([.. rows.Select(row => (JsonNode)row)]) }, output =>
            {
                if (rows.Count == 0)
                {
                    output.WriteLine("No order found");
                    return;
                }

                var now = context.Time.GetUtcNow();
                var cells = rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => TimeText.Of(cell.Key, cell.Value, now) ?? AmountText.Of(cell.Key, cell.Value) ?? cell.Value!.ToString())]);
                context.ShowTable(output, [.. rows[0].Select(cell => cell.Key)], cells);
                output.WriteLine(context.OutStyle.Faint($"{rows.Count} of {page.Count} order{(page.Count == 1 ? "" : "s")}. Fill one: iexec order fill <id>"));
            });
        });
    }

    private static UInt256? CategoryOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var number = UInt256.Parse(text);
        return number.IsZero
            ? throw new IexecException(ErrorCode.ValidationError, "Categories of \"orderbook show\" count from 1", "Category 0 of today is 1 here; \"iexec orderbook workerpool --category 0\" counts from 0.")
            : number - UInt256.One;
    }

    private static JsonObject Row(PublishedOrder<WorkerpoolOrder> order, string id) => new()
    {
        ["id"] = id,
        ["price"] = order.Order.Order.WorkerpoolPrice.ToString(),
        ["pool"] = order.Order.Order.Workerpool.ToString(),
        ["category"] = (order.Order.Order.Category + UInt256.One).ToString(),
        ["remaining"] = order.Remaining.ToString(),
        ["timestamp"] = order.PublishedAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    };
}
