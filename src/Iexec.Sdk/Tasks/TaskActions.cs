using System.Runtime.CompilerServices;
using Iexec.Poco;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Sdk.Tasks;

/// <summary>Reads tasks, once or until they are over.</summary>
internal static class TaskActions
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The task now, with what its pool says. A task that the pool has not begun has the status UNSET.</summary>
    public static async Task<TaskView> GetAsync(ChainConnection chain, TaskId id, CancellationToken cancellationToken)
    {
        var view = await ReadAsync(chain, id, cancellationToken).ConfigureAwait(false);
        return view.Task.Status is ChainTaskStatus.Unset || await ModelAsync(chain, view.Task, cancellationToken).ConfigureAwait(false) is not { } model ? view : view with
        {
            Reason = view.Task.Status == ChainTaskStatus.Completed ? ErrorReported(model) : Explain(model),
            IsGivenUp = !view.IsOver && model.CurrentStatus == ScheduledTaskStatus.Failed,
            HasRun = model.Replicates.Any(static replicate => replicate.AppExitCode is not null
                || replicate.StatusUpdateList.Any(static change => change.Status is ReplicateStatus.Computed or ReplicateStatus.ComputeFailed)),
        };
    }

    /// <summary>What the chain alone says, in one round trip.</summary>
    public static Task<TaskView> ReadAsync(ChainConnection chain, TaskId id, CancellationToken cancellationToken) => chain.ReadAsync(async hub =>
    {
        var reading = hub.GetTaskAsync(id, cancellationToken);
        var head = hub.GetHeadAsync(cancellationToken);
        return new TaskView(await reading.ConfigureAwait(false), (await head.ConfigureAwait(false)).Timestamp, null);
    });

    /// <summary>Every change of the status or of the reason, the first at once, the last when the task is completed, failed or past its final
    /// deadline.</summary>
    public static async IAsyncEnumerable<TaskView> WatchAsync(
        ChainConnection chain, TaskId id, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string Status, string? Reason)? last = null;
        await foreach (var view in Polling.AnswersAsync(() => GetAsync(chain, id, cancellationToken), Pause, time, cancellationToken).ConfigureAwait(false))
        {
            if (last != (view.StatusName, view.Reason))
            {
                last = (view.StatusName, view.Reason);
                yield return view;
            }

            if (view.IsOver)
            {
                yield break;
            }
        }
    }

    /// <summary>Waits until the task is over.</summary>
    /// <param name="changed">Told every change of the status or of the reason.</param>
    public static async Task<TaskView> WatchAsync(
        ChainConnection chain, TaskId id, TimeProvider time, Action<TaskView> changed, CancellationToken cancellationToken)
    {
        TaskView? last = null;
        await foreach (var view in WatchAsync(chain, id, time, cancellationToken).ConfigureAwait(false))
        {
            changed(last = view);
        }

        return last!;
    }

    // The pool's word is an explanation, never a fact: without it the task is shown all the same.
    private static async Task<TaskModel?> ModelAsync(ChainConnection chain, ChainTask task, CancellationToken cancellationToken)
    {
        try
        {
            return chain.Workerpools.HasCompass
                && await chain.ReadAsync(hub => hub.GetDealAsync(task.DealId, cancellationToken)).ConfigureAwait(false) is { } deal
                && await chain.Workerpools.FindAsync(deal.Workerpool.Pointer, cancellationToken).ConfigureAwait(false) is { } scheduler
                ? await scheduler.FindTaskAsync(task.Id, cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (IexecException)
        {
            return null;
        }
    }

    private static string? Explain(TaskModel model) =>
        model.Wait is { } wait ? $"{wait.Reason} (next: {wait.NextAction}, by {wait.Owner})" : model.Reason;

    // Workers that could not get image or data agree on a result that says so. Who was outvoted does not count.
    private static string? ErrorReported(TaskModel model) => model.Replicates
        .Where(replicate => replicate.ContributionHash is not null && replicate.ContributionHash == model.Consensus)
        .Select(replicate => (replicate.ErrorMessage, Failure: replicate.StatusUpdateList.LastOrDefault(
            change => change.Status is ReplicateStatus.AppDownloadFailed or ReplicateStatus.DataDownloadFailed)))
        .Where(told => told.Failure is not null)
        .Select(told => $"the app was not run: {told.Failure!.Cause?.Name ?? told.Failure.Status.ToString()}{(told.ErrorMessage is null ? "" : $", {told.ErrorMessage}")}")
        .FirstOrDefault();
}
