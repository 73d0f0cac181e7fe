using System.Globalization;
using Iexec.Poco;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Tasks;

/// <summary>Gives back the money of a task that was not settled before its final deadline.</summary>
internal static class TaskClaim
{
    /// <summary>The transaction, checked.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError: not begun; BusinessError: settled already, or before its deadline.</exception>
    public static async Task<PlannedTransaction> PlanAsync(ChainConnection chain, TaskId id, CancellationToken cancellationToken)
    {
        var view = await TaskActions.ReadAsync(chain, id, cancellationToken).ConfigureAwait(false);
        return view switch
        {
            { Task.Status: ChainTaskStatus.Unset } => throw IexecException.NotFound("task", id.ToString(), chain.ChainId, new Advice("A task that its pool has not begun is claimed with its deal.", Remedy.ClaimDeal)),
            { IsTimedOut: true } => new PlannedTransaction($"claim task {id}", chain.Calls.Claim(id)),
            { Task.Status: ChainTaskStatus.Completed or ChainTaskStatus.Failed } => throw new IexecException(
                ErrorCode.BusinessError, $"Task {id} is {view.StatusName}: there is nothing to claim"),
            _ => throw new IexecException(
                ErrorCode.BusinessError,
                $"Task {id} cannot be claimed before its final deadline ({Time(view.Task.FinalDeadline)}, in {TimeSpan.FromSeconds(view.Task.FinalDeadline - view.ChainTimeSeconds):c})",
                new Advice("Wait for the deadline.", Remedy.AwaitTask, id.ToString())),
        };
    }

    private static string Time(ulong unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(unixSeconds, int.MaxValue)).ToString("u", CultureInfo.InvariantCulture);
}
