using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Project;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Sdk.Orders;

/// <summary>Datasets that one request processes.</summary>
/// <param name="Cid">Of the list of lists, for <c>bulk_cid</c> of the params.</param>
/// <param name="Volume">Tasks that it takes, one for each list.</param>
public sealed record PreparedBulk(Cid Cid, int Volume);

/// <summary>
/// Lists of dataset orders at the storage: a JSON array of signed orders for each task, and one of the CIDs of these. The original's form, which its
/// enclaves read.
/// </summary>
internal static class DatasetBulk
{
    public const int MostDatasetsPerTask = 100;

    public static async Task<PreparedBulk> PrepareAsync(
        StorageClient storage, IReadOnlyList<Signed<DatasetOrder>> orders, int maxDatasetPerTask, CancellationToken cancellationToken)
    {
        Check(maxDatasetPerTask);
        Check(orders);
        var lists = new JsonArray();
        foreach (var task in orders.Chunk(maxDatasetPerTask))
        {
            lists.Add((JsonNode)(await PutAsync(storage, List(task), cancellationToken).ConfigureAwait(false)).ToString());
        }

        return new PreparedBulk(await PutAsync(storage, lists, cancellationToken).ConfigureAwait(false), lists.Count);
    }

    /// <exception cref="IexecException">ValidationError in the official words.</exception>
    internal static void Check(int maxDatasetPerTask)
    {
        if (maxDatasetPerTask is < 1 or > MostDatasetsPerTask)
        {
            throw new IexecException(
                ErrorCode.ValidationError,
                maxDatasetPerTask < 1 ? "maxDatasetPerTask must be greater than or equal to 1" : $"maxDatasetPerTask must be less than or equal to {MostDatasetsPerTask}");
        }
    }

    /// <summary>Nobody matches these orders, so nothing would count what they sell or pay for it.</summary>
    /// <exception cref="IexecException">ValidationError in the official words.</exception>
    internal static void Check(IReadOnlyList<Signed<DatasetOrder>> orders)
    {
        if (orders.Count == 0)
        {
            throw new IexecException(ErrorCode.ValidationError, "datasetorders field must have at least 1 items");
        }

        for (var i = 0; i < orders.Count; i++)
        {
            var order = orders[i].Order;
            if (!order.DatasetPrice.IsZero)
            {
                throw new IexecException(ErrorCode.ValidationError, $"[{i}].datasetprice ({order.DatasetPrice}) is not valid for bulk datasetorder expected 0");
            }

            if (order.Volume < (UInt256)(OrderModule.InfiniteVolume - 1))
            {
                throw new IexecException(ErrorCode.ValidationError, $"[{i}].volume ({order.Volume}) is not valid for bulk datasetorder expected DATASET_INFINITE_VOLUME ({OrderModule.InfiniteVolume})");
            }
        }
    }

    private static JsonArray List(Signed<DatasetOrder>[] orders) =>
        [.. orders.Select(order => (JsonNode)JsonText.ObjectFrom(writer => OrderSchemas.Dataset.WriteJson(writer, order)))];

    private static async Task<Cid> PutAsync(StorageClient storage, JsonArray content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(JsonText.ToLine(content)));
        return (await storage.PutAsync(stream, "bulk.json", cancellationToken).ConfigureAwait(false)).Cid;
    }
}
