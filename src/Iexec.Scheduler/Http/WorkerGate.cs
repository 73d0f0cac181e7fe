using Iexec.Ethereum;
using Iexec.Scheduler.Shell;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;

namespace Iexec.Scheduler.Http;

/// <summary>Who calls, and whether the scheduler can answer at all.</summary>
internal static class WorkerGate
{
    private const int LongestWaitSeconds = 30;

    /// <summary>The worker of the token. Any call is a sign of life.</summary>
    /// <exception cref="HttpErrorException">401.</exception>
    public static Address Authenticate(SchedulerService scheduler, HttpContext context)
    {
        var worker = scheduler.Sessions.Verify(context.Request.Headers.Authorization);
        if (worker is not { } known || !IsAllowed(scheduler, known))
        {
            throw new HttpErrorException(StatusCodes.Status401Unauthorized, "No valid worker token", "Log in: GET /workers/challenge, POST /workers/login.");
        }

        scheduler.Workers.Touch(known);
        return known;
    }

    /// <summary>True unless the pool has a list and the wallet is not on it.</summary>
    public static bool IsAllowed(SchedulerService scheduler, Address worker) => scheduler.Options.AllowedWorkers?.Contains(worker) ?? true;

    /// <exception cref="HttpErrorException">503: the node is behind.</exception>
    public static void RequireChain(SchedulerService scheduler, HttpContext context)
    {
        if (!scheduler.Clock.IsHealthy)
        {
            throw Busy(context, "The pool's node is behind the chain.");
        }
    }

    public static HttpErrorException Busy(HttpContext context, string message)
    {
        context.Response.Headers.RetryAfter = "1";
        return new HttpErrorException(StatusCodes.Status503ServiceUnavailable, message, "Try again in a second.");
    }

    public static Address ReadAddress(string? text, string name) => Address.TryParse(text, out var address)
        ? address
        : throw new IexecException(ErrorCode.ValidationError, $"{name} must be an address");

    public static TimeSpan Wait(int? seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds ?? 0, 0, LongestWaitSeconds));
}
