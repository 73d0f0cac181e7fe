using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Deals;

namespace Iexec.Cli.Commands.Deal;

internal static class DealClaimCommand
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string>("dealid");
        return frame.Bind(
            new Command("claim", "get back the money of all tasks that were not settled in time") { id },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var dealId = DealGroup.ParseId(context.Get(id));
                var chain = await context.ConnectAsync();
                var deal = await DealActions.GetAsync(chain, dealId, context.Cancellation);
                var batches = await DealClaim.PlanAsync(chain, deal, context.Cancellation);
                if (context.IsDryRun)
                {
                    await context.ForecastAsync(chain, [.. batches.Select(batch => batch.Transaction)]);
                    return;
                }

                await SendAsync(context, await context.SenderAsync(chain), dealId.ToString(), batches);
            });
    }

    // A batch that fails, for instance because somebody else was faster, does not keep the others from being claimed.
    private static async Task SendAsync(CommandContext context, TransactionSender sender, string deal, IReadOnlyList<ClaimBatch> batches)
    {
        var claimed = new JsonObject();
        var transactions = new JsonArray();
        var failures = new List<string>();
        foreach (var batch in batches)
        {
            try
            {
                var receipt = await sender.SendAsync(batch.Transaction, context.Cancellation);
                transactions.Add(new JsonObject { ["txHash"] = receipt.TransactionHash.ToString(), ["type"] = batch.Type });
                foreach (var (index, task) in batch.Tasks)
                {
                    claimed[index.ToString(CultureInfo.InvariantCulture)] = task.ToString();
                }
            }
            catch (Sdk.Errors.IexecException failure) when (!context.Cancellation.IsCancellationRequested)
            {
                failures.Add($"{batch.Transaction.Purpose}: {failure.Message}");
            }
        }

        context.Report(new JsonObject { ["claimed"] = claimed, ["transactions"] = transactions }, failures, output =>
        {
            context.Tick(output, $"{claimed.Count} task{(claimed.Count == 1 ? "" : "s")} of deal {deal} claimed");
            context.Show(output, claimed);
        });
    }
}
