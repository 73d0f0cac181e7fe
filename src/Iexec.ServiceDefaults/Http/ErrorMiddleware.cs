using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Iexec.ServiceDefaults.Http;

/// <summary>Turns every failure into the error reply of the route's <see cref="ErrorShape"/>; internals go to the log only.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var reply = ErrorMapping.Map(exception);
            if (reply.Status >= StatusCodes.Status500InternalServerError)
            {
                logger.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            }

            await ShapeOf(context).WriteAsync(context, reply);
            return;
        }

        if (!context.Response.HasStarted && context.Response.ContentLength is null && ReplyFor(context.Response.StatusCode) is { } bare
            && context.Response.ContentType is null)
        {
            await ShapeOf(context).WriteAsync(context, bare);
        }
    }

    private static ErrorShape ShapeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ErrorShape>() ?? ErrorShape.OkFalse;

    // Statuses that routing and the binding of parameters set without a body.
    private static ErrorReply? ReplyFor(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new ErrorReply(status, "Bad request", null, ErrorCode.ValidationError),
        StatusCodes.Status404NotFound => new ErrorReply(status, "Not found", null, ErrorCode.ObjectNotFoundError),
        StatusCodes.Status405MethodNotAllowed => new ErrorReply(status, "Method not allowed", null, ErrorCode.ValidationError),
        StatusCodes.Status415UnsupportedMediaType => new ErrorReply(status, "Unsupported media type", null, ErrorCode.ValidationError),
        _ => null,
    };
}
