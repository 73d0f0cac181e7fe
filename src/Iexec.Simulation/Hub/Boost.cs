using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>
/// Deals without replication: one worker that the scheduler, or for enclaves the broker, authorizes pushes the result, which an event publishes and nobody keeps. No
/// initialization, no contribution, no reputation. Refusals read "PocoBoost: reason".
/// </summary>
internal static class Boost
{
    // Tasks are numbered in 16 bits.
    private const ulong MaxIndex = ushort.MaxValue;

    private static readonly OrderChecks Checks = new BoostChecks();

    /// <summary><c>matchOrdersBoost</c> and its sponsored form: Transfer, Lock (sponsor), Transfer, Lock (pool's owner), SchedulerNoticeBoost, OrdersMatched.</summary>
    public static DealId MatchBoost(this Execution execution, SignedOrders signed, Address sponsor)
    {
        var request = signed.Request.Order;
        Refusal.Unless(request.Trust <= UInt256.One, "PocoBoost: Bad trust level");
        var terms = Checks.CheckAndConsume(execution, signed);
        var (app, _, workerpool, _) = terms.Orders;
        execution.Lock(sponsor, Stakes.Sponsor(app.AppPrice, terms.DatasetPrice, workerpool.WorkerpoolPrice, terms.Volume));
        execution.Lock(terms.WorkerpoolOwner, Stakes.Scheduler(workerpool.WorkerpoolPrice, terms.Volume));
        if (terms.First > MaxIndex || terms.Volume > MaxIndex)
        {
            throw Refusal.Custom("TooManyTasks(uint256,uint256)", error => error.Uint(terms.First).Uint(terms.Volume));
        }

        var timeRef = execution.State.Hub.Categories[(int)request.Category].WorkClockTimeRefSeconds;
        var deal = new BoostDeal(
            terms.AppOwner,
            app.AppPrice,
            terms.DatasetOwner,
            terms.DatasetPrice,
            terms.WorkerpoolOwner,
            workerpool.WorkerpoolPrice,
            request.Requester,
            workerpool.WorkerpoolPrice * (100 - terms.Policy.SchedulerRewardRatio) / 100,
            request.Callback,
            Deadlines.Of(execution.Timestamp, timeRef).Contribution,
            (ulong)terms.First,
            (ulong)terms.Volume,
            terms.Orders.DealTag,
            sponsor);
        execution.ChangeHub(hub => hub with { BoostDeals = hub.BoostDeals.Add(terms.DealId, deal) });
        execution.LogSchedulerNoticeBoost(terms.DealId, terms.Orders);
        execution.LogOrdersMatched(terms.DealId, terms.Hashes, terms.Volume);
        return terms.DealId;
    }

    /// <summary>
    /// <c>pushResultBoost</c>: Seize (sponsor), Transfer, Reward (worker) [, Transfer, Reward (app)] [, Transfer, Reward (dataset)], Transfer, Unlock (scheduler) [, Seize
    /// (kitty)], Transfer, Reward (scheduler, with the kitty's part), ResultPushedBoost.
    /// </summary>
    public static void PushBoost(
        this Execution execution,
        Address worker,
        DealId dealId,
        UInt256 index,
        byte[] results,
        byte[] callbackData,
        byte[] authorization,
        Address enclave,
        byte[] enclaveSign)
    {
        var (deal, task) = execution.UnsetBoostTask(dealId, index);
        Refusal.Unless(execution.Timestamp < deal.DeadlineSeconds, "PocoBoost: Deadline reached");
        Refusal.Unless(!enclave.IsZero || !deal.Tag.Has(Tag.TeeBit), "PocoBoost: Tag requires enclave challenge");
        Refusal.Unless(
            execution.IsPersonalSignature(execution.AuthorityOf(deal.WorkerpoolOwner, enclave), ResultHashes.Authorization(worker, task, enclave), authorization),
            "PocoBoost: Invalid contribution authorization signature");
        var digest = Keccak256.Hash(deal.Callback.IsZero ? results : callbackData);
        Refusal.Unless(
            enclave.IsZero || execution.IsPersonalSignature(enclave, ResultHashes.ResultSeal(worker, task, digest), enclaveSign),
            "PocoBoost: Invalid enclave signature");

        execution.EndBoostTask(task, ChainTaskStatus.Completed);
        execution.PayBoost(deal, worker, task);
        execution.LogResultPushedBoost(dealId, index, results);
        if (!deal.Callback.IsZero)
        {
            Refusal.Unless(callbackData.Length != 0, "PocoBoost: Callback requires data");
            execution.CallBack(deal.Callback, task, callbackData);
        }
    }

    /// <summary><c>claimBoost</c>: Transfer, Unlock (sponsor), Seize (scheduler), Reward, Lock (kitty), TaskClaimed.</summary>
    public static void ClaimBoost(this Execution execution, DealId dealId, UInt256 index)
    {
        var (deal, task) = execution.UnsetBoostTask(dealId, index);
        Refusal.Unless(execution.Timestamp >= deal.DeadlineSeconds, "PocoBoost: Deadline not reached");
        execution.EndBoostTask(task, ChainTaskStatus.Failed);
        execution.Unlock(deal.Sponsor, deal.PricePerTask);
        execution.Seize(deal.WorkerpoolOwner, Stakes.SchedulerPerTask(deal.WorkerpoolPrice), task);
        execution.FeedKitty(Stakes.SchedulerPerTask(deal.WorkerpoolPrice), task);
        execution.LogTaskClaimed(task);
    }

    private static (BoostDeal Deal, TaskId Task) UnsetBoostTask(this Execution execution, DealId dealId, UInt256 index)
    {
        execution.State.Hub.BoostDeals.TryGetValue(dealId, out var deal);
        Refusal.Unless(deal is not null && index < deal.BotSize, "PocoBoost: Unknown task");
        var task = TaskId.Of(dealId, (ulong)index);
        Refusal.Unless(!execution.State.Hub.BoostTasks.ContainsKey(task), "PocoBoost: Task status not unset");
        return (deal!, task);
    }

    // Of such a task nothing is kept but how it ended.
    private static void EndBoostTask(this Execution execution, TaskId task, ChainTaskStatus status) =>
        execution.ChangeHub(hub => hub with { BoostTasks = hub.BoostTasks.Add(task, status) });

    private static void PayBoost(this Execution execution, BoostDeal deal, Address worker, TaskId task)
    {
        execution.Seize(deal.Sponsor, deal.PricePerTask, task);
        execution.Reward(worker, deal.WorkerReward, task);
        if (!deal.AppPrice.IsZero)
        {
            execution.Reward(deal.AppOwner, deal.AppPrice, task);
        }

        if (!deal.DatasetPrice.IsZero)
        {
            execution.Reward(deal.DatasetOwner, deal.DatasetPrice, task);
        }

        execution.Unlock(deal.WorkerpoolOwner, Stakes.SchedulerPerTask(deal.WorkerpoolPrice));
        var fromKitty = Rewards.KittyShare(execution.OpenKitty());
        if (!fromKitty.IsZero)
        {
            execution.Seize(Rewards.KittyAddress, fromKitty, task);
        }

        execution.Reward(deal.WorkerpoolOwner, deal.WorkerpoolPrice - deal.WorkerReward + fromKitty, task);
    }

    /// <summary>Refusals as words. Every pool computes without replication, so its limit of trust does not count.</summary>
    private sealed class BoostChecks : OrderChecks
    {
        protected override Refusal RefusalOf(MatchCondition condition) => Refusal.Text("PocoBoost: " + condition switch
        {
            MatchCondition.Category => "Category mismatch",
            MatchCondition.CategoryExists => "Unknown category",
            MatchCondition.AppPrice => "Overpriced app",
            MatchCondition.DatasetPrice => "Overpriced dataset",
            MatchCondition.WorkerpoolPrice => "Overpriced workerpool",
            MatchCondition.Tag => "Workerpool tag does not match demand",
            MatchCondition.Tee => "App tag does not match demand",
            MatchCondition.App => "App mismatch",
            MatchCondition.Dataset => "Dataset mismatch",
            MatchCondition.RequestWorkerpool => "Workerpool restricted by request order",
            MatchCondition.AppDatasetRestrict => "Dataset restricted by app order",
            MatchCondition.AppWorkerpoolRestrict => "Workerpool restricted by app order",
            MatchCondition.AppRequesterRestrict => "Requester restricted by app order",
            MatchCondition.DatasetAppRestrict => "App restricted by dataset order",
            MatchCondition.DatasetWorkerpoolRestrict => "Workerpool restricted by dataset order",
            MatchCondition.DatasetRequesterRestrict => "Requester restricted by dataset order",
            MatchCondition.WorkerpoolAppRestrict => "App restricted by workerpool order",
            MatchCondition.WorkerpoolDatasetRestrict => "Dataset restricted by workerpool order",
            MatchCondition.WorkerpoolRequesterRestrict => "Requester restricted by workerpool order",
            MatchCondition.AppRegistered => "App not registered",
            MatchCondition.AppSignature => "Invalid app order signature",
            MatchCondition.DatasetRegistered => "Dataset not registered",
            MatchCondition.DatasetSignature => "Invalid dataset order signature",
            MatchCondition.WorkerpoolRegistered => "Workerpool not registered",
            MatchCondition.WorkerpoolSignature => "Invalid workerpool order signature",
            MatchCondition.RequestSignature => "Invalid request order signature",
            _ => "One or more orders consumed",
        });

        protected override IEnumerable<MatchRefusal> TermRefusals(IEnumerable<MatchRefusal> refusals) =>
            refusals.Where(refusal => refusal.Condition != MatchCondition.Trust);
    }
}
