using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Tasks;

namespace Iexec.Sdk.Deals;

/// <summary>Where all tasks of a deal stand at one moment of the chain.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Tasks">In their order. Of tasks that the pool has not begun, deal, index and final deadline are filled in.</param>
/// <param name="FinalTimeSeconds">Unix seconds after which unsettled tasks can be claimed.</param>
/// <param name="ChainTimeSeconds">Time of the head.</param>
public sealed record DealProgress(Deal Deal, IReadOnlyList<TaskView> Tasks, ulong FinalTimeSeconds, ulong ChainTimeSeconds)
{
    private const ulong MostTasks = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Nobody can settle a task any more, except by a claim.</summary>
    public bool IsDeadlineReached => ChainTimeSeconds >= FinalTimeSeconds;

    /// <summary>Until the final deadline, by the chain's clock.</summary>
    public ulong SecondsLeft => IsDeadlineReached ? 0 : FinalTimeSeconds - ChainTimeSeconds;

    /// <summary>Tasks with a result.</summary>
    public int Completed => Tasks.Count(view => view.Task.Status == ChainTaskStatus.Completed);

    /// <summary>Tasks that failed or ran out of time.</summary>
    public int Failed => Tasks.Count(view => view.IsOver) - Completed;

    /// <summary>Nothing more will happen without a claim.</summary>
    public bool IsOver => Tasks.All(view => view.IsOver);

    /// <summary>DEAL_UPDATED, DEAL_COMPLETED or DEAL_TIMEDOUT, as the official client names what it observes.</summary>
    public string Message => !IsOver ? "DEAL_UPDATED" : Failed > 0 ? "DEAL_TIMEDOUT" : "DEAL_COMPLETED";

    /// <summary>Reads everything at once.</summary>
    /// <exception cref="IexecException">ValidationError: more tasks than a client should look at one by one.</exception>
    internal static async Task<DealProgress> ReadAsync(ChainConnection chain, Deal deal, CancellationToken cancellationToken)
    {
        if (deal.BotSize > MostTasks)
        {
            throw new IexecException(ErrorCode.ValidationError, $"Deal {deal.Id} has {deal.BotSize} tasks; up to {MostTasks} are read together", new Advice("Look at single tasks.", Remedy.ShowTask));
        }

        var (tasks, head, final) = await chain.ReadAsync(async hub =>
        {
            var reading = Task.WhenAll(DealActions.TasksOf(deal).Select(id => hub.GetTaskAsync(id, cancellationToken)));
            var moment = hub.GetHeadAsync(cancellationToken);
            var deadline = DealActions.GetFinalTimeAsync(chain, deal, cancellationToken);
            await Task.WhenAll(reading, moment, deadline).ConfigureAwait(false);
            return (await reading.ConfigureAwait(false), await moment.ConfigureAwait(false), await deadline.ConfigureAwait(false));
        }).ConfigureAwait(false);
        return new DealProgress(deal, [.. tasks.Select((task, i) => new TaskView(Known(deal, task, (ulong)i, final), head.Timestamp, null))], final, head.Timestamp);
    }

    /// <summary>Every change, the first at once, the last when all tasks are over.</summary>
    internal static async IAsyncEnumerable<DealProgress> WatchAsync(
        ChainConnection chain, Deal deal, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        await foreach (var progress in Polling.AnswersAsync(() => ReadAsync(chain, deal, cancellationToken), Pause, time, cancellationToken).ConfigureAwait(false))
        {
            var now = string.Join(',', progress.Tasks.Select(view => view.StatusName));
            if (now != last)
            {
                last = now;
                yield return progress;
            }

            if (progress.IsOver)
            {
                yield break;
            }
        }
    }

    /// <summary>The counts under the official names.</summary>
    internal void AddCountsTo(JsonObject members)
    {
        members["tasksCount"] = Tasks.Count;
        members["completedTasksCount"] = Completed;
        members["failedTasksCount"] = Failed;
    }

    private static ChainTask Known(Deal deal, ChainTask task, ulong position, ulong final) => task.Status != ChainTaskStatus.Unset
        ? task
        : task with { Id = TaskId.Of(deal.Id, deal.BotFirst + position), DealId = deal.Id, Index = deal.BotFirst + position, FinalDeadline = final };
}
