using System.Text;
using Iexec.Poco.Deals;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Storage;
using Iexec.Worker.Replicates;

namespace Iexec.Worker.Compute;

/// <summary>Stores the archive of a revealed result and makes the link that goes on the chain.</summary>
internal sealed class ResultUpload(WorkerOptions options, ReplicateFolder folder, Func<CancellationToken, Task<ResultProxyClient>> findStorage)
{
    /// <summary>The text of the link. A callback's data is on the chain itself: nothing is stored.</summary>
    public async Task<string> StoreAsync(ReplicateState state, Deal deal, CancellationToken cancellationToken)
    {
        if (!deal.Callback.IsZero)
        {
            return Encoding.UTF8.GetString(ResultLink.Callback(deal.Callback).ToBytes());
        }

        var storage = await findStorage(cancellationToken);
        var token = await storage.GetTokenAsync(state.Authorization, options.Key, cancellationToken);
        await using var archive = File.OpenRead(folder.Archive(state.TaskId));
        var location = await storage.PutAsync(token, state.TaskId, archive, cancellationToken);
        return location.StartsWith("/ipfs/", StringComparison.Ordinal) && Cid.TryParse(location["/ipfs/".Length..], out var cid)
            ? Encoding.UTF8.GetString(ResultLink.Ipfs(cid).ToBytes())
            : throw new IexecException(ErrorCode.IpfsGatewayCallError, $"The storage answered '{location}' instead of /ipfs/ and a CID.");
    }
}
