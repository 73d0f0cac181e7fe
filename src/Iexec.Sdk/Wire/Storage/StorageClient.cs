using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Sdk.Wire.Storage;

/// <summary>A stored file: its identifier and where any HTTP client finds it.</summary>
public sealed record StoredFile(Cid Cid, Uri Url, long Bytes);

/// <summary>An IPFS gateway, and the store behind it when it takes uploads.</summary>
public sealed class StorageClient(HttpClient http, Uri gateway)
{
    /// <summary>Adds a file; its bytes are streamed.</summary>
    /// <exception cref="IexecException">The storage is not reachable, is full, or takes no uploads.</exception>
    public async Task<StoredFile> PutAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StreamContent(content), "file", Path.GetFileName(name) } };
        using var reply = await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, StorageWire.Add)) { Content = form }, cancellationToken);
        var added = JsonSerializer.Deserialize(await reply.Content.ReadAsStringAsync(cancellationToken), StorageJson.Default.AddedFile);
        return added is not null && Cid.TryParse(added.Hash, out var cid)
            ? new StoredFile(cid, new Uri(gateway, $"/ipfs/{cid}"), long.Parse(added.Size, System.Globalization.CultureInfo.InvariantCulture))
            : throw new IexecException(ErrorCode.IpfsGatewayCallError, $"The storage at {gateway} gave no CID of version 0.");
    }

    /// <summary>Opens <c>/ipfs/{cid}</c>. The bytes are the storage's word: check them with <see cref="CidBuilder"/>.</summary>
    public async Task<Stream> OpenAsync(Cid cid, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, $"/ipfs/{cid}")), cancellationToken);
        return await reply.Content.ReadAsStreamAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return reply.IsSuccessStatusCode ? reply : throw await StorageErrors.ReadAsync(reply, gateway, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw StorageErrors.Unreachable(gateway, error);
        }
    }
}

/// <summary>The proxy through which a worker stores a task's result.</summary>
public sealed class ResultProxyClient(HttpClient http, Uri proxy)
{
    /// <summary>A token for the worker's wallet.</summary>
    public async Task<string> GetTokenAsync(WorkerpoolAuthorization authorization, PrivateKey worker, CancellationToken cancellationToken)
    {
        var hash = WorkerpoolAuthorization.Hash(authorization.WorkerWallet, authorization.TaskId, authorization.EnclaveChallenge);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy, StorageWire.ResultToken))
        {
            Content = JsonContent.Create(authorization, SchedulerJson.Default.WorkerpoolAuthorization),
        };
        request.Headers.TryAddWithoutValidation("Authorization", worker.SignMessage(hash.AsSpan()).ToString());
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Streams the archive; gives <c>/ipfs/{cid}</c> of the result that counts for the task.</summary>
    public Task<string> PutAsync(string token, TaskId task, Stream archive, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(proxy, StorageWire.Result.Replace("{taskId}", task.ToString(), StringComparison.Ordinal)))
        {
            Content = new StreamContent(archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } },
        };
        request.Headers.TryAddWithoutValidation("Authorization", token);
        return SendAsync(request, cancellationToken);
    }

    /// <summary><c>/ipfs/{cid}</c> of a task's result, or null.</summary>
    public async Task<string?> FindAsync(TaskId task, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri(proxy, StorageWire.ResultLink.Replace("{taskId}", task.ToString(), StringComparison.Ordinal)), cancellationToken);
            return reply.StatusCode == HttpStatusCode.NotFound
                ? null
                : reply.IsSuccessStatusCode ? await reply.Content.ReadAsStringAsync(cancellationToken) : throw await StorageErrors.ReadAsync(reply, proxy, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw StorageErrors.Unreachable(proxy, error);
        }
    }

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.SendAsync(request, cancellationToken);
            return reply.IsSuccessStatusCode ? await reply.Content.ReadAsStringAsync(cancellationToken) : throw await StorageErrors.ReadAsync(reply, proxy, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw StorageErrors.Unreachable(proxy, error);
        }
    }
}

internal static class StorageErrors
{
    public static IexecException Unreachable(Uri host, HttpRequestException error) =>
        new(ErrorCode.IpfsGatewayCallError, $"Connection to {host} failed with a network error", "Check that the storage runs and that chain.json names it.", error);

    public static async Task<IexecException> ReadAsync(HttpResponseMessage reply, Uri host, CancellationToken cancellationToken)
    {
        var text = await reply.Content.ReadAsStringAsync(cancellationToken);
        return new IexecException(ErrorCode.IpfsGatewayCallError, text.Length is > 0 and < 500 ? text : $"The storage at {host} answered {(int)reply.StatusCode}.");
    }
}
