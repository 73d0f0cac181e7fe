using Iexec.Ethereum.JsonRpc;
using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Http;

namespace Iexec.ServiceDefaults.Http;

/// <summary>What a stranger may know about a failure.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">Without paths, secrets or internals.</param>
/// <param name="Hint">What to do; may be null.</param>
/// <param name="Code">The kind.</param>
public sealed record ErrorReply(int Status, string Message, string? Hint, ErrorCode Code);

/// <summary>The one place where failures become HTTP statuses.</summary>
public static class ErrorMapping
{
    /// <summary>What to answer when a handler threw.</summary>
    public static ErrorReply Map(Exception exception) => exception switch
    {
        HttpErrorException error => error.Reply,
        IexecException error => new ErrorReply(StatusOf(error.Code), error.Message, error.Hint, error.Code),
        // Kestrel's own: body too large (413), a body that ended early, a malformed request.
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new ErrorReply(StatusCodes.Status413PayloadTooLarge, "Request body too large", null, ErrorCode.ValidationError),
        BadHttpRequestException error => new ErrorReply(error.StatusCode, "Bad request", null, ErrorCode.ValidationError),
        System.Text.Json.JsonException => new ErrorReply(StatusCodes.Status400BadRequest, "Request body is not valid JSON", null, ErrorCode.ValidationError),
        NodeUnreachableException or RevertException or JsonRpcException =>
            new ErrorReply(StatusCodes.Status500InternalServerError, RetryLater, null, ErrorCode.Web3ProviderError),
        _ => new ErrorReply(StatusCodes.Status500InternalServerError, "Internal error", null, ErrorCode.Error),
    };

    /// <summary>Status of a kind of failure.</summary>
    public static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.ValidationError => StatusCodes.Status400BadRequest,
        ErrorCode.BusinessError => StatusCodes.Status403Forbidden,
        ErrorCode.ObjectNotFoundError => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>What is said when the fault is ours or the node's.</summary>
    public const string RetryLater = "Something went wrong, you should retry later.";
}

/// <summary>A failure whose status is given by the protocol of the service, e.g. 401 or 409.</summary>
public sealed class HttpErrorException(int status, string message, string? hint = null, ErrorCode code = ErrorCode.BusinessError) : Exception(message)
{
    /// <summary>What is answered.</summary>
    public ErrorReply Reply { get; } = new(status, message, hint, code);
}
