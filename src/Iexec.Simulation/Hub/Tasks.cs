using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>
/// The life of a task up to its result. A refused transition reverts without data. Deadlines count from the deal's start, and each is the first second that is
/// too late.
/// </summary>
internal static class Tasks
{
    /// <summary><c>initialize</c>: anybody opens a task of a deal. TaskInitialize.</summary>
    public static TaskId Initialize(this Execution execution, DealId dealId, UInt256 index)
    {
        Refusal.Unless(execution.State.Hub.Deals.TryGetValue(dealId, out var deal));
        var (first, size) = execution.State.Hub.RangeOf(deal!);
        Refusal.Unless(first <= index && index - first < size);
        var task = new TaskState(TaskId.Of(dealId, index), dealId, index);
        Refusal.Unless(!execution.State.Hub.Tasks.ContainsKey(task.Id));
        execution.SetTask(task);
        execution.LogTaskInitialize(task.Id, deal!.Workerpool.Pointer);
        return task.Id;
    }

    /// <summary><c>contribute</c>: a worker commits to a result and locks its stake. Transfer, Lock, TaskContribute [, TaskConsensus].</summary>
    public static void Contribute(
        this Execution execution, Address worker, TaskId id, Bytes32 resultHash, Bytes32 resultSeal, Address enclave, byte[] enclaveSign, byte[] authorizationSign)
    {
        var (task, deal) = execution.TaskAndDeal(id);
        Refusal.Unless(task.Status == ChainTaskStatus.Active && execution.Timestamp < execution.DeadlinesOf(deal).Contribution);
        Refusal.Unless(task.ContributionOf(worker).Status == ContributionStatus.Unset);
        execution.CheckAuthorization(deal, worker, id, enclave, authorizationSign);
        execution.CheckEnclave(resultHash, resultSeal, enclave, enclaveSign);

        var score = execution.VotingScore(deal, worker);
        var rewardWeight = Reputation.RewardWeight(Reputation.Weight(score));
        task = task.WithContributor(worker, new Contribution(ContributionStatus.Contributed, resultHash, resultSeal, enclave, rewardWeight));
        execution.Lock(worker, deal.WorkerStake);
        execution.LogTaskContribute(id, worker, resultHash);
        task = task with { Votes = task.Votes.Add(resultHash, score) };
        execution.SetTask(task);
        if (task.Votes.IsReached(resultHash, deal.Trust))
        {
            execution.SetTask(task with
            {
                Status = ChainTaskStatus.Revealing,
                ConsensusValue = resultHash,
                RevealDeadline = Deadlines.Reveal(execution.Timestamp, execution.TimeRefOf(deal)),
                WinnerCounter = (ulong)task.Contributions.Values.Count(vote => vote.Status == ContributionStatus.Contributed && vote.ResultHash == resultHash),
            });
            execution.LogTaskConsensus(id, resultHash);
        }
    }

    /// <summary><c>reveal</c>: a worker of the consensus shows its digest. TaskReveal.</summary>
    public static void Reveal(this Execution execution, Address worker, TaskId id, Bytes32 digest)
    {
        var (task, _) = execution.TaskAndDeal(id);
        var contribution = task.ContributionOf(worker);
        Refusal.Unless(task.Status == ChainTaskStatus.Revealing && execution.Timestamp < task.RevealDeadline);
        Refusal.Unless(contribution.Status == ContributionStatus.Contributed && contribution.ResultHash == task.ConsensusValue);
        Refusal.Unless(contribution.ResultHash == ResultHashes.ResultHash(id, digest));
        Refusal.Unless(contribution.ResultSeal == ResultHashes.ResultSeal(worker, id, digest));
        execution.SetTask(task with
        {
            Contributions = task.Contributions.SetItem(worker, contribution with { Status = ContributionStatus.Proved }),
            RevealCounter = task.RevealCounter + 1,
            ResultDigest = digest,
        });
        execution.LogTaskReveal(id, worker, digest);
    }

    /// <summary><c>reopen</c>: the scheduler discards a consensus that nobody revealed in time. TaskReopen.</summary>
    public static void Reopen(this Execution execution, Address sender, TaskId id)
    {
        var (task, deal) = execution.TaskAndDeal(id);
        Refusal.Unless(task.Status == ChainTaskStatus.Revealing && sender == deal.Workerpool.Owner);
        Refusal.Unless(execution.Timestamp < execution.DeadlinesOf(deal).Final);
        Refusal.Unless(execution.Timestamp >= task.RevealDeadline && task.RevealCounter == 0);
        var rejected = task.Contributions.Where(entry => entry.Value.ResultHash == task.ConsensusValue)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value with { Status = ContributionStatus.Rejected }));
        execution.SetTask(task with
        {
            Status = ChainTaskStatus.Active,
            Contributions = task.Contributions.SetItems(rejected),
            Votes = task.Votes.Reopen(task.ConsensusValue),
            ConsensusValue = default,
            RevealDeadline = 0,
            WinnerCounter = 0,
        });
        execution.LogTaskReopen(id);
    }

    /// <summary>A deal for enclaves needs a challenge; the scheduler, or for enclaves the broker when there is one, admits the worker to the task.</summary>
    /// <exception cref="Refusal">It did not.</exception>
    public static void CheckAuthorization(this Execution execution, Deal deal, Address worker, TaskId id, Address enclave, byte[] sign)
    {
        Refusal.Unless(!enclave.IsZero || !deal.Tag.Has(Poco.Orders.Tag.TeeBit));
        Refusal.Unless(execution.IsPersonalSignature(execution.AuthorityOf(deal.Workerpool.Owner, enclave), ResultHashes.Authorization(worker, id, enclave), sign));
    }

    /// <summary>Who admits a worker: the scheduler, or for an enclave the broker when there is one.</summary>
    public static Address AuthorityOf(this Execution execution, Address scheduler, Address enclave)
    {
        var broker = execution.State.Hub.TeeBroker;
        return enclave.IsZero || broker.IsZero ? scheduler : broker;
    }

    /// <summary>The enclave that is named signed the commitment.</summary>
    /// <exception cref="Refusal">It did not.</exception>
    public static void CheckEnclave(this Execution execution, Bytes32 resultHash, Bytes32 resultSeal, Address enclave, byte[] sign) =>
        Refusal.Unless(enclave.IsZero || execution.IsPersonalSignature(enclave, ResultHashes.EnclaveMessage(resultHash, resultSeal), sign));

    /// <summary>A task and its deal.</summary>
    /// <exception cref="Refusal">There is no such task.</exception>
    public static (TaskState Task, Deal Deal) TaskAndDeal(this Execution execution, TaskId id)
    {
        Refusal.Unless(execution.State.Hub.Tasks.TryGetValue(id, out var task));
        return (task!, execution.State.Hub.Deals[task!.DealId]);
    }

    /// <summary>The time reference of a deal's category, seconds; categories never change.</summary>
    public static ulong TimeRefOf(this Execution execution, Deal deal) => execution.State.Hub.Categories[(int)deal.Category].WorkClockTimeRefSeconds;

    /// <summary>Until when what may happen to the tasks of a deal.</summary>
    public static Deadlines DeadlinesOf(this Execution execution, Deal deal) => Deadlines.Of(deal.StartTimeSeconds, execution.TimeRefOf(deal));

    /// <summary>Stores a task.</summary>
    public static void SetTask(this Execution execution, TaskState task) =>
        execution.ChangeHub(hub => hub with { Tasks = hub.Tasks.SetItem(task.Id, task) });
}
