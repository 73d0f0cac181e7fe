using Iexec.Poco;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Microsoft.Extensions.Logging;

namespace Iexec.Worker.Replicates;

/// <summary>Tells the scheduler how far we are. A report is repeated until the scheduler has taken it or said no: it may be down, but it must not miss a step.</summary>
internal sealed class ReplicateReporter(SchedulerWorkerClient scheduler, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public async Task<StatusUpdateAnswer> ReportAsync(TaskId task, ReplicateStatus status, ReplicateStatusDetails? details, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await scheduler.UpdateStatusAsync(task, new ReplicateStatusUpdate(status, details), cancellationToken);
            }
            catch (Exception error) when (error is IexecException or SchedulerBusyException)
            {
                logger.LogInformation("Task {Task}: {Status} cannot be told yet: {Reason}", task, status, error.Message);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
