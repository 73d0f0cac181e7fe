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
    /// <summary><c>matchOrders</c> and <c>sponsorMatchOrders</c>: Transfer, Lock (sponsor), Transfer, Lock (pool's owner), SchedulerNotice, OrdersMatched.</summary>
    public static DealId Match(this Execution execution, SignedOrders signed, Address sponsor)
    {
        var orders = signed.Orders;
        Check(MatchRules.TermRefusals(orders, execution.State.Hub.Categories.Count));
        Check(MatchRules.RestrictionRefusals(orders, execution.IsMember));
        var hashes = MatchedHashes.Of(execution, orders);
        var registries = execution.Settings.Configuration;
        var appOwner = execution.CheckSeller(
            registries.AppRegistry, orders.App.App, hashes.App, signed.App.Sign, MatchCondition.AppRegistered, MatchCondition.AppSignature);
        var datasetOwner = orders.HasDataset
            ? execution.CheckSeller(
                registries.DatasetRegistry, orders.Dataset.Dataset, hashes.Dataset, signed.Dataset.Sign, MatchCondition.DatasetRegistered, MatchCondition.DatasetSignature)
            : Address.Zero;
        var workerpoolOwner = execution.CheckSeller(
            registries.WorkerpoolRegistry, orders.Workerpool.Workerpool, hashes.Workerpool, signed.Workerpool.Sign, MatchCondition.WorkerpoolRegistered, MatchCondition.WorkerpoolSignature);
        Check(execution.IsConsent(orders.Request.Requester, hashes.Request, signed.Request.Sign), MatchCondition.RequestSignature);

        var volume = execution.DealVolume(orders, hashes);
        Check(!volume.IsZero, MatchCondition.Volume);
        var first = execution.Consumed(hashes.Request);
        execution.Consume(hashes, volume);

        // A dataset's price belongs to a dataset: without one it is neither locked nor paid.
        var datasetPrice = orders.HasDataset ? orders.Dataset.DatasetPrice : UInt256.Zero;
        var workerpoolPrice = orders.Workerpool.WorkerpoolPrice;
        execution.Lock(sponsor, Stakes.Sponsor(orders.App.AppPrice, datasetPrice, workerpoolPrice, volume));
        execution.Lock(workerpoolOwner, Stakes.Scheduler(workerpoolPrice, volume));

        var policy = execution.PolicyOf(orders.Workerpool.Workerpool);
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

    /// <summary>The owner of a registered asset, after checking that it consented to the order.</summary>
    private static Address CheckSeller(
        this Execution execution, Address registry, Address asset, OrderHash order, ReadOnlyMemory<byte> sign, MatchCondition registered, MatchCondition consent)
    {
        var owner = execution.RegisteredOwner(registry, asset);
        if (owner is null)
        {
            // Something that is no asset at all reverts without reason, before its registration is looked at.
            execution.OwnerOf(asset);
            throw Refusal.Text(new MatchRefusal(registered, "").RevertText);
        }

        Check(execution.IsConsent(owner.Value, order, sign), consent);
        return owner.Value;
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
