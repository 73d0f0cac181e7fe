using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;

namespace Iexec.Cli.Commands.Order;

/// <summary>Checks four orders, tells what they cost, and buys if somebody wants to.</summary>
internal sealed class Purchase(CommandContext context, ChainConnection chain, TrustCheck? trust)
{
    /// <summary>Buys. Null when the user only wanted to know.</summary>
    /// <param name="set">Signed orders.</param>
    /// <param name="question">Asked on a terminal when it costs something or gives less than was asked for.</param>
    public async Task<MadeDeal> RunAsync(OrderSet set, Func<MatchEstimate, string> question)
    {
        var fill = new FillOrders(chain, await context.SenderAsync(chain), trust);
        var found = await fill.CheckAsync(set, context.Cancellation);
        var estimate = found.Estimate;
        if (estimate.IsReduced)
        {
            context.Warn($"Only {estimate.Volume} of the {estimate.RequestLeft} tasks of the request can be bought with these orders");
        }

        if ((estimate.IsReduced || !estimate.TotalNrlc.IsZero) && context.Environment.IsInputTerminal && !context.Raw)
        {
            await context.ConfirmAsync(question(estimate));
        }

        return await fill.SendAsync(found, context.Cancellation);
    }

    /// <summary>Shows price, stakes and gas; sends nothing.</summary>
    /// <param name="set">The orders; those of the wallet may be unsigned, and then the gas is not known.</param>
    /// <param name="isDryRun">Marks the result as what a command would have done.</param>
    public async Task EstimateAsync(OrderSet set, bool isDryRun)
    {
        var from = context.SelectWallet().Address;
        var isSigned = !set.Request.Sign.IsEmpty;
        var asking = trust?.RequireAsync(set.Workerpool.Order.Workerpool, set.Request.Order.Trust, context.Cancellation) ?? Task.CompletedTask;
        var (estimate, forecast) = await chain.TogetherAsync(async () =>
        {
            var checking = new MatchPreflight(chain).CheckAsync(set, from, context.Cancellation, isUnsigned: !isSigned);
            var counting = isSigned ? TransactionForecast.AskAsync(chain, from, FillOrders.Plan(chain, set), context.Cancellation) : null;
            var checkedMatch = await checking;
            return (checkedMatch, counting is null ? null : await counting);
        });
        await asking;
        var fields = new JsonObject { ["estimate"] = Json(set, estimate, forecast) };
        if (isDryRun)
        {
            fields["dryRun"] = true;
        }

        context.Succeed(fields, output =>
        {
            output.WriteLine(isDryRun ? "Nothing was sent. This would be bought:" : "This purchase would be:");
            context.Show(output, InWords(set, estimate, forecast), indent: 2);
        });
    }

    private static JsonObject Json(OrderSet set, MatchEstimate estimate, TransactionForecast? forecast) => new()
    {
        ["volume"] = estimate.Volume.ToString(),
        ["total"] = estimate.TotalNrlc.ToString(),
        ["appprice"] = set.App.Order.AppPrice.ToString(),
        ["datasetprice"] = set.Dataset.Order.DatasetPrice.ToString(),
        ["workerpoolprice"] = set.Workerpool.Order.WorkerpoolPrice.ToString(),
        ["workerpool"] = set.Workerpool.Order.Workerpool.ToString(),
        ["requesterStake"] = estimate.RequesterStake.ToString(),
        ["workerpoolStakeRequired"] = estimate.PoolStakeNeeded.ToString(),
        ["workerpoolStake"] = estimate.PoolStake.ToString(),
        ["gas"] = forecast?.Gas.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["maxFee"] = forecast?.HighestFeeWei.ToString(),
    };

    private static JsonObject InWords(OrderSet set, MatchEstimate estimate, TransactionForecast? forecast) => new()
    {
        ["tasks"] = estimate.IsReduced ? $"{estimate.Volume} of {estimate.RequestLeft}" : estimate.Volume.ToString(),
        ["price"] = AmountText.Rlc(estimate.TotalNrlc),
        ["for the app"] = EachTask(set.App.Order.AppPrice),
        ["for the dataset"] = EachTask(set.Dataset.Order.DatasetPrice),
        ["for the workerpool"] = EachTask(set.Workerpool.Order.WorkerpoolPrice),
        ["workerpool"] = set.Workerpool.Order.Workerpool.ToString(),
        ["your account"] = AmountText.Rlc(estimate.RequesterStake),
        ["afterwards"] = AmountText.Rlc(estimate.RequesterStake - UInt256.Min(estimate.TotalNrlc, estimate.RequesterStake)),
        ["pool's stake"] = $"{AmountText.Rlc(estimate.PoolStakeNeeded)} of its {AmountText.Rlc(estimate.PoolStake)}",
        ["gas"] = forecast is null ? "not known while the wallet is locked: give its password" : $"{forecast.Gas:N0}, at most {AmountText.Ether(forecast.HighestFeeWei)}",
    };

    private static string EachTask(UInt256 nrlc) => $"{AmountText.Rlc(nrlc)} a task";
}
