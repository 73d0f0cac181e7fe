using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;

namespace Iexec.Cli.Commands.Order;

/// <summary>Matches orders. With a short id, as in version 2: the pool's order of that id, for the section <c>order.buy</c> of iexec.json.</summary>
internal static class OrderFill
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string?>("id") { Description = "an open workerpool order, to be filled for the buy order of iexec.json", Arity = ArgumentArity.ZeroOrOne };
        var hashes = new KindHashes(hashRequired: true);
        var parameters = new Option<string?>("--params") { Description = "execution parameters: a request is made and signed for exactly these orders", HelpName = "json" };
        var skip = OrderSign.SkipPreflight();
        var command = new Command("fill", "match orders into a deal: the named ones, else those of orders.json") { id, parameters, skip };
        hashes.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun, async context =>
        {
            // Parsed before the network is asked for anything.
            var orders = new FillSource(context, hashes, ExecutionParams.RequireJson(context.Get(parameters)));
            orders.RefuseMixture(context.Get(id));
            var chain = await context.ConnectQuicklyAsync();
            var purchase = new Purchase(context, chain, context.Get(skip) ? null : new TrustCheck(chain.Workerpools, context.Warn));
            if (context.Get(id) is { } shortId)
            {
                await FillShortAsync(context, chain, purchase, shortId);
                return;
            }

            if (context.IsDryRun)
            {
                await purchase.EstimateAsync(await orders.CollectAsync(chain, await context.UnlockSilentlyAsync()), isDryRun: true);
                return;
            }

            var set = await orders.CollectAsync(chain, await context.UnlockAsync());
            var deal = await purchase.RunAsync(set, estimate => $"Do you want to spend {AmountText.Rlc(estimate.TotalNrlc)} for {estimate.Volume} task{(estimate.Volume == UInt256.One ? "" : "s")}?");
            context.Succeed(Json(deal), $"{deal.Volume} task{(deal.Volume == 1 ? "" : "s")} successfully purchased with dealid {deal.Id}");
        });
    }

    private static async Task FillShortAsync(CommandContext context, ChainConnection chain, Purchase purchase, string id)
    {
        var market = context.Market(chain.Settings);
        var pool = await ShortOrderId.FindAsync(market, chain.ChainId, id, chain.Hub.Configuration.Domain, context.Cancellation);
        var wanted = BuyDraft.Read(context.Project.Iexec, pool.Order);
        var quote = await new ExecutionQuotes(chain, () => market, context.SelectWallet().Address).FindAsync(wanted, context.Cancellation, pool);
        context.Note($"app price: {AmountText.Rlc(quote.App.Order.AppPrice)} for app {wanted.App}");
        context.Note($"workerpool price: {AmountText.Rlc(pool.Order.WorkerpoolPrice)} for workerpool {wanted.Workerpool}");
        context.Note($"work parameters: {wanted.Params}");
        if (context.IsDryRun)
        {
            await purchase.EstimateAsync(await context.UnlockSilentlyAsync() is { } opened ? await SignAsync(opened) : quote.Unsigned, isDryRun: true);
            return;
        }

        var deal = await purchase.RunAsync(
            await SignAsync(await context.UnlockAsync()), estimate => $"Do you want to spend {AmountText.Rlc(estimate.TotalNrlc)} to fill order with ID {id} and submit your work?");
        var task = TaskId.Of(deal.Id, 0);
        var fields = Json(deal);
        fields["taskid"] = task.ToString();
        context.Succeed(fields, output =>
        {
            context.Tick(output, $"Filled order with ID {id}");
            context.Tick(output, $"New work at {task} submitted to workerpool {wanted.Workerpool}");
            output.WriteLine($"  Follow it: iexec work show {task} --watch --download");
        });

        ValueTask<OrderSet> SignAsync(Ethereum.Crypto.PrivateKey key) => quote.SignAsync(key, chain.Hub.Configuration.Domain, context.Entropy, context.Cancellation);
    }

    private static JsonObject Json(MadeDeal deal) => new()
    {
        ["dealid"] = deal.Id.ToString(), ["volume"] = deal.Volume.ToString(), ["txHash"] = deal.TransactionHash.ToString(),
    };
}
