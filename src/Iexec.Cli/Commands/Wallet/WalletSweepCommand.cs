using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands.Wallet;

/// <summary>Empties the wallet. Two transactions: that one of them failed is told, and the exit code says it.</summary>
internal static class WalletSweepCommand
{
    public static Command Create(CommandFrame frame)
    {
        var to = ReceiverOption.Create();
        return frame.Bind(
            new Command("sweep", "send all RLC and ether of the wallet to another one") { to },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun,
            async context =>
            {
                var receiver = Address.Parse(context.Get(to)!);
                var from = context.SelectWallet().Address;
                var chain = await context.ConnectAsync();
                var sweep = new WalletSweep(chain, from, receiver, context.Cancellation);
                if (context.IsDryRun)
                {
                    await context.ForecastAsync(chain, await PlanAsync(chain, from, sweep, context.Cancellation));
                    return;
                }

                await context.ConfirmAsync($"Send everything of wallet {from} on {chain.Settings.Name} to {receiver}?");
                await RunAsync(context, chain, sweep, from, receiver);
            });
    }

    private static async Task RunAsync(CommandContext context, ChainConnection chain, WalletSweep sweep, Address from, Address receiver)
    {
        var sender = await context.SenderAsync(chain);
        var fields = new JsonObject { ["from"] = from.ToString(), ["to"] = receiver.ToString() };
        var failures = new List<string>();
        async Task SendAsync(string key, string what, Func<Task<PlannedTransaction?>> plan)
        {
            try
            {
                if (await plan() is { } planned)
                {
                    fields[key] = (await sender.SendAsync(planned, context.Cancellation)).TransactionHash.ToString();
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add($"Failed to transfer {what}: {ExitCodes.ToIexecException(failure).Message}");
            }
        }

        await SendAsync("sendERC20TxHash", "RLC", sweep.PlanRlcAsync);
        // Without the RLC the ether stays: it is the gas of the second try.
        if (failures.Count == 0)
        {
            await SendAsync("sendNativeTxHash", "ether", () => sweep.PlanEtherAsync());
        }

        if (failures.Count > 0)
        {
            fields["errors"] = new JsonArray([.. failures.Select(failure => (JsonNode?)failure)]);
        }

        context.Report(fields, failures, output => output.WriteLine(fields.Count == 2
            ? $"Wallet {from} holds nothing that could be sent"
            : $"{context.OutStyle.Good("✔")} Sent what wallet {from} held to {receiver}"));
    }

    private static async Task<List<PlannedTransaction>> PlanAsync(ChainConnection chain, Address from, WalletSweep sweep, CancellationToken cancellationToken)
    {
        var plans = new List<PlannedTransaction>();
        UInt256 reserved = UInt256.Zero;
        if (await sweep.PlanRlcAsync() is { } rlc)
        {
            plans.Add(rlc);
            reserved = (await TransactionForecast.AskAsync(chain, from, rlc, cancellationToken)).HighestFeeWei;
        }

        if (await sweep.PlanEtherAsync(reserved) is { } ether)
        {
            plans.Add(ether);
        }

        return plans;
    }
}
