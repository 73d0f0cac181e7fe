using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The end of a task that has a result. Who gets what is computed by <see cref="Rewards"/>; here it is paid, in the order of the contracts.</summary>
internal static class Settlements
{
    private static readonly AbiSignature ReceiveResult = new("receiveResult(bytes32,bytes)");

    /// <summary>
    /// <c>finalize</c>: the scheduler publishes the result. <see cref="PaySellers"/>; for each contributor Transfer, Unlock, Transfer, Reward [,
    /// AccurateContribution] or Seize, FaultyContribution; Transfer, Reward (scheduler); TaskFinalize.
    /// </summary>
    public static void Finalize(this Execution execution, Address sender, TaskId id, byte[] results, byte[] callbackData)
    {
        var (task, deal) = execution.TaskAndDeal(id);
        Refusal.Unless(task.Status == ChainTaskStatus.Revealing && sender == deal.Workerpool.Owner);
        Refusal.Unless(execution.Timestamp < execution.DeadlinesOf(deal).Final);
        Refusal.Unless(task.RevealCounter == task.WinnerCounter || (task.RevealCounter > 0 && execution.Timestamp >= task.RevealDeadline));
        CheckCallbackData(deal, task.ResultDigest, callbackData);

        execution.SetTask(task with { Status = ChainTaskStatus.Completed, Results = results, ResultsCallback = callbackData });
        var contributors = task.Contributors.Select(worker => ContributorOf(execution, task, worker)).ToArray();
        var settlement = Rewards.Finalize(deal, contributors, execution.OpenKitty());
        execution.PaySellers(deal, settlement, id);
        foreach (var contributor in settlement.Contributors)
        {
            execution.Pay(deal, contributor, contributors.Length > 1, id);
        }

        execution.Reward(deal.Workerpool.Owner, settlement.SchedulerReward - settlement.KittyShare, id);
        execution.LogTaskFinalize(id, results);
        execution.CallBack(deal.Callback, id, callbackData);
    }

    /// <summary>
    /// <c>contributeAndFinalize</c>: for deals of trust 1, the first worker commits, reveals and publishes at once, without stake and without a change of its
    /// score. <see cref="PaySellers"/>; Transfer, Reward (worker), Transfer, Reward (scheduler), TaskContribute, TaskConsensus, TaskReveal, TaskFinalize.
    /// </summary>
    public static void ContributeAndFinalize(
        this Execution execution,
        Address worker,
        TaskId id,
        Bytes32 digest,
        byte[] results,
        byte[] callbackData,
        Address enclave,
        byte[] enclaveSign,
        byte[] authorizationSign)
    {
        var (task, deal) = execution.TaskAndDeal(id);
        Refusal.Unless(task.Status == ChainTaskStatus.Active && execution.Timestamp < execution.DeadlinesOf(deal).Contribution);
        Refusal.Unless(task.Contributors.IsEmpty && deal.Trust == UInt256.One);
        CheckCallbackData(deal, digest, callbackData);
        execution.CheckAuthorization(deal, worker, id, enclave, authorizationSign);
        var (hash, seal) = (ResultHashes.ResultHash(id, digest), ResultHashes.ResultSeal(worker, id, digest));
        execution.CheckEnclave(hash, seal, enclave, enclaveSign);

        execution.SetTask(task.WithContributor(worker, new Contribution(ContributionStatus.Proved, hash, seal, enclave, UInt256.Zero)) with
        {
            Status = ChainTaskStatus.Completed,
            ConsensusValue = hash,
            RevealDeadline = Deadlines.Reveal(execution.Timestamp, execution.TimeRefOf(deal)),
            RevealCounter = 1,
            WinnerCounter = 1,
            ResultDigest = digest,
            Results = results,
            ResultsCallback = callbackData,
        });
        var settlement = Rewards.ContributeAndFinalize(deal, worker, execution.State.Hub.AccountOf(worker).Score, execution.OpenKitty());
        execution.PaySellers(deal, settlement, id);
        execution.Reward(worker, settlement.Contributors[0].Reward, id);
        execution.Reward(deal.Workerpool.Owner, settlement.SchedulerReward - settlement.KittyShare, id);
        execution.LogTaskContribute(id, worker, hash);
        execution.LogTaskConsensus(id, hash);
        execution.LogTaskReveal(id, worker, digest);
        execution.LogTaskFinalize(id, results);
        execution.CallBack(deal.Callback, id, callbackData);
    }

    /// <summary>With a callback its data must hash to the digest; without one there must be no data, or such data.</summary>
    private static void CheckCallbackData(Deal deal, Bytes32 digest, byte[] data) =>
        Refusal.Unless((data.Length == 0 && deal.Callback.IsZero) || Keccak256.Hash(data) == digest);

    /// <summary>
    /// Seize (sponsor) [, Transfer, Reward (app)] [, Transfer, Reward (dataset)], Transfer, Unlock (scheduler) [, Seize (kitty), Transfer, Reward (scheduler)].
    /// </summary>
    private static void PaySellers(this Execution execution, Deal deal, Settlement settlement, TaskId id)
    {
        execution.Seize(deal.Sponsor, settlement.SponsorPays, id);
        if (!settlement.AppReward.IsZero)
        {
            execution.Reward(deal.App.Owner, settlement.AppReward, id);
        }

        if (!settlement.DatasetReward.IsZero)
        {
            execution.Reward(deal.Dataset.Owner, settlement.DatasetReward, id);
        }

        execution.Unlock(deal.Workerpool.Owner, settlement.SchedulerUnlocked);
        if (!settlement.KittyShare.IsZero)
        {
            execution.Seize(Rewards.KittyAddress, settlement.KittyShare, id);
            execution.Reward(deal.Workerpool.Owner, settlement.KittyShare, id);
        }
    }

    private static void Pay(this Execution execution, Deal deal, ContributorSettlement contributor, bool replicated, TaskId id)
    {
        if (!contributor.Proved)
        {
            execution.Seize(contributor.Worker, contributor.SeizedStake, id);
            execution.Blame(deal, contributor.Worker, id);
            return;
        }

        execution.Unlock(contributor.Worker, deal.WorkerStake);
        execution.Reward(contributor.Worker, contributor.Reward, id);
        if (replicated)
        {
            // Reputation comes only from agreeing with others.
            execution.Praise(deal, contributor.Worker, id);
        }
    }

    private static Contributor ContributorOf(Execution execution, TaskState task, Address worker)
    {
        var contribution = task.ContributionOf(worker);
        return new Contributor(worker, contribution.Status, (ulong)contribution.Weight, execution.State.Hub.AccountOf(worker).Score);
    }

    /// <summary>
    /// What the kitty may pay from. Whatever it pays for a finished task can be earned by dealing with oneself for nothing, so it pays only on a strict hub.
    /// </summary>
    public static UInt256 OpenKitty(this Execution execution) =>
        execution.Settings.Strict ? execution.State.Hub.AccountOf(Rewards.KittyAddress).Frozen : UInt256.Zero;

    /// <summary>ERC-1154. Neither a failure nor what is returned matters.</summary>
    public static void CallBack(this Execution execution, Address consumer, TaskId id, byte[] data)
    {
        if (!consumer.IsZero)
        {
            var call = new AbiWriter().Bytes32(id.Value).Bytes(data).ToCallData(ReceiveResult.Selector);
            execution.Try(new Message(execution.Settings.Hub, consumer, call));
        }
    }
}
