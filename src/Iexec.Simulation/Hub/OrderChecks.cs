using Iexec.Ethereum;
using Iexec.Poco;
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

/// <summary>What four orders that match come to, besides what they say themselves: owners, policy of the pool, range of tasks.</summary>
internal sealed record MatchTerms(
    MatchOrders Orders, MatchedHashes Hashes, Address AppOwner, Address DatasetOwner, Address WorkerpoolOwner, PoolPolicy Policy, UInt256 First, UInt256 Volume)
{
    public DealId DealId => DealId.Of(Hashes.Request, First);

    /// <summary>A dataset's price belongs to a dataset: without one it is neither locked nor paid.</summary>
    public UInt256 DatasetPrice => Orders.HasDataset ? Orders.Dataset.DatasetPrice : UInt256.Zero;
}

/// <summary>
/// The conditions of a match, those of <see cref="MatchRules"/>, in their order; the first that fails refuses. Registration and signatures are asked one after the
/// other, because asking may revert by itself.
/// </summary>
internal abstract class OrderChecks
{
    /// <summary>All conditions; then the volume of the deal is counted in every order.</summary>
    /// <exception cref="Refusal">A condition fails, or PolicyChanged.</exception>
    public MatchTerms CheckAndConsume(Execution execution, SignedOrders signed)
    {
        var orders = signed.Orders;
        Check(TermRefusals(MatchRules.TermRefusals(orders, execution.State.Hub.Categories.Count)));
        Check(MatchRules.RestrictionRefusals(orders, execution.IsMember));
        var hashes = MatchedHashes.Of(execution, orders);
        var registries = execution.Settings.Configuration;
        var appOwner = CheckRegistered(execution, registries.AppRegistry, orders.App.App, MatchCondition.AppRegistered);
        var appSigned = CheckConsent(execution, appOwner, hashes.App, signed.App.Sign, MatchCondition.AppSignature);
        var (datasetOwner, datasetSigned) = (Address.Zero, false);
        if (orders.HasDataset)
        {
            datasetOwner = CheckRegistered(execution, registries.DatasetRegistry, orders.Dataset.Dataset, MatchCondition.DatasetRegistered);
            datasetSigned = CheckConsent(execution, datasetOwner, hashes.Dataset, signed.Dataset.Sign, MatchCondition.DatasetSignature);
        }

        var workerpoolOwner = CheckRegistered(execution, registries.WorkerpoolRegistry, orders.Workerpool.Workerpool, MatchCondition.WorkerpoolRegistered);
        var policy = execution.PolicyOf(orders.Workerpool.Workerpool);
        var workerpoolSigned = CheckConsent(execution, workerpoolOwner, hashes.Workerpool, signed.Workerpool.Sign, MatchCondition.WorkerpoolSignature);
        CheckPolicy(orders.Workerpool.Salt, policy);
        var requestSigned = CheckConsent(execution, orders.Request.Requester, hashes.Request, signed.Request.Sign, MatchCondition.RequestSignature);
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
        return new MatchTerms(orders, hashes, appOwner, datasetOwner, workerpoolOwner, policy, first, volume);
    }

    /// <summary>What a failing condition reverts with.</summary>
    protected abstract Refusal RefusalOf(MatchCondition condition);

    /// <summary>Which of the conditions on terms count.</summary>
    protected virtual IEnumerable<MatchRefusal> TermRefusals(IEnumerable<MatchRefusal> refusals) => refusals;

    /// <summary>An asset is not in the registry that it should be in.</summary>
    protected virtual void OnUnregistered(Execution execution, Address asset)
    {
    }

    private Address CheckRegistered(Execution execution, Address registry, Address asset, MatchCondition code)
    {
        if (execution.RegisteredOwner(registry, asset) is { } owner)
        {
            return owner;
        }

        OnUnregistered(execution, asset);
        throw RefusalOf(code);
    }

    /// <summary>Whether the account consented by a signature of its key that is seen for the first time.</summary>
    private bool CheckConsent(Execution execution, Address account, OrderHash order, ReadOnlyMemory<byte> sign, MatchCondition code)
    {
        Check(execution.IsBound(account, order, sign, out var byKey), code);
        return byKey;
    }

    /// <summary>Who signed an order for one policy of the pool is not held to another.</summary>
    private static void CheckPolicy(Bytes32 salt, PoolPolicy policy)
    {
        if (!PolicyCommitment.Accepts(salt, policy.WorkerStakeRatio, policy.SchedulerRewardRatio))
        {
            throw Refusal.Custom("PolicyChanged(uint256,uint256)", error => error.Uint(policy.WorkerStakeRatio).Uint(policy.SchedulerRewardRatio));
        }
    }

    private void Check(IEnumerable<MatchRefusal> refusals)
    {
        if (refusals.FirstOrDefault() is { } refusal)
        {
            throw RefusalOf(refusal.Condition);
        }
    }

    private void Check(bool condition, MatchCondition code)
    {
        if (!condition)
        {
            throw RefusalOf(code);
        }
    }
}
