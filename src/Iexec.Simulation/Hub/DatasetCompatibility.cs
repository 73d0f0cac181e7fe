using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Whether a deal that was made without dataset may use one whose order exists: the condition of bulk processing.</summary>
internal static class DatasetCompatibility
{
    private static readonly Tag Frameworks = Tag.Of(Tag.SconeBit, Tag.GramineBit, Tag.TdxBit);

    /// <summary><c>assertDatasetDealCompatibility</c>.</summary>
    /// <exception cref="Refusal">IncompatibleDatasetOrder with the first reason.</exception>
    public static void AssertCompatible(this Execution execution, Signed<DatasetOrder> signed, DealId dealId)
    {
        var order = signed.Order;
        var hash = OrderSchemas.Dataset.Hash(order, execution.Settings.Configuration.Domain);
        Check(execution.Consumed(hash) < order.Volume, "Dataset order is revoked or fully consumed");
        Check(execution.IsConsent(execution.OwnerOf(order.Dataset), hash, signed.Sign), "Invalid dataset order signature");
        execution.State.Hub.Deals.TryGetValue(dealId, out var deal);
        Check(deal is not null, "Deal not found");
        Check(!deal!.HasDataset, "Deal already has a dataset");
        Check(execution.IsAllowed(order.AppRestrict, deal.App.Pointer), "App restriction not satisfied");
        Check(execution.IsAllowed(order.WorkerpoolRestrict, deal.Workerpool.Pointer), "Workerpool restriction not satisfied");
        Check(execution.IsAllowed(order.RequesterRestrict, deal.Requester), "Requester restriction not satisfied");
        Check(order.Tag.Except(Frameworks).Except(deal.Tag).IsNone, "Tag compatibility not satisfied");
    }

    private static void Check(bool condition, string reason)
    {
        if (!condition)
        {
            throw Refusal.Custom("IncompatibleDatasetOrder(string)", error => error.String(reason));
        }
    }
}
