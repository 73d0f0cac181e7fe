using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Tasks;

internal static class TaskDebug
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string>("taskid");
        var logs = new Option<bool>("--logs") { Description = "what the app has printed; for the requester" };
        return frame.Bind(new Command("debug", "show what the pool knows of a task, and what the app has printed") { id, logs }, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var taskId = TaskGroup.ParseId(context.Get(id));
            var chain = await context.ConnectAsync();
            var diagnosis = await TaskDiagnosis.OpenAsync(chain, taskId, context.Cancellation);
            if (context.Get(logs))
            {
                diagnosis.RequireRequester(context.SelectWallet().Address);
            }

            var fields = new JsonObject { ["onchainData"] = diagnosis.View.ToJson() };
            var failures = new List<string>();
            await AddAsync("offchainData", () => diagnosis.ReadSchedulerAsync(context.Cancellation));
            if (context.Get(logs))
            {
                await AddAsync("appLogs", async () => await diagnosis.ReadLogsAsync(await context.UnlockAsync(), context.Cancellation));
            }
            else if (!diagnosis.HasScheduler)
            {
                context.Warn("Nothing but the chain is known: the pool's scheduler is not found by the compass, or chain.json names none");
            }

            context.Report(fields, failures, output => Write(context, output, fields));

            async Task AddAsync<TNode>(string name, Func<Task<TNode?>> read)
                where TNode : JsonNode
            {
                try
                {
                    if (await read() is { } found)
                    {
                        fields[name] = found;
                    }
                }
                catch (IexecException refused)
                {
                    failures.Add($"{name}: {RemedyText.InOneLine(refused)}");
                }
            }
        });
    }

    // What an app prints is text of a stranger, with lines that are to stay lines.
    private static void Write(CommandContext context, TextWriter output, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            if (name != "appLogs")
            {
                output.WriteLine(context.OutStyle.Heading($"{name}:"));
                context.Show(output, value!.AsObject(), indent: 2);
                continue;
            }

            foreach (var log in value!.AsArray())
            {
                foreach (var stream in new[] { "stdout", "stderr" })
                {
                    output.WriteLine(context.OutStyle.Heading($"{stream} of worker {log!["worker"]}:"));
                    output.WriteLine(Printable.Of((string?)log[stream] ?? "", keepLines: true));
                }
            }
        }
    }
}
