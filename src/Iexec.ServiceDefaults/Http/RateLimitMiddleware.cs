using System.Globalization;
using System.Net;
using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Iexec.ServiceDefaults.Http;

/// <summary>Limits routes that carry a <see cref="RateLimit"/>. The client's address is the real one: forwarded headers have been resolved before.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<RateLimitMetadata>();
        var client = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (limit is null || (limit.Options.ExemptLoopback && IPAddress.IsLoopback(client)))
        {
            await next(context);
            return;
        }

        var state = limit.Limit.Count(client);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = limit.Options.Requests.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = state.ResetAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (!state.Allowed)
        {
            headers.RetryAfter = Math.Max(1, (long)Math.Ceiling((state.ResetAt - time.GetUtcNow()).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            throw new HttpErrorException(StatusCodes.Status429TooManyRequests, "Rate limit exceeded", null, ErrorCode.BusinessError);
        }

        await next(context);
    }
}

internal sealed record RateLimitMetadata(RateLimit Limit, RateLimitOptions Options);

/// <summary>Attaches a rate limit to routes.</summary>
public static class RateLimitExtensions
{
    /// <summary>One shared limit for all routes of the builder.</summary>
    public static TBuilder WithRateLimit<TBuilder>(this TBuilder builder, RateLimitOptions options, TimeProvider time)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RateLimitMetadata(new RateLimit(options, time), options));
}
