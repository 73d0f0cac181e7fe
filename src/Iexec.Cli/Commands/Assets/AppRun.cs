using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Assets;

internal static class AppRun
{
    public static Command Create(CommandFrame frame)
    {
        var app = new Argument<string?>("appAddress") { Description = "else the app of deployed.json", Arity = ArgumentArity.ZeroOrOne };
        var options = new AppRunOptions();
        var watch = new Option<bool>("--watch") { Description = "wait until the task is over" };
        var skip = Order.OrderSign.SkipPreflight();
        var command = new Command("run", "run an app at the market's price") { app, watch, skip };
        options.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force, async context =>
        {
            var chain = await context.ConnectAsync();
            var wanted = options.Read(context, context.Get(app) ?? "deployed", chain.ChainId);
            var buying = new BuyExecution(chain, () => context.Market(chain.Settings), await context.UnlockAsync(), context.Entropy);
            var set = await buying.CollectAsync(wanted, context.Cancellation);
            Confirm(context, set);
            var trust = context.Get(skip) ? null : new TrustCheck(chain.Workerpools, context.Warn);
            var deal = await new FillOrders(chain, await context.SenderAsync(chain), trust).RunAsync(set, context.Cancellation);
            var made = new JsonObject { ["dealid"] = deal.Id.ToString(), ["volume"] = deal.Volume.ToString(), ["txHash"] = deal.TransactionHash.ToString() };
            var fields = new JsonObject { ["deals"] = new JsonArray(made) };
            var failures = context.Get(watch) ? await WatchAsync(context, chain, deal, fields) : [];
            context.Report(fields, failures, output =>
            {
                output.WriteLine(context.OutStyle.Good("✔ ") + $"Deal submitted with dealid {deal.Id}");
                output.WriteLine($"  Its task: {TaskId.Of(deal.Id, 0)}");
            });
        });
    }

    private static void Confirm(CommandContext context, OrderSet set)
    {
        var price = set.Request.Order.Price();
        if (!price.IsZero && context.Environment.IsInputTerminal && !context.Raw)
        {
            context.Confirm($"Buy this execution for {price} nRLC (app {set.App.Order.AppPrice}, dataset {set.Dataset.Order.DatasetPrice}, workerpool {set.Workerpool.Order.WorkerpoolPrice})?");
        }
    }

    private static async Task<List<string>> WatchAsync(CommandContext context, ChainConnection chain, MadeDeal made, JsonObject fields)
    {
        var deal = await Sdk.Deals.DealActions.GetAsync(chain, made.Id, context.Cancellation);
        var (done, failed) = (new JsonArray(), new JsonArray());
        var failures = new List<string>();
        foreach (var task in Sdk.Deals.DealActions.TasksOf(deal))
        {
            var view = await TaskActions.WatchAsync(
                chain, task, context.Time, now => context.Note($"Task {task} {now.StatusName}{(now.Reason is null ? "" : $": {now.Reason}")}"), context.Cancellation);
            (view.IsSuccess ? done : failed).Add(view.ToJson());
            if (!view.IsSuccess)
            {
                failures.Add($"Task {task} {view.StatusName}{(view.Reason is null ? "" : $": {view.Reason}")}");
            }
        }

        fields["tasks"] = done;
        if (failed.Count > 0)
        {
            fields["failedTasks"] = failed;
        }

        return failures;
    }
}
