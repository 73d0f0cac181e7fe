using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Iexec.Ethereum.Abi;

namespace Iexec.Ethereum.JsonRpc;

// Generic code over structs of ours, and what the compiler makes of each async method, is in no ready-made image: a short process compiles it
// at each start. Hence classes here, and as few awaits on the way of a call as it needs.

/// <summary>One call of a batch. <paramref name="ParamsJson"/> is the JSON text of the params array.</summary>
public sealed record RpcCall(string Method, string ParamsJson);

/// <summary>One answer of a batch: a result, or the error as an exception not yet thrown.</summary>
public sealed record RpcReply(JsonElement Result, JsonRpcException? Error)
{
    /// <summary>The result, or throws the error.</summary>
    public JsonElement GetResult() => Error is null ? Result : throw Error;
}

/// <summary>
/// JSON-RPC 2.0 over HTTP with batches. Thread-safe. The timeout and retries are those of the given client; the timeout is for the whole answer, not only for its beginning.
/// </summary>
public sealed class JsonRpcClient
{
    /// <summary>Calls in one HTTP request; public nodes refuse larger batches.</summary>
    public const int MaxBatchSize = 100;

    private readonly HttpClient _http;
    private readonly RevertDecoder _reverts;
    private readonly AsyncLocal<CallGathering?> _gathering = new();

    /// <summary>The reverts of <paramref name="reverts"/> are decoded into <see cref="RevertException"/>.</summary>
    public JsonRpcClient(HttpClient http, Uri host, RevertDecoder? reverts = null)
    {
        _http = http;
        _reverts = reverts ?? new RevertDecoder();
        Host = host;
    }

    /// <summary>The node.</summary>
    public Uri Host { get; }

    /// <summary>Answers above this size are refused, so that a hostile node cannot fill the memory. 64 MiB unless set.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>One call.</summary>
    /// <exception cref="JsonRpcException">The node answered with an error; <see cref="RevertException"/> for reverts.</exception>
    /// <exception cref="NodeUnreachableException">No answer.</exception>
    public async Task<JsonElement> CallAsync(RpcCall call, CancellationToken cancellationToken) =>
        (await BatchAsync([call], cancellationToken).ConfigureAwait(false))[0].GetResult();

    /// <summary>
    /// Many calls in one HTTP round trip (split above 100), answers in the order of the calls whatever the node's order. One alone is sent as
    /// a plain call.
    /// </summary>
    /// <exception cref="NodeUnreachableException">No answer.</exception>
    public Task<RpcReply[]> BatchAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken) =>
        _gathering.Value is { } gathering && gathering.TryAdd(calls, cancellationToken, out var replies) ? replies : SendAllAsync(calls, cancellationToken);

    private async Task<RpcReply[]> SendAllAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        if (calls.Count == 1)
        {
            return [await SendSingleAsync(calls[0], cancellationToken).ConfigureAwait(false)];
        }

        RpcCall[] all = [.. calls];
        var replies = new RpcReply[all.Length];
        for (var start = 0; start < all.Length; start += MaxBatchSize)
        {
            var end = Math.Min(start + MaxBatchSize, all.Length);
            await SendBatchAsync(all[start..end], replies.AsMemory(start..end), cancellationToken).ConfigureAwait(false);
        }

        return replies;
    }

    /// <summary>
    /// Sends everything that <paramref name="ask"/> asks before its first wait in one round trip: <c>() => Task.WhenAll(a(), b())</c> is one
    /// request, whatever a and b are made of. What they ask after an answer goes its own way. The request is cancelled with its first call.
    /// </summary>
    public async Task<T> TogetherAsync<T>(Func<Task<T>> ask)
    {
        if (_gathering.Value is { IsClosed: false })
        {
            return await ask().ConfigureAwait(false);
        }

        var gathering = new CallGathering();
        _gathering.Value = gathering;
        Task<T> answer;
        try
        {
            answer = ask();
        }
        finally
        {
            _gathering.Value = null;
        }

        await SendAsync(gathering).ConfigureAwait(false);
        return await answer.ConfigureAwait(false);
    }

    // A failure reaches those who asked, and through them the caller.
    private async Task SendAsync(CallGathering gathering)
    {
        try
        {
            gathering.Answer(gathering.Close() switch
            {
                [] => [],
                var calls => await SendAllAsync(calls, gathering.Cancellation).ConfigureAwait(false),
            });
        }
        catch (Exception failure)
        {
            gathering.Fail(failure);
        }
    }

    private async Task<RpcReply> SendSingleAsync(RpcCall call, CancellationToken cancellationToken)
    {
        RpcReply? single = null;
        await AskAsync(RpcJson.WriteSingle(call), reply => single = RpcJson.ReadSingle(reply, _reverts), cancellationToken).ConfigureAwait(false);
        return single!;
    }

    private async Task SendBatchAsync(RpcCall[] calls, Memory<RpcReply> replies, CancellationToken cancellationToken)
    {
        var isBatch = false;
        await AskAsync(RpcJson.WriteBatch(calls), reply => isBatch = RpcJson.TryReadBatch(reply, replies.Span, _reverts), cancellationToken).ConfigureAwait(false);
        for (var i = 0; !isBatch && i < calls.Length; i++)
        {
            var reply = await SendSingleAsync(calls[i], cancellationToken).ConfigureAwait(false);
            replies.Span[i] = reply;
        }
    }

    /// <summary>Everything that is not a JSON-RPC answer becomes one exception; the caller's own cancellation stays what it is.</summary>
    private async Task AskAsync(byte[] body, Action<JsonElement> read, CancellationToken cancellationToken)
    {
        // The client's own limit ends with the headers: a node that stops in the middle of its answer would be waited for without end.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_http.Timeout);
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, Host) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);

            // Not disposed: that only gives memory back to a pool, and loads a library for it.
            var document = await RpcHttp.ReadJsonAsync(response, MaxResponseBytes, limit.Token).ConfigureAwait(false);
            read(document.RootElement);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NodeUnreachableException(Host, new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"it took longer than {_http.Timeout.TotalSeconds:0.#} s"), late));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whose token it is: the caller's, not that of the limit.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            throw new NodeUnreachableException(Host, e);
        }
    }

    private static bool IsNoAnswer(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException or InvalidDataException or JsonException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
