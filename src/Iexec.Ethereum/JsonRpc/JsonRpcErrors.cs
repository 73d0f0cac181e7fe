using Iexec.Ethereum.Abi;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>The node answered with an error object.</summary>
public class JsonRpcException(int code, string message, string? data = null) : Exception(message)
{
    /// <summary>JSON-RPC error code, e.g. −32000.</summary>
    public int Code { get; } = code;

    /// <summary>The member <c>data</c> as text, hexadecimal for reverts.</summary>
    public string? ErrorData { get; } = data;

    /// <summary>What the error means for the caller, as far as nodes agree on their words.</summary>
    public NodeErrorKind Kind { get; } = NodeErrors.Classify(code, message);
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
    : Exception($"The node at {WithoutSecrets(host)} does not answer: {inner?.Message ?? "no JSON-RPC reply"}", inner)
{
    /// <summary>The node asked.</summary>
    public Uri Host { get; } = host;

    // Providers put the customer's key into the path or the query, others a password before the @.
    private static string WithoutSecrets(Uri host) => host.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
