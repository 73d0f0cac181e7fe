using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Tasks;

internal static class TaskClaimCommand
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string>("taskid");
        return frame.Bind(
            new Command("claim", "get back the money of a task that was not settled in time") { id },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var taskId = TaskGroup.ParseId(context.Get(id));
                var chain = await context.ConnectAsync();
                await context.TransactAsync(chain, await TaskClaim.PlanAsync(chain, taskId, context.Cancellation), null, receipt => context.Succeed(
                    new JsonObject { ["txHash"] = receipt.TransactionHash.ToString() }, $"Task {taskId} successfully claimed"));
            });
    }
}
