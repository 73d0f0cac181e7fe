using System.Text;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Four orders with their signatures.</summary>
internal sealed record SignedOrders(Signed<AppOrder> App, Signed<DatasetOrder> Dataset, Signed<WorkerpoolOrder> Workerpool, Signed<RequestOrder> Request)
{
    public MatchOrders Orders => new(App.Order, Dataset.Order, Workerpool.Order, Request.Order);
}

/// <summary>
/// Four orders become a deal. The conditions are those of <see cref="MatchRules"/>, in their order; the first that fails reverts with its code. Registration and
/// signatures are asked one after the other, because asking may revert by itself.
/// </summary>
internal static class Matching
{
    /// <summary>What is left of the longest code of a contract when the other terms of a deal are as long as they can be.</summary>
    public const int MaxParamsBytes = 24_576 - 618;

    /// <summary><c>matchOrders</c> and <c>sponsorMatchOrders</c>: Transfer, Lock (sponsor), Transfer, Lock (pool's owner), SchedulerNotice, OrdersMatched.</summary>
    public static DealId Match(this Execution execution, SignedOrders signed, Address sponsor)
    {
        var orders = signed.Orders;
        Check(MatchRules.TermRefusals(orders, execution.State.Hub.Categories.Count));
        Check(MatchRules.RestrictionRefusals(orders, execution.IsMember));
        var hashes = MatchedHashes.Of(execution, orders);
        var registries = execution.Settings.Configuration;
        var appOwner = execution.CheckRegistered(registries.AppRegistry, orders.App.App, MatchCondition.AppRegistered);
        var appSigned = execution.CheckConsent(appOwner, hashes.App, signed.App.Sign, MatchCondition.AppSignature);
        var (datasetOwner, datasetSigned) = (Address.Zero, false);
        if (orders.HasDataset)
        {
            datasetOwner = execution.CheckRegistered(registries.DatasetRegistry, orders.Dataset.Dataset, MatchCondition.DatasetRegistered);
            datasetSigned = execution.CheckConsent(datasetOwner, hashes.Dataset, signed.Dataset.Sign, MatchCondition.DatasetSignature);
        }

        var workerpoolOwner = execution.CheckRegistered(registries.WorkerpoolRegistry, orders.Workerpool.Workerpool, MatchCondition.WorkerpoolRegistered);
        var policy = execution.PolicyOf(orders.Workerpool.Workerpool);
        var workerpoolSigned = execution.CheckConsent(workerpoolOwner, hashes.Workerpool, signed.Workerpool.Sign, MatchCondition.WorkerpoolSignature);
        CheckPolicy(orders.Workerpool.Salt, policy);
        var requestSigned = execution.CheckConsent(orders.Request.Requester, hashes.Request, signed.Request.Sign, MatchCondition.RequestSignature);
        CheckPolicy(orders.Request.Salt, policy);

        var volume = execution.DealVolume(orders, hashes);
        Check(!volume.IsZero, MatchCondition.Volume);
        var first = execution.Consumed(hashes.Request);
        execution.Consume(hashes, volume);
        execution.Remember(hashes.App, appOwner, appSigned);
        execution.Remember(hashes.Dataset, datasetOwner, datasetSigned);
        execution.Remember(hashes.Workerpool, workerpoolOwner, workerpoolSigned);

        // The first deal of a request leaves no note of it, hence of no signature: most requests are matched once.
        execution.Remember(hashes.Request, orders.Request.Requester, requestSigned && !first.IsZero);

        // A dataset's price belongs to a dataset: without one it is neither locked nor paid.
        var datasetPrice = orders.HasDataset ? orders.Dataset.DatasetPrice : UInt256.Zero;
        var workerpoolPrice = orders.Workerpool.WorkerpoolPrice;
        execution.Lock(sponsor, Stakes.Sponsor(orders.App.AppPrice, datasetPrice, workerpoolPrice, volume));
        execution.Lock(workerpoolOwner, Stakes.Scheduler(workerpoolPrice, volume));

        CheckParams(orders.Request.Params);
        var deal = new Deal(
            DealId.Of(hashes.Request, first),
            new DealResource(orders.App.App, appOwner, orders.App.AppPrice),
            new DealResource(orders.Dataset.Dataset, datasetOwner, datasetPrice),
            new DealResource(orders.Workerpool.Workerpool, workerpoolOwner, workerpoolPrice),
            UInt256.Max(orders.Request.Trust, UInt256.One),
            orders.Request.Category,
            orders.DealTag,
            orders.Request.Requester,
            orders.Request.Beneficiary,
            orders.Request.Callback,
            orders.Request.Params,
            execution.Timestamp,
            (ulong)first,
            (ulong)volume,
            Stakes.Worker(workerpoolPrice, policy.WorkerStakeRatio),
            policy.SchedulerRewardRatio,
            sponsor);
        execution.ChangeHub(hub => hub with { Deals = hub.Deals.Add(deal.Id, deal) });
        execution.LogSchedulerNotice(deal.Workerpool.Pointer, deal.Id);
        execution.LogOrdersMatched(deal.Id, hashes, volume);
        return deal.Id;
    }

    /// <summary>The owner of a registered asset.</summary>
    private static Address CheckRegistered(this Execution execution, Address registry, Address asset, MatchCondition code)
    {
        var owner = execution.RegisteredOwner(registry, asset);
        if (owner is null)
        {
            // Something that is no asset at all reverts without reason, before its registration is looked at.
            execution.OwnerOf(asset);
        }

        Check(owner is not null, code);
        return owner!.Value;
    }

    /// <summary>Whether the account consented by a signature of its key that is seen for the first time.</summary>
    private static bool CheckConsent(this Execution execution, Address account, OrderHash order, ReadOnlyMemory<byte> sign, MatchCondition code)
    {
        Check(execution.IsBound(account, order, sign, out var byKey), code);
        return byKey;
    }

    /// <summary>Remembers a verified signature of a key, unless a consent on the chain stands there.</summary>
    private static void Remember(this Execution execution, OrderHash order, Address signer, bool verified)
    {
        if (verified && execution.State.Hub.Consents.GetValueOrDefault(order) is not { OnChain: true })
        {
            execution.ChangeHub(hub => hub with { Consents = hub.Consents.SetItem(order, new Consent(signer, OnChain: false)) });
        }
    }

    /// <summary>Who signed an order for one policy of the pool is not held to another.</summary>
    private static void CheckPolicy(Bytes32 salt, PoolPolicy policy)
    {
        if (!PolicyCommitment.Accepts(salt, policy.WorkerStakeRatio, policy.SchedulerRewardRatio))
        {
            throw Refusal.Custom("PolicyChanged(uint256,uint256)", error => error.Uint(policy.WorkerStakeRatio).Uint(policy.SchedulerRewardRatio));
        }
    }

    private static void CheckParams(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxParamsBytes)
        {
            throw Refusal.Custom("ParamsTooLong(uint256,uint256)", error => error.Uint(length).Uint(MaxParamsBytes));
        }
    }

    private static void Check(IEnumerable<MatchRefusal> refusals)
    {
        if (refusals.FirstOrDefault() is { } refusal)
        {
            throw Refusal.Text(refusal.RevertText);
        }
    }

    private static void Check(bool condition, MatchCondition code) => Check(condition ? [] : [new MatchRefusal(code, "")]);
}
