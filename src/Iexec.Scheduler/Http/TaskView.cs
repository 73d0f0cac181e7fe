using System.Text.Json;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Shell;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Http;

/// <summary>Tasks as the public sees them.</summary>
internal static class TaskView
{
    public static TaskModel Of(ScheduledTask task, SchedulerService scheduler) => new(
        task.Id.Value,
        checked((long)Math.Min(task.Terms.MaxExecutionSeconds, long.MaxValue / 1000) * 1000),
        task.Terms.TagValue.ToString(),
        "DOCKER",
        task.Terms.DappName,
        CommandLine(task.Terms),
        task.InitializationBlock,
        task.Status,
        task.Terms.Trust > ulong.MaxValue ? ulong.MaxValue : (ulong)task.Terms.Trust,
        task.Upload?.Worker ?? task.Replicates.FirstOrDefault(static replicate => replicate.HasReported(ReplicateStatus.ResultUploaded))?.Worker,
        task.Consensus,
        At(task.ContributionDeadline),
        At(task.RevealDeadline),
        At(task.FinalDeadline),
        task.ResultLink,
        task.CallbackData,
        task.History,
        [.. task.Replicates.Select(replicate => Of(task, replicate))],
        task.Terms.Deal,
        task.Terms.Index,
        task.Reason,
        TaskWaits.Describe(task, scheduler.View(), scheduler.Clock.Now));

    public static ReplicateModel Of(ScheduledTask task, Replicate replicate) => new(
        $"/tasks/{task.Id}/replicates/{replicate.Worker}",
        task.Id.Value,
        replicate.Worker,
        replicate.Status,
        replicate.History,
        replicate.HasReported(ReplicateStatus.ResultUploaded) ? task.ResultLink : null,
        replicate.HasReported(ReplicateStatus.ResultUploaded) ? task.CallbackData : null,
        replicate.OnChain == ContributionStatus.Unset ? null : replicate.ResultHash,
        $"/tasks/{task.Id}/replicates/{replicate.Worker}/logs",
        replicate.ExitCode,
        replicate.TeeSessionGenerationError,
        replicate.ErrorMessage);

    // Params are a stranger's text: what cannot be read is shown as it is.
    private static string CommandLine(TaskTerms terms)
    {
        try
        {
            return Poco.Deals.DealParams.Parse(terms.CommandLine).ArgsFor(terms.Index) ?? "";
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return terms.CommandLine;
        }
    }

    private static DateTimeOffset? At(ulong seconds) => seconds is 0 or > 253402300799 ? null : DateTimeOffset.FromUnixTimeSeconds((long)seconds);
}
