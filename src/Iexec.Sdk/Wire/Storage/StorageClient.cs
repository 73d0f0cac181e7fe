using System.Buffers;
using System.Globalization;
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
/// <param name="Cid">Its identifier.</param>
/// <param name="Url">Where any HTTP client finds it.</param>
/// <param name="Bytes">Its size, as the storage counts it.</param>
public sealed record StoredFile(Cid Cid, Uri Url, long Bytes);

/// <summary>An IPFS gateway, and the store behind it when it takes uploads. Files may be long; a storage that falls silent is not waited for.</summary>
/// <param name="http">Shared; without a timeout of its own.</param>
/// <param name="gateway">The storage's origin.</param>
/// <param name="time">Measures the silence; null for the system's clock.</param>
internal sealed class StorageClient(HttpClient http, Uri gateway, TimeProvider? time = null)
{
    /// <summary>A public gateway may search other nodes that long for a file.</summary>
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    /// <summary>Adds a file; its bytes are streamed.</summary>
    /// <exception cref="IexecException">The storage is not reachable, is full, or takes no uploads.</exception>
    public async Task<StoredFile> PutAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StreamContent(content), "file", Path.GetFileName(name) } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, StorageWire.Add)) { Content = form };
        using var reply = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        var answer = await reply.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false);
        return Read(answer) is { } added && Cid.TryParse(added.Hash, out var cid) && long.TryParse(added.Size, CultureInfo.InvariantCulture, out var bytes)
            ? new StoredFile(cid, new Uri(gateway, $"/ipfs/{cid}"), bytes)
            : throw new IexecException(ErrorCode.IpfsGatewayCallError, $"The storage at {gateway} gave no CID of version 0.");
    }

    /// <summary>
    /// Streams <c>/ipfs/{cid}</c> into <paramref name="target"/> and gives the CID of what has arrived: the bytes are the storage's word, so compare it.
    /// </summary>
    /// <exception cref="IexecException">The storage is not reachable, lacks the file, or broke off; what was written until then is worth nothing.</exception>
    public Task<Cid> CopyToAsync(Cid cid, Stream target, CancellationToken cancellationToken) => CopyToAsync(cid, target, null, cancellationToken);

    /// <summary>As above; <paramref name="begin"/> is given the length that the storage announces, 0 if it does not, and its answer is told how many bytes have come.</summary>
    internal async Task<Cid> CopyToAsync(Cid cid, Stream target, Func<long, IProgress<long>>? begin, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, $"/ipfs/{cid}"));
        using var silence = new Silence(time ?? TimeProvider.System, cancellationToken);
        using var reply = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token, cancellationToken).ConfigureAwait(false);
        using var body = await reply.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var progress = begin?.Invoke(reply.Content.Headers.ContentLength ?? 0);
        var received = new CidBuilder();
        long total = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(CidBuilder.ChunkBytes);
        try
        {
            while (await ReadAsync(body, buffer, silence, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                received.Append(buffer.AsSpan(0, read));
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(total += read);
            }

            return received.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A body that breaks off arrives as a plain <see cref="IOException"/>; told apart here from one of the target.</summary>
    private async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, Silence silence, CancellationToken cancellationToken)
    {
        silence.Begin();
        try
        {
            return await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (AnswerText.IsNone(error, cancellationToken))
        {
            throw new IexecException(ErrorCode.IpfsGatewayCallError, $"The storage at {gateway} broke off in the middle of the file", "Try again.", error);
        }
        finally
        {
            // What the target takes its time for is not the storage's silence.
            silence.End();
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken) =>
        SendAsync(request, completion, cancellationToken, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await http.SendAsync(request, completion, limited).ConfigureAwait(false);
            if (reply.IsSuccessStatusCode)
            {
                return reply;
            }

            using (reply)
            {
                throw await StorageErrors.ReadAsync(reply, gateway, limited).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (AnswerText.IsNone(error, cancellationToken))
        {
            throw StorageErrors.Unreachable(gateway, error);
        }
    }

    // Ends its token when nothing has come for too long.
    private sealed class Silence : IDisposable
    {
        private readonly CancellationTokenSource _tooLong;
        private readonly CancellationTokenSource _either;

        public Silence(TimeProvider time, CancellationToken cancellationToken)
        {
            _tooLong = new CancellationTokenSource(LongestSilence, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _tooLong.Token);
        }

        public CancellationToken Token => _either.Token;

        public void Begin() => _tooLong.CancelAfter(LongestSilence);

        public void End() => _tooLong.CancelAfter(Timeout.InfiniteTimeSpan);

        public void Dispose()
        {
            _either.Dispose();
            _tooLong.Dispose();
        }
    }

    private static AddedFile? Read(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, StorageJson.Default.AddedFile);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The proxy through which a worker stores a task's result.</summary>
internal sealed class ResultProxyClient(HttpClient http, Uri proxy)
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
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Streams the archive; gives <c>/ipfs/{cid}</c> of the result that counts for the task.</summary>
    public Task<string> PutAsync(string token, TaskId task, Stream archive, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(proxy, StorageWire.Result.Replace("{taskId}", task.ToString(), StringComparison.Ordinal)))
        {
            Content = new StreamContent(archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } },
        };
        request.Headers.TryAddWithoutValidation("Authorization", token);
        // A refusal comes before the archive is sent.
        request.Headers.ExpectContinue = true;
        return SendAsync(request, cancellationToken);
    }

    /// <summary><c>/ipfs/{cid}</c> of a task's result, or null.</summary>
    public async Task<string?> FindAsync(TaskId task, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri(proxy, StorageWire.ResultLink.Replace("{taskId}", task.ToString(), StringComparison.Ordinal)), cancellationToken)
                .ConfigureAwait(false);
            return reply.StatusCode == HttpStatusCode.NotFound
                ? null
                : reply.IsSuccessStatusCode ? await reply.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false)
                : throw await StorageErrors.ReadAsync(reply, proxy, cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (Exception error) when (AnswerText.IsNone(error, cancellationToken))
        {
            throw StorageErrors.Unreachable(proxy, error);
        }
    }

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return reply.IsSuccessStatusCode
                ? await reply.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false)
                : throw await StorageErrors.ReadAsync(reply, proxy, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (AnswerText.IsNone(error, cancellationToken))
        {
            throw StorageErrors.Unreachable(proxy, error);
        }
    }
}
