using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Deals;
using Iexec.Poco.Tasks;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Deals, tasks, contributions and categories as clients read them. What does not exist reads as zeros.</summary>
internal static class ProtocolViews
{
    private static readonly DealResource NoResource = new(default, default, default);

    public static FunctionTable Table => new()
    {
        ["viewDeal(bytes32)"] = (execution, _, arguments, results) =>
        {
            var deal = DealOf(execution, arguments);
            results.DynamicTuple(tuple => WriteDeal(tuple, deal, execution.State.Hub.RangeOf(deal)));
        },
        ["viewDealABILegacy_pt1(bytes32)"] = (execution, _, arguments, results) =>
        {
            var deal = DealOf(execution, arguments);
            WriteResource(results, deal.App);
            WriteResource(results, deal.Dataset);
            WriteResource(results, deal.Workerpool);
        },
        ["viewDealABILegacy_pt2(bytes32)"] = (execution, _, arguments, results) =>
        {
            var deal = DealOf(execution, arguments);
            results.Uint(deal.Trust).Bytes32(deal.Tag.Value).Address(deal.Requester).Address(deal.Beneficiary).Address(deal.Callback).String(deal.Params);
        },
        ["viewConfigABILegacy(bytes32)"] = (execution, _, arguments, results) =>
        {
            var deal = DealOf(execution, arguments);
            var (first, size) = execution.State.Hub.RangeOf(deal);
            results.Uint(deal.Category).Uint(deal.StartTimeSeconds).Uint(first).Uint(size).Uint(deal.WorkerStake).Uint(deal.SchedulerRewardRatio);
        },
        ["viewTask(bytes32)"] = (execution, _, arguments, results) =>
        {
            var task = TaskOf(execution, arguments);
            results.DynamicTuple(tuple =>
            {
                WriteTask(tuple, task, IndexOf(execution, task)).Bytes32(task.ResultDigest).Bytes(task.Results);

                // A moment of the result was planned once, and is part of the struct; it is never written.
                tuple.Uint(0).Bytes(task.ResultsCallback);
            });
        },
        ["viewTaskABILegacy(bytes32)"] = (execution, _, arguments, results) =>
        {
            var task = TaskOf(execution, arguments);
            WriteTask(results, task, IndexOf(execution, task)).Bytes(task.Results);
        },
        ["viewContribution(bytes32,address)"] = (execution, _, arguments, results) =>
        {
            var contribution = ContributionOf(execution, arguments);
            WriteContribution(results, contribution).Uint(contribution.Weight);
        },
        ["viewContributionABILegacy(bytes32,address)"] = (execution, _, arguments, results) => WriteContribution(results, ContributionOf(execution, arguments)),
        ["resultFor(bytes32)"] = (execution, _, arguments, results) =>
        {
            var task = TaskOf(execution, arguments);
            Refusal.Unless(task.Status == ChainTaskStatus.Completed, "task-pending");
            results.Bytes(task.ResultsCallback);
        },
        ["countCategory()"] = (execution, _, _, results) => results.Uint(execution.State.Hub.Categories.Count),
        ["viewCategory(uint256)"] = (execution, _, arguments, results) =>
        {
            var category = CategoryOf(execution, arguments);
            results.DynamicTuple(tuple => tuple.String(category.Name).String(category.Description).Uint(category.WorkClockTimeRefSeconds));
        },
        ["viewCategoryABILegacy(uint256)"] = (execution, _, arguments, results) =>
        {
            var category = CategoryOf(execution, arguments);
            results.String(category.Name).String(category.Description).Uint(category.WorkClockTimeRefSeconds);
        },
    };

    /// <summary>A task as the views show it, but an index above 64 bits, which is cut; deadlines follow from its deal.</summary>
    public static ChainTask TaskOf(Execution execution, TaskId id)
    {
        if (!execution.State.Hub.Tasks.TryGetValue(id, out var task))
        {
            // Of a task without replication only its end is known.
            var status = execution.State.Hub.BoostTasks.GetValueOrDefault(id, ChainTaskStatus.Unset);
            return new ChainTask(id, status, default, 0, 0, 0, 0, 0, default, 0, 0, [], default, [], []);
        }

        var deal = execution.State.Hub.Deals[task.DealId];
        var deadlines = execution.DeadlinesOf(deal);
        return new ChainTask(
            id,
            task.Status,
            task.DealId,
            (ulong)UInt256.Min(task.Index, ulong.MaxValue),
            execution.TimeRefOf(deal),
            deadlines.Contribution,
            task.RevealDeadline,
            deadlines.Final,
            task.ConsensusValue,
            task.RevealCounter,
            task.WinnerCounter,
            [.. task.Contributors],
            task.ResultDigest,
            task.Results,
            task.ResultsCallback);
    }

    /// <summary>A worker's contribution; unset when it has none.</summary>
    public static Contribution ContributionOf(Execution execution, TaskId id, Address worker) =>
        execution.State.Hub.Tasks.GetValueOrDefault(id, new TaskState(id, default, 0)).ContributionOf(worker);

    private static UInt256 IndexOf(Execution execution, ChainTask task) => execution.State.Hub.Tasks.TryGetValue(task.Id, out var state) ? state.Index : 0;

    private static Deal DealOf(Execution execution, AbiReader arguments)
    {
        var id = new DealId(arguments.Bytes32());
        return execution.State.Hub.Deals.GetValueOrDefault(
            id, new Deal(id, NoResource, NoResource, NoResource, 0, 0, default, default, default, default, "", 0, 0, 0, 0, 0, default));
    }

    private static ChainTask TaskOf(Execution execution, AbiReader arguments) => TaskOf(execution, new TaskId(arguments.Bytes32()));

    private static Contribution ContributionOf(Execution execution, AbiReader arguments) =>
        ContributionOf(execution, new TaskId(arguments.Bytes32()), arguments.Address());

    private static Category CategoryOf(Execution execution, AbiReader arguments)
    {
        var id = arguments.Uint();
        Refusal.Unless(id < execution.State.Hub.Categories.Count);
        return execution.State.Hub.Categories[(int)id];
    }

    private static void WriteDeal(AbiWriter writer, Deal deal, (UInt256 First, UInt256 Size) range)
    {
        WriteResource(writer, deal.App);
        WriteResource(writer, deal.Dataset);
        WriteResource(writer, deal.Workerpool);
        writer.Uint(deal.Trust).Uint(deal.Category).Bytes32(deal.Tag.Value)
            .Address(deal.Requester).Address(deal.Beneficiary).Address(deal.Callback).String(deal.Params)
            .Uint(deal.StartTimeSeconds).Uint(range.First).Uint(range.Size)
            .Uint(deal.WorkerStake).Uint(deal.SchedulerRewardRatio).Address(deal.Sponsor);
    }

    private static void WriteResource(AbiWriter writer, DealResource resource) =>
        writer.Address(resource.Pointer).Address(resource.Owner).Uint(resource.Price);

    private static AbiWriter WriteTask(AbiWriter writer, ChainTask task, UInt256 index) => writer
        .Uint((ulong)task.Status).Bytes32(task.DealId.Value).Uint(index).Uint(task.TimeRefSeconds)
        .Uint(task.ContributionDeadline).Uint(task.RevealDeadline).Uint(task.FinalDeadline)
        .Bytes32(task.ConsensusValue).Uint(task.RevealCounter).Uint(task.WinnerCounter)
        .StaticArray(task.Contributors, (item, worker) => item.Address(worker));

    private static AbiWriter WriteContribution(AbiWriter writer, Contribution contribution) => writer
        .Uint((ulong)contribution.Status).Bytes32(contribution.ResultHash).Bytes32(contribution.ResultSeal).Address(contribution.EnclaveChallenge);
}
