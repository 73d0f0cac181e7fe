using System.Text.Json;
using Iexec.Ethereum.Abi;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>One call of a batch. <paramref name="ParamsJson"/> is the JSON text of the params array.</summary>
public readonly record struct RpcCall(string Method, string ParamsJson);

/// <summary>One answer of a batch: a result, or the error as an exception not yet thrown.</summary>
public readonly record struct RpcReply(JsonElement Result, JsonRpcException? Error)
{
    /// <summary>The result, or throws the error.</summary>
    public JsonElement GetResult() => Error is null ? Result : throw Error;
}

/// <summary>JSON-RPC 2.0 over HTTP with batches. Thread-safe. The timeout and retries are those of the given client.</summary>
public sealed class JsonRpcClient
{
    /// <summary>The reverts of <paramref name="reverts"/> are decoded into <see cref="RevertException"/>.</summary>
    public JsonRpcClient(HttpClient http, Uri host, RevertDecoder? reverts = null) => throw new NotImplementedException();

    /// <summary>The node.</summary>
    public Uri Host => throw new NotImplementedException();

    /// <summary>One call.</summary>
    /// <exception cref="JsonRpcException">The node answered with an error; <see cref="RevertException"/> for reverts.</exception>
    /// <exception cref="NodeUnreachableException">No answer.</exception>
    public Task<JsonElement> CallAsync(RpcCall call, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Many calls in one HTTP round trip (split above 100), answers in the order of the calls whatever the node's order.</summary>
    public Task<RpcReply[]> BatchAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken) => throw new NotImplementedException();
}
