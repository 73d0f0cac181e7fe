using Iexec.Poco;
using Iexec.Scheduler.Shell;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Scheduler.Http;

/// <summary>What users ask: a task's progress, and its requester the output of the app.</summary>
internal static class TaskRoutes
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet(SchedulerRoutes.LogsChallenge, ChallengeAsync);
        routes.MapGet(SchedulerRoutes.Task, TaskAsync);
        routes.MapGet(SchedulerRoutes.Replicate, ReplicateAsync);
        routes.MapGet(SchedulerRoutes.TaskLogs, LogsAsync);
        routes.MapGet(SchedulerRoutes.ReplicateLogs, ReplicateLogsAsync);
    }

    private static async Task<IResult> TaskAsync(SchedulerService scheduler, HttpContext context, string chainTaskId) =>
        Results.Json(TaskView.Of(await FindAsync(scheduler, context, chainTaskId), scheduler), SchedulerJson.Default.TaskModel);

    private static async Task<IResult> ReplicateAsync(SchedulerService scheduler, HttpContext context, string chainTaskId, string walletAddress)
    {
        var task = await FindAsync(scheduler, context, chainTaskId);
        var replicate = task.Find(WorkerGate.ReadAddress(walletAddress, "walletAddress"))
            ?? throw new IexecException(ErrorCode.ObjectNotFoundError, "This worker has no replicate of the task");
        return Results.Json(TaskView.Of(task, replicate), SchedulerJson.Default.ReplicateModel);
    }

    private static async Task ChallengeAsync(SchedulerService scheduler, HttpContext context, string? address, ulong? chainId)
    {
        var own = scheduler.Options.Hub.Configuration.ChainId;
        if (chainId is { } asked && asked != own)
        {
            throw new IexecException(ErrorCode.ValidationError, $"This pool works on chain {own}, not {asked}");
        }

        var challenge = await scheduler.LogAccess.IssueAsync(own, WorkerGate.ReadAddress(address, "address"), context.RequestAborted);
        await context.Response.WriteJsonAsync(writer => challenge.WriteJson(writer, chainIdAsText: false));
    }

    private static async Task<IResult> LogsAsync(SchedulerService scheduler, HttpContext context, string chainTaskId)
    {
        var task = await AuthorizeAsync(scheduler, context, chainTaskId);
        var logs = await scheduler.Logs.ListAsync(task.Id, context.RequestAborted);
        return logs.Count > 0
            ? Results.Json(new TaskLogs(task.Id.Value, logs), SchedulerJson.Default.TaskLogs)
            : throw new IexecException(ErrorCode.ObjectNotFoundError, "The task has no logs (yet, or any more)");
    }

    private static async Task<IResult> ReplicateLogsAsync(SchedulerService scheduler, HttpContext context, string chainTaskId, string walletAddress)
    {
        var worker = WorkerGate.ReadAddress(walletAddress, "walletAddress");
        var task = await AuthorizeAsync(scheduler, context, chainTaskId);
        var logs = (await scheduler.Logs.ListAsync(task.Id, context.RequestAborted)).FirstOrDefault(log => log.WalletAddress == worker)
            ?? throw new IexecException(ErrorCode.ObjectNotFoundError, "The replicate has no logs (yet, or any more)");
        return Results.Json(logs, SchedulerJson.Default.ComputeLogs);
    }

    private static async Task<ScheduledTask> AuthorizeAsync(SchedulerService scheduler, HttpContext context, string chainTaskId)
    {
        var hub = scheduler.Options.Hub;
        var reader = await scheduler.LogAccess.AuthenticateAsync(hub.Configuration.ChainId, context.Request.Headers.Authorization, hub, context.RequestAborted)
            ?? throw new HttpErrorException(StatusCodes.Status401Unauthorized, "No valid authorization", "Sign a challenge of GET /tasks/logs/challenge; it is good once.");
        var task = await FindAsync(scheduler, context, chainTaskId);
        return task.Terms.Requester == reader
            ? task
            : throw new IexecException(ErrorCode.BusinessError, "Only the requester of the deal may read the logs");
    }

    private static async Task<ScheduledTask> FindAsync(SchedulerService scheduler, HttpContext context, string chainTaskId)
    {
        if (!TaskId.TryParse(chainTaskId, out var id))
        {
            throw new IexecException(ErrorCode.ValidationError, "The task id must be 0x and 64 hexadecimal digits");
        }

        return await scheduler.Book.FindAsync(id, context.RequestAborted) ?? throw new IexecException(ErrorCode.ObjectNotFoundError, "This pool has no such task");
    }
}
