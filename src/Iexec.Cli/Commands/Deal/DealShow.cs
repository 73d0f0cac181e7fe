using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco;
using Iexec.Sdk.Deals;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Deal;

internal static class DealShow
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string>("dealid");
        var tasks = new Option<ulong[]>("--tasks") { Description = "ids of the tasks with these positions in the deal, from 0", HelpName = "index", AllowMultipleArgumentsPerToken = true };
        var watch = new Option<bool>("--watch") { Description = "wait until all its tasks are over" };
        return frame.Bind(new Command("show", "show a deal and its tasks, wait for it") { id, tasks, watch }, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var dealId = DealGroup.ParseId(context.Get(id));
            var chain = await context.ConnectAsync();
            var deal = await DealActions.GetAsync(chain, dealId, context.Cancellation);
            var fields = new JsonObject { ["deal"] = await DealActions.ShowAsync(chain, deal, context.Cancellation) };
            if (context.Get(tasks) is { Length: > 0 } wanted)
            {
                fields["tasks"] = Chosen(deal, wanted);
            }

            var failures = context.Get(watch) ? await DealWatch.RunAsync(context, chain, deal, fields) : [];
            context.Report(fields, failures, output =>
            {
                context.Tick(output, $"Deal {dealId} details:");
                context.Show(output, fields);
            });
        });
    }

    private static JsonObject Chosen(Poco.Deals.Deal deal, ulong[] positions)
    {
        var chosen = new JsonObject();
        foreach (var position in positions)
        {
            chosen[position.ToString(CultureInfo.InvariantCulture)] = position < deal.BotSize
                ? TaskId.Of(deal.Id, deal.BotFirst + position).ToString()
                : throw new IexecException(ErrorCode.ValidationError, $"The deal has no task {position}", deal.BotSize == 1 ? "It has one task: 0." : $"Its tasks are 0 to {deal.BotSize - 1}.");
        }

        return chosen;
    }
}
