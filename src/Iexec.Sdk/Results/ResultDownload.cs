using Iexec.Poco.Tasks;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Tasks;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Sdk.Results;

/// <summary>Downloads the archive of a completed task and keeps it only if it is what the chain says.</summary>
internal static class ResultDownload
{
    // Bounds the work of checking an archive that unpacks without end.
    private const long LargestUnpackedBytes = 1L << 36;

    private static int _downloads;

    /// <summary>Streams into <paramref name="path"/>; on any failure there is no such file, and a former one is kept.</summary>
    /// <exception cref="IexecException">Not completed, not on IPFS, not there, or not what the chain says.</exception>
    public static async Task SaveAsync(
        ChainConnection chain, TaskView view, string path, CancellationToken cancellationToken, Func<long, IProgress<long>>? begin = null)
    {
        var cid = Locate(view);
        var storage = new StorageClient(chain.Http.Shared, chain.Settings.RequireIpfsGateway());
        // Two downloads of one result at once are two files; the last one stays.
        var partial = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _downloads)}.part";
        try
        {
            var file = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
            await using (file.ConfigureAwait(false))
            {
                var received = await storage.CopyToAsync(cid, file, begin, cancellationToken).ConfigureAwait(false);
                if (received != cid)
                {
                    throw Wrong($"it has the CID {received}, not {cid}");
                }

                var deal = await chain.ReadAsync(hub => hub.GetDealAsync(view.Task.DealId, cancellationToken)).ConfigureAwait(false);
                file.Position = 0;
                var digest = ResultArchive.ComputeDigest(file, deal is { Callback.IsZero: false }, LargestUnpackedBytes);
                if (digest != view.Task.ResultDigest)
                {
                    throw Wrong($"its digest is {digest}, on the chain is {view.Task.ResultDigest}");
                }
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"The result cannot be saved: {refused.Message}", "Check the folder's permissions and the free space.", refused);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    private static Cid Locate(TaskView view)
    {
        if (view.Task.Status != ChainTaskStatus.Completed)
        {
            throw new IexecException(
                ErrorCode.BusinessError, $"Task {view.Task.Id} is {view.StatusName}: there is no result{(view.Reason is null ? "" : $" ({view.Reason})")}",
                view.IsOver ? default : new Advice("Wait until the task is over.", Remedy.AwaitResult, view.Task.Id.ToString()));
        }

        var link = ResultLink.Read(view.Task.Results);
        return link.FindCid() ?? throw new IexecException(
            ErrorCode.BusinessError, link.Storage == "none" ? "No result uploaded for this task" : $"Task result stored on {link.Storage}, download not supported");
    }

    private static IexecException Wrong(string why) =>
        new(ErrorCode.IpfsGatewayCallError, $"The downloaded result is not the one of this task: {why}", "Nothing was saved. Try again, or use another \"ipfsGateway\" in chain.json.");
}
