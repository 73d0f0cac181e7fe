using System.Text.Json.Nodes;
using Iexec.Cli.Output;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Chains;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
    /// <summary>Send nothing; show what would be sent.</summary>
    public bool IsDryRun => _parsed.GetValue(_options.DryRun);

    /// <summary>
    /// Sends one transaction, then tells. With <c>--dry-run</c> it is shown with its gas instead, and <paramref name="done"/> is not called.
    /// </summary>
    /// <param name="chain">The network.</param>
    /// <param name="planned">The transaction, checked.</param>
    /// <param name="question">Asked before; null for what needs no confirmation.</param>
    /// <param name="done">Remembers and tells the outcome.</param>
    public async Task TransactAsync(ChainConnection chain, PlannedTransaction planned, string? question, Action<TransactionReceipt> done)
    {
        if (IsDryRun)
        {
            await ForecastAsync(chain, [planned]);
            return;
        }

        if (question is not null)
        {
            await ConfirmAsync(question);
        }

        done(await (await SenderAsync(chain)).SendAsync(planned, Cancellation));
    }

    /// <summary>Shows what would be sent. Later transactions are counted on the state before the first.</summary>
    public async Task ForecastAsync(ChainConnection chain, IReadOnlyList<PlannedTransaction> planned)
    {
        var from = SelectWallet().Address;
        var forecasts = new List<TransactionForecast>();
        foreach (var transaction in planned)
        {
            forecasts.Add(await TransactionForecast.AskAsync(chain, from, transaction, Cancellation));
        }

        var fields = new JsonObject { ["dryRun"] = true, ["transactions"] = new JsonArray([.. forecasts.Select(forecast => (JsonNode)forecast.ToJson())]) };
        Succeed(fields, output =>
        {
            output.WriteLine($"Nothing was sent. From {from} would go{(forecasts.Count == 0 ? " nothing" : ":")}");
            foreach (var forecast in forecasts)
            {
                output.WriteLine(OutStyle.Heading($"- {Printable.Of(forecast.Planned.Purpose)}"));
                Show(output, InWords(forecast), indent: 2);
            }
        });
    }

    private static JsonObject InWords(TransactionForecast forecast) => new()
    {
        ["to"] = forecast.Planned.Call.To.ToString(),
        ["value"] = $"{WeiAmount.FormatEther(forecast.Planned.ValueWei)} ether",
        ["data"] = forecast.Planned.Call.Data.Length == 0 ? "none" : $"{forecast.Planned.Call.Data.Length} bytes",
        ["gas"] = $"{forecast.Gas:N0}, at most {WeiAmount.FormatEther(forecast.HighestFeeWei)} ether",
    };
}
