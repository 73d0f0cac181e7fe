using System.Diagnostics;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Poco;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Run;

/// <summary>Follows a task, and prints what the app has printed as soon as the pool has it. Without that the result is the same.</summary>
internal sealed class RunFollowing(CommandContext context, ChainConnection chain, RunProgress progress)
{
    private const int EndLines = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string[]? _log;

    /// <summary>Waits until the task is over, or its pool has given it up.</summary>
    public async Task<TaskView> UntilOverAsync(TaskId task)
    {
        (string, string?)? last = null;
        await foreach (var view in Polling.AnswersAsync(() => TaskActions.GetAsync(chain, task, context.Cancellation), Pause, context.Time, context.Cancellation))
        {
            var isEnd = view.IsOver || view.IsGivenUp;
            if (!isEnd && last != (view.StatusName, view.Reason))
            {
                last = (view.StatusName, view.Reason);
                progress.Note("task", $"{task} {view.StatusName}{(view.Reason is null ? "" : $": {view.Reason}")}");
            }

            if (_log is null && (view.HasRun || isEnd))
            {
                await PrintLogAsync(task, isLastTry: isEnd);
            }

            if (isEnd)
            {
                progress.Tell("task", $"{task} {(view.IsGivenUp ? "FAILED" : view.StatusName)}");
                return view;
            }
        }

        throw new UnreachableException();
    }

    /// <summary>The last lines of the app's output, for whoever has not seen them pass.</summary>
    public void AddLogEnd(JsonObject fields, List<string> failures)
    {
        if (_log is not { Length: > 0 } || (!context.Raw && !context.Quiet))
        {
            return;
        }

        if (context.Raw)
        {
            fields["logEnd"] = string.Join('\n', _log.TakeLast(EndLines));
        }
        else
        {
            failures.Add("The end of what the app has printed:\n" + string.Join('\n', _log.TakeLast(EndLines).Select(line => $"  | {line}")));
        }
    }

    private async Task PrintLogAsync(TaskId task, bool isLastTry)
    {
        try
        {
            var diagnosis = await TaskDiagnosis.OpenAsync(chain, task, context.Cancellation);
            if (!diagnosis.HasScheduler || await diagnosis.ReadLogsAsync(await context.UnlockAsync(), context.Cancellation) is not [JsonObject log, ..])
            {
                return;
            }

            // Of one worker: all that agree have printed the same.
            _log = $"{(string?)log["stdout"]}\n{(string?)log["stderr"]}".Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in context.Raw || context.Quiet ? [] : _log)
            {
                context.Environment.Error.WriteLine($"  | {Printable.Of(line)}");
            }
        }
        catch (IexecException silent)
        {
            if (isLastTry)
            {
                context.Note($"The app's output is not to be had: {silent.Message}");
            }
        }
    }
}
