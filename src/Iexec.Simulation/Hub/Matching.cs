using System.Text;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Rules;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Four orders become a deal.</summary>
internal static class Matching
{
    /// <summary>What is left of the longest code of a contract when the other terms of a deal are as long as they can be.</summary>
    private const int MaxParamsBytes = 24_576 - 618;

    private static readonly OrderChecks Checks = new CodedChecks();

    /// <summary><c>matchOrders</c> and <c>sponsorMatchOrders</c>: Transfer, Lock (sponsor), Transfer, Lock (pool's owner), SchedulerNotice, OrdersMatched.</summary>
    public static DealId Match(this Execution execution, SignedOrders signed, Address sponsor)
    {
        var terms = Checks.CheckAndConsume(execution, signed);
        var (app, dataset, workerpool, request) = terms.Orders;
        execution.Lock(sponsor, Stakes.Sponsor(app.AppPrice, terms.DatasetPrice, workerpool.WorkerpoolPrice, terms.Volume));
        execution.Lock(terms.WorkerpoolOwner, Stakes.Scheduler(workerpool.WorkerpoolPrice, terms.Volume));
        CheckParams(request.Params);
        var deal = new Deal(
            terms.DealId,
            new DealResource(app.App, terms.AppOwner, app.AppPrice),
            new DealResource(dataset.Dataset, terms.DatasetOwner, terms.DatasetPrice),
            new DealResource(workerpool.Workerpool, terms.WorkerpoolOwner, workerpool.WorkerpoolPrice),
            UInt256.Max(request.Trust, UInt256.One),
            request.Category,
            terms.Orders.DealTag,
            request.Requester,
            request.Beneficiary,
            request.Callback,
            request.Params,
            execution.Timestamp,
            (ulong)UInt256.Min(terms.First, ulong.MaxValue),
            (ulong)UInt256.Min(terms.Volume, ulong.MaxValue),
            Stakes.Worker(workerpool.WorkerpoolPrice, terms.Policy.WorkerStakeRatio),
            terms.Policy.SchedulerRewardRatio,
            sponsor);
        execution.ChangeHub(hub => hub with { Deals = hub.Deals.Add(deal.Id, deal) });
        if (terms.First > ulong.MaxValue || terms.Volume > ulong.MaxValue)
        {
            execution.ChangeHub(hub => hub with { WideRanges = hub.WideRanges.Add(deal.Id, (terms.First, terms.Volume)) });
        }

        execution.LogSchedulerNotice(deal.Workerpool.Pointer, deal.Id);
        execution.LogOrdersMatched(deal.Id, terms.Hashes, terms.Volume);
        return deal.Id;
    }

    private static void CheckParams(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxParamsBytes)
        {
            throw Refusal.Custom("ParamsTooLong(uint256,uint256)", error => error.Uint(length).Uint(MaxParamsBytes));
        }
    }

    /// <summary>Refusals as codes. Something that is no asset at all reverts without reason, before its registration is looked at.</summary>
    private sealed class CodedChecks : OrderChecks
    {
        protected override Refusal RefusalOf(MatchCondition condition) => Refusal.Text(new MatchRefusal(condition, "").RevertText);

        protected override void OnUnregistered(Execution execution, Address asset) => execution.OwnerOf(asset);
    }
}
