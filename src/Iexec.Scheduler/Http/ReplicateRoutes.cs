using System.Text.Json;
using Iexec.Poco;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Shell;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Scheduler.Http;

/// <summary>Work given out, reports taken in, messages and recovery.</summary>
internal static class ReplicateRoutes
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet(SchedulerRoutes.ReplicatesAvailable, AvailableAsync);
        routes.MapGet(SchedulerRoutes.ReplicatesInterrupted, InterruptedAsync);
        routes.MapGet(SchedulerRoutes.Notifications, NotificationsAsync);
        routes.MapPost(SchedulerRoutes.ReplicateUpdateStatus, UpdateAsync);
    }

    private static async Task<IResult> AvailableAsync(SchedulerService scheduler, HttpContext context, ulong? blockNumber, int? wait)
    {
        var worker = WorkerGate.Authenticate(scheduler, context);
        WorkerGate.RequireChain(scheduler, context);
        if (scheduler.Workers.Find(worker) is null)
        {
            throw new HttpErrorException(StatusCodes.Status403Forbidden, "The worker is not registered", "POST /workers/register first.");
        }

        // A worker whose node has no block yet could not see the task.
        var given = blockNumber is null or 0
            ? null
            : await scheduler.Changed.PollAsync(() => scheduler.Assignments.GiveAsync(worker, context.RequestAborted), WorkerGate.Wait(wait), scheduler.Time, context.RequestAborted);
        return given is null ? Results.NoContent() : Results.Json(given, SchedulerJson.Default.ReplicateTaskSummary);
    }

    private static async Task<IResult> InterruptedAsync(SchedulerService scheduler, HttpContext context)
    {
        var worker = WorkerGate.Authenticate(scheduler, context);
        WorkerGate.RequireChain(scheduler, context);
        var orders = new List<TaskNotification>();
        foreach (var id in scheduler.Book.Open.Where(task => task.Find(worker) is not null).Select(static task => task.Id).ToList())
        {
            var message = await scheduler.Book.ChangeAsync(
                id,
                (task, pool, now) =>
                {
                    // The order follows from where the replicate stood, before it is marked as recovering.
                    var order = NextAction.ForRecovery(task, task.Find(worker)!, now);
                    var decision = TaskMachine.Decide(task, new TaskEvent.WorkerRestarted(worker), pool, now);
                    return (decision, scheduler.Book.Message(decision.Task, worker, order));
                },
                context.RequestAborted);
            if (message is not null)
            {
                orders.Add(message);
            }
        }

        return Results.Json([.. orders], SchedulerJson.Default.TaskNotificationArray);
    }

    private static async Task<IResult> NotificationsAsync(SchedulerService scheduler, HttpContext context, ulong? after, int? wait)
    {
        var worker = WorkerGate.Authenticate(scheduler, context);
        NotificationBatch? batch = null;
        await scheduler.Changed.PollAsync(
            async () =>
            {
                batch = await scheduler.Notifications.ReadAsync(worker, after ?? 0, context.RequestAborted);
                return batch.Notifications.Count > 0 ? batch : null;
            },
            WorkerGate.Wait(wait),
            scheduler.Time,
            context.RequestAborted);
        return Results.Json(batch!, SchedulerJson.Default.NotificationBatch);
    }

    private static async Task<IResult> UpdateAsync(SchedulerService scheduler, HttpContext context, string chainTaskId)
    {
        var worker = WorkerGate.Authenticate(scheduler, context);
        WorkerGate.RequireChain(scheduler, context);
        if (!TaskId.TryParse(chainTaskId, out var id))
        {
            throw new IexecException(ErrorCode.ValidationError, "chainTaskId must be a bytes32");
        }

        var update = await JsonSerializer.DeserializeAsync(context.Request.Body, SchedulerJson.Default.ReplicateStatusUpdate, context.RequestAborted)
            ?? throw new IexecException(ErrorCode.ValidationError, "The body must be a status update");
        var answer = await scheduler.Reports.TakeAsync(id, worker, update, () => WorkerGate.Busy(context, "The pool's node does not know that transaction yet."), context.RequestAborted);
        var status = answer.Outcome switch
        {
            StatusUpdateOutcome.AlreadyReported => StatusCodes.Status208AlreadyReported,
            StatusUpdateOutcome.Refused => StatusCodes.Status202Accepted,
            _ => StatusCodes.Status200OK,
        };
        return Results.Json(answer.NextAction, SchedulerJson.Default.TaskNotificationType, statusCode: status);
    }
}
