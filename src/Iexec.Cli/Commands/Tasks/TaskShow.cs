using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Tasks;

internal static class TaskShow
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string>("taskid");
        var watch = new Option<bool>("--watch") { Description = "wait until the task is over" };
        var download = new Option<string?>("--download") { Description = "save the result, as <taskid>.zip if no name is given", HelpName = "fileName", Arity = ArgumentArity.ZeroOrOne };
        var decryption = new TaskDecryption();
        var command = new Command("show", "show a task, wait for it, download its result") { id, watch, download };
        decryption.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var taskId = TaskGroup.ParseId(context.Get(id));
            if (decryption.IsAsked(context) && !context.Has(download))
            {
                throw new IexecException(ErrorCode.ValidationError, "--decrypt needs --download", "Write: iexec task show <taskid> --download --decrypt");
            }

            // Found before the long wait, not after it.
            using var key = decryption.OpenKey(context);
            var chain = await context.ConnectAsync();
            var view = context.Get(watch)
                ? await TaskActions.WatchAsync(chain, taskId, context.Time, now => Tell(context, now), context.Cancellation)
                : await TaskActions.GetAsync(chain, taskId, context.Cancellation);
            var fields = new JsonObject { ["task"] = view.ToJson(), ["claimable"] = view.IsTimedOut };
            if (view.Reason is not null)
            {
                fields["reason"] = view.Reason;
            }

            var failures = new List<string>();
            if (context.Has(download))
            {
                await DownloadAsync(context, path => TaskDecryption.SaveAsync(context, chain, view, path, key), context.Get(download) ?? taskId.ToString(), fields, failures);
            }

            // A download of what is not there has said why already; one of an error report has saved it.
            if (!view.IsSuccess && (context.Has(download) ? failures.Count == 0 : context.Get(watch)))
            {
                failures.Add($"Task {InWords(view)}");
            }

            context.Report(fields, failures, output =>
            {
                output.WriteLine($"Task {taskId} status {view.StatusName}{(view.Task.Status == ChainTaskStatus.Unset ? ": not begun by its pool yet, or no deal has such a task" : "")}");
                context.Show(output, fields);
            });
        });
    }

    private static void Tell(CommandContext context, TaskView view)
    {
        if (!view.IsOver)
        {
            var change = new JsonObject { ["message"] = view.Message, ["task"] = view.ToJson() };
            if (view.Reason is not null)
            {
                change["reason"] = view.Reason;
            }

            context.Tell(change, InWords(view));
        }
    }

    private static string InWords(TaskView view) => $"{view.Task.Id} {view.StatusName}{(view.Reason is null ? "" : $": {view.Reason}")}";

    private static async Task DownloadAsync(CommandContext context, Func<string, Task> save, string name, JsonObject fields, List<string> failures)
    {
        var path = Path.GetFullPath(name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? name : name + ".zip", context.Project.Path);
        try
        {
            await save(path);
            fields["resultPath"] = path;
            context.Note($"Downloaded the result to {path}; it is the one of the chain");
        }
        catch (IexecException refused)
        {
            failures.Add(RemedyText.HintOf(refused) is { } hint ? $"{refused.Message}. {hint}" : refused.Message);
        }
    }
}
