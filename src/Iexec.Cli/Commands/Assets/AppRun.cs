using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Commands.Order;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Poco;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Secrets;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Buys one execution at the market's price; <c>iexec estimate</c> only says what it would cost.</summary>
internal static class AppRun
{
    public static Command Create(CommandFrame frame)
    {
        var watch = new Option<bool>("--watch") { Description = "wait until the task is over" };
        var command = new Command("run", "run an app at the market's price") { watch };
        var execution = new Execution(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun, async context =>
        {
            var chain = await context.ConnectQuicklyAsync();
            if (context.IsDryRun)
            {
                await execution.EstimateAsync(context, chain, isDryRun: true);
                return;
            }

            var deal = await execution.BuyAsync(context, chain);
            var made = new JsonObject { ["dealid"] = deal.Id.ToString(), ["volume"] = deal.Volume.ToString(), ["txHash"] = deal.TransactionHash.ToString() };
            var fields = new JsonObject { ["deals"] = new JsonArray(made) };
            var failures = context.Get(watch) ? await WatchAsync(context, chain, deal, fields) : [];
            context.Report(fields, failures, output =>
            {
                context.Tick(output, $"Deal submitted with dealid {deal.Id}");
                output.WriteLine($"  Its task: {TaskId.Of(deal.Id, 0)}");
            });
        });
    }

    /// <summary>The command <c>estimate</c>.</summary>
    public static void FillEstimate(Command command, CommandFrame frame)
    {
        var execution = new Execution(command);
        frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            await execution.EstimateAsync(context, await context.ConnectQuicklyAsync(), isDryRun: false);
        });
    }

    // Gas is counted for signed orders only; an encrypted wallet is not opened for that.
    private static async Task<OrderSet> SignedIfPossibleAsync(CommandContext context, ChainConnection chain, ExecutionQuote quote) =>
        await context.UnlockSilentlyAsync() is { } key
            ? await quote.SignAsync(key, chain.Hub.Configuration.Domain, context.Entropy, context.Cancellation)
            : quote.Unsigned;

    private static async Task<List<string>> WatchAsync(CommandContext context, ChainConnection chain, MadeDeal made, JsonObject fields)
    {
        var deal = await Sdk.Deals.DealActions.GetAsync(chain, made.Id, context.Cancellation);
        var seen = new JsonObject();
        var failures = await Deal.DealWatch.RunAsync(context, chain, deal, seen);
        fields["tasks"] = seen["tasks"]!.DeepClone();
        if (failures.Count > 0)
        {
            fields["failedTasks"] = seen["failedTasks"]!.DeepClone();
        }

        return failures;
    }

    private sealed class Execution
    {
        private readonly Argument<string?> _app = new("appAddress") { Description = "else the app of deployed.json", Arity = ArgumentArity.ZeroOrOne };
        private readonly AppRunOptions _options = new();
        private readonly Option<bool> _skip = OrderSign.SkipPreflight();

        public Execution(Command command)
        {
            command.Add(_app);
            command.Add(_skip);
            _options.AddTo(command);
        }

        /// <summary>Buys. What the chain says is used up is passed over, and the next offer taken: the book is always a moment behind.</summary>
        public Task<MadeDeal> BuyAsync(CommandContext context, ChainConnection chain) => context.WhatIsLeftAsync(async without =>
        {
            var quote = await QuoteAsync(context, chain, without);
            var set = await quote.SignAsync(await context.UnlockAsync(), chain.Hub.Configuration.Domain, context.Entropy, context.Cancellation);
            return await Purchase(context, chain).RunAsync(
                set,
                _ => $"Buy this execution for {AmountText.Rlc(quote.PriceNrlc)}, of which {RlcAmount.FormatRlc(set.App.Order.AppPrice)} RLC are for the app, "
                    + $"{RlcAmount.FormatRlc(set.Dataset.Order.DatasetPrice)} for the dataset and {RlcAmount.FormatRlc(set.Workerpool.Order.WorkerpoolPrice)} for the workerpool?");
        });

        public Task EstimateAsync(CommandContext context, ChainConnection chain, bool isDryRun) => context.WhatIsLeftAsync(async without =>
        {
            var quote = await QuoteAsync(context, chain, without);
            await Purchase(context, chain).EstimateAsync(await SignedIfPossibleAsync(context, chain, quote), isDryRun);
            return true;
        });

        private Purchase Purchase(CommandContext context, ChainConnection chain) => new(context, chain, context.Get(_skip) ? null : new TrustCheck(chain.Workerpools, context.Warn));

        private async Task<ExecutionQuote> QuoteAsync(CommandContext context, ChainConnection chain, IReadOnlySet<OrderHash> without)
        {
            var wanted = _options.Read(context, context.Get(_app) ?? "deployed", chain.ChainId);
            var wallet = context.SelectWallet().Address;
            var finding = new ExecutionQuotes(chain, () => context.Market(chain.Settings), wallet).FindAsync(wanted, context.Cancellation, without: without);
            // Asks for nothing that the execution does not need.
            var checking = context.Get(_skip)
                ? Task.CompletedTask
                : new SecretPreflight(() => context.Sms(chain.Settings), context.Cancellation).CheckRequestAsync(wanted.ToOrder(wallet));
            await Task.WhenAll(finding, checking);
            var quote = await finding;
            if (!context.Get(_skip))
            {
                SecretPreflight.CheckEncryption(quote.Unsigned);
            }

            return quote;
        }
    }
}
