using System.Globalization;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Deals;

/// <summary>Tasks of a deal that one transaction claims, with their indices on the chain.</summary>
/// <param name="Type"><c>claimArray</c> or <c>initializeAndClaimArray</c>.</param>
internal sealed record ClaimBatch(string Type, IReadOnlyList<(ulong Index, TaskId Task)> Tasks, PlannedTransaction Transaction);

/// <summary>Gives back the money of all tasks of a deal that nobody has settled before its final deadline.</summary>
internal static class DealClaim
{
    /// <summary>
    /// Tasks in one transaction: a claim that is initialized on the way costs about 150 000 gas, and a block has 30 million or more.
    /// </summary>
    public const int TasksPerTransaction = 50;

    /// <summary>The transactions to send. Tasks that were never begun are initialized by the same transaction that claims them.</summary>
    /// <exception cref="IexecException">BusinessError: before the deadline, or nothing left to claim.</exception>
    public static async Task<IReadOnlyList<ClaimBatch>> PlanAsync(ChainConnection chain, Deal deal, CancellationToken cancellationToken)
    {
        var progress = await DealProgress.ReadAsync(chain, deal, cancellationToken).ConfigureAwait(false);
        if (!progress.IsDeadlineReached)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(progress.FinalTimeSeconds, int.MaxValue)).ToString("u", CultureInfo.InvariantCulture);
            throw new IexecException(
                ErrorCode.BusinessError, $"Deal {deal.Id} cannot be claimed before its final deadline ({at}, in {TimeSpan.FromSeconds(progress.SecondsLeft):c})", new Advice("Wait for the deadline.", Remedy.AwaitDeal, deal.Id.ToString()));
        }

        var open = progress.Tasks.Where(view => view.IsTimedOut).Select(view => view.Task).ToList();
        return open.Count == 0
            ? throw new IexecException(ErrorCode.BusinessError, $"Nothing to claim: every task of deal {deal.Id} is settled")
            :
            [
                .. open.Where(task => task.Status != ChainTaskStatus.Unset).Chunk(TasksPerTransaction).Select(tasks => Begun(chain, tasks)),
                .. open.Where(task => task.Status == ChainTaskStatus.Unset).Chunk(TasksPerTransaction).Select(tasks => NotBegun(chain, tasks)),
            ];
    }

    private static ClaimBatch Begun(ChainConnection chain, ChainTask[] tasks) => new(
        "claimArray", Indexed(tasks), new PlannedTransaction($"claim {tasks.Length} tasks", chain.Calls.ClaimArray([.. tasks.Select(task => task.Id)])));

    private static ClaimBatch NotBegun(ChainConnection chain, ChainTask[] tasks) => new(
        "initializeAndClaimArray",
        Indexed(tasks),
        new PlannedTransaction($"initialize and claim {tasks.Length} tasks", chain.Calls.InitializeAndClaimArray([.. tasks.Select(task => (task.DealId, task.Index))])));

    private static List<(ulong Index, TaskId Task)> Indexed(ChainTask[] tasks) => [.. tasks.Select(task => (task.Index, task.Id))];
}
