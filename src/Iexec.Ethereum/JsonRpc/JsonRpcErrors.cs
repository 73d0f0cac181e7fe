using Iexec.Ethereum.Abi;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>The node answered with an error object.</summary>
public class JsonRpcException(int code, string message, string? data = null) : Exception(message)
{
    /// <summary>JSON-RPC error code, e.g. −32000.</summary>
    public int Code { get; } = code;

    /// <summary>The member <c>data</c> as text, hexadecimal for reverts.</summary>
    public string? ErrorData { get; } = data;
}

/// <summary>A call or gas estimate reverted.</summary>
public sealed class RevertException(RevertReason reason, int code, string? data)
    : JsonRpcException(code, reason.Message.Length == 0 ? "execution reverted" : $"execution reverted: {reason.Message}", data)
{
    /// <summary>The decoded reason.</summary>
    public RevertReason Reason { get; } = reason;
}

/// <summary>The node could not be reached, timed out, or did not speak JSON-RPC.</summary>
public sealed class NodeUnreachableException(Uri host, Exception? inner)
    : Exception($"The node at {host} does not answer: {inner?.Message ?? "no JSON-RPC reply"}", inner)
{
    /// <summary>The node asked.</summary>
    public Uri Host { get; } = host;
}
