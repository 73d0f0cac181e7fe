using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Sdk.Wire.Storage;
using Iexec.ServiceDefaults.Http;
using Iexec.Storage.Content;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Iexec.Storage.Proxy;

/// <summary>Takes workers' results: whoever holds the pool owner's authorization gets a token, and the token's wallet may store what it revealed.</summary>
internal sealed class ResultProxy(StorageOptions options, BlobStore blobs, ResultIndex index, WalletToken tokens)
{
    // The official service's limit of a request. It is read as a whole; larger archives come as they are.
    private const long LargestModelBytes = 10L << 20;

    private readonly IHub _hub = options.Hub;

    /// <summary>Authorization → token.</summary>
    public async Task<IResult> IssueTokenAsync(HttpContext context, WorkerpoolAuthorization authorization)
    {
        if (!Hex.TryDecode(context.Request.Headers.Authorization.ToString(), out var workerSign)
            || ResultHashes.RecoverAuthorizer(authorization.WorkerWallet, authorization.TaskId, authorization.EnclaveChallenge, workerSign) != authorization.WorkerWallet)
        {
            throw Refusal("The Authorization header is not the worker's signature of the authorization.", StatusCodes.Status401Unauthorized);
        }

        return await IsAuthorizedAsync(authorization, context.RequestAborted)
            ? Results.Text(tokens.Issue(authorization.WorkerWallet, lifetime: null))
            : throw Refusal("The authorization is not signed by the owner of the task's worker pool.", StatusCodes.Status401Unauthorized);
    }

    /// <summary>The archive's bytes as the request's body.</summary>
    public async Task<IResult> PutAsync(HttpContext context, string taskId)
    {
        if (tokens.Read(context.Request.Headers.Authorization) is not { } worker)
        {
            throw Refusal("A result needs a token of this storage.", StatusCodes.Status401Unauthorized);
        }

        Limit(context, null);
        return TaskId.TryParse(taskId, out var task)
            ? await StoreAsync(worker, task, context.Request.Body, context.RequestAborted)
            : throw Refusal($"{taskId} is not a task id.", StatusCodes.Status400BadRequest);
    }

    /// <summary>The official form: JSON with the archive in it.</summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (tokens.Read(context.Request.Headers.Authorization) is not { } worker)
        {
            throw Refusal("A result needs a token of this storage.", StatusCodes.Status401Unauthorized);
        }

        Limit(context, LargestModelBytes);
        try
        {
            var model = await JsonSerializer.DeserializeAsync(context.Request.Body, StorageJson.Default.ResultModel, context.RequestAborted);
            using var archive = new MemoryStream(model?.Zip ?? throw new JsonException("no zip"));
            return await StoreAsync(worker, new TaskId(model.ChainTaskId), archive, context.RequestAborted);
        }
        catch (JsonException)
        {
            throw Refusal("Expected JSON with chainTaskId and zip, the archive in base64 or as a list of bytes.", StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>204 or 404.</summary>
    public IResult Head(string taskId) =>
        TaskId.TryParse(taskId, out var task) && index.Find(task) is not null ? Results.NoContent() : Results.NotFound();

    /// <summary><c>/ipfs/{cid}</c> or 404.</summary>
    public IResult GetLink(string taskId) =>
        TaskId.TryParse(taskId, out var task) && index.Find(task) is { } cid
            ? Results.Text($"/ipfs/{cid}")
            : Results.NotFound();

    private async Task<IResult> StoreAsync(Address worker, TaskId taskId, Stream archive, CancellationToken cancellationToken)
    {
        // Anybody gets a token. Nothing is received from who has nothing to store: it would fill the disk before it is refused.
        var task = await _hub.GetTaskAsync(taskId, cancellationToken);
        var contribution = await _hub.GetContributionAsync(taskId, worker, cancellationToken);
        if (ResultRules.RefuseUploader(task, contribution) is { } early)
        {
            throw Refusal(early, StatusCodes.Status400BadRequest);
        }

        IncomingBlob? blob = null;
        try
        {
            blob = await blobs.ReceiveAsync(archive, cancellationToken);
            var deal = await _hub.GetDealAsync(task.DealId, cancellationToken);
            await using var content = File.OpenRead(blob.Path);
            var digest = ResultArchive.ComputeDigest(content, deal is { Callback.IsZero: false }, options.MaxObjectBytes * 4);
            if (ResultRules.RefuseArchive(taskId, contribution, digest) is { } reason)
            {
                throw Refusal(reason, StatusCodes.Status400BadRequest);
            }
        }
        catch (IexecException error)
        {
            blob?.Discard();
            throw Refusal(error.Message, StatusCodes.Status400BadRequest);
        }
        catch
        {
            blob?.Discard();
            throw;
        }

        // A second upload of the same task answers with the first: the link is on its way to the chain.
        blobs.Keep(blob);
        return Results.Text($"/ipfs/{index.Record(taskId, blob.Cid)}");
    }

    private static void Limit(HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }

    private async Task<bool> IsAuthorizedAsync(WorkerpoolAuthorization authorization, CancellationToken cancellationToken)
    {
        var task = await _hub.GetTaskAsync(authorization.TaskId, cancellationToken);
        if (task.Status == ChainTaskStatus.Unset || await _hub.GetDealAsync(task.DealId, cancellationToken) is not { } deal)
        {
            return false;
        }

        // The owner may be a contract, so the chain is asked rather than the signature alone.
        var digest = Eip191.HashMessage(WorkerpoolAuthorization.Hash(authorization.WorkerWallet, authorization.TaskId, authorization.EnclaveChallenge).AsSpan());
        return Hex.TryDecode(authorization.Signature.Value, out var sign)
            && await _hub.VerifySignatureAsync(deal.Workerpool.Owner, digest, sign, cancellationToken);
    }

    private static HttpErrorException Refusal(string reason, int status) => new(status, reason);
}
