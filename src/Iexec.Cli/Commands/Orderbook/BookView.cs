using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

/// <summary>Collects the pages of a book and shows them.</summary>
internal static class BookView
{
    private const int MostOrders = 100;

    /// <summary>Orders, cheapest first: up to 100, or as many as the person wants.</summary>
    /// <param name="query">The first page.</param>
    /// <param name="list">Asks for a page.</param>
    /// <param name="key">Name of the list in raw output.</param>
    /// <param name="members">What is shown of an order, beside its hash, price and remaining volume.</param>
    public static async Task ShowAsync<TQuery, TOrder>(
        CommandContext context,
        string key,
        TQuery query,
        Func<TQuery, CancellationToken, Task<MarketPage<PublishedOrder<TOrder>>>> list,
        Func<TOrder, JsonObject> members)
        where TQuery : OrderQuery
        where TOrder : Poco.Orders.Order
    {
        var orders = new List<PublishedOrder<TOrder>>();
        long count;
        while (true)
        {
            var page = await list(query, context.Cancellation);
            orders.AddRange(page.Items);
            count = page.Count;
            if (!page.HasMore || page.Items.Count == 0 || !await WantsMoreAsync(context, orders.Count, count))
            {
                break;
            }

            query = MarketPages.Following(query, page);
        }

        var rows = orders.Select(order => Row(order, members(order.Order.Order))).ToList();
        var fields = new JsonObject { ["count"] = count, [key] = new JsonArray([.. rows.Select(row => row.DeepClone())]) };
        context.Succeed(fields, output =>
        {
            if (rows.Count == 0)
            {
                output.WriteLine("No order found");
                return;
            }

            context.ShowTable(output, [.. rows[0].Select(cell => cell.Key)], rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Cell)]));
            output.WriteLine(context.OutStyle.Faint($"{rows.Count} of {count} order{(count == 1 ? "" : "s")}"));
        });
    }

    // A person sees the cheapest first and says when it is enough; a script gets a hundred.
    private static async Task<bool> WantsMoreAsync(CommandContext context, int shown, long count)
    {
        if (context.Raw || !context.Environment.IsInputTerminal)
        {
            return shown < MostOrders;
        }

        return await context.AskAsync($"{shown} of {count} orders. More?");
    }

    private static JsonObject Row<TOrder>(PublishedOrder<TOrder> order, JsonObject members)
        where TOrder : Poco.Orders.Order
    {
        var row = new JsonObject { ["orderHash"] = order.Hash.ToString() };
        foreach (var (name, value) in members)
        {
            row[name] = value?.DeepClone();
        }

        row["remaining"] = PublishedOrderJson.Number(order.Remaining);
        return row;
    }

    // Zero restrictions and tags say nothing: they are left out of the table's cells.
    private static string Cell(KeyValuePair<string, JsonNode?> cell)
    {
        var text = cell.Value?.ToString() ?? "";
        return AmountText.Of(cell.Key, cell.Value) is { } amount ? amount
            : text.StartsWith("0x", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept('0') < 0 ? TextTable.Nothing : text;
    }
}
