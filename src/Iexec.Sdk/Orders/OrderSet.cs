using Iexec.Poco.Orders;
using Iexec.Poco.Rules;

namespace Iexec.Sdk.Orders;

/// <summary>Four signed orders that are to become a deal. Without dataset the second is <see cref="NoDataset"/>.</summary>
/// <param name="App">Signed by the app's owner.</param>
/// <param name="Dataset">Signed by the dataset's owner, or <see cref="NoDataset"/>.</param>
/// <param name="Workerpool">Signed by the pool's owner.</param>
/// <param name="Request">Signed by the requester.</param>
public sealed record OrderSet(Signed<AppOrder> App, Signed<DatasetOrder> Dataset, Signed<WorkerpoolOrder> Workerpool, Signed<RequestOrder> Request)
{
    /// <summary>Stands for "no dataset".</summary>
    public static Signed<DatasetOrder> NoDataset { get; } = new(DatasetOrder.None, ReadOnlyMemory<byte>.Empty);

    /// <summary>The orders without their signatures.</summary>
    public MatchOrders Orders => new(App.Order, Dataset.Order, Workerpool.Order, Request.Order);
}
