using Iexec.Sdk.Wire.Scheduler;
using Iexec.Worker.Containers;

namespace Iexec.Worker.Compute;

/// <summary>What a run that brought no result is called, and how it is told.</summary>
internal static class RunFailure
{
    public static StepFailure Of(RunOutcome run, ComputeLogs logs) => new(
        ReplicateStatus.ComputeFailed,
        new ReplicateStatusDetails
        {
            Cause = run.End switch
            {
                RunEnd.TimedOut => ReplicateCause.AppComputeTimeout,
                RunEnd.Vanished => ReplicateCause.AbortedByWorker,
                _ => ReplicateCause.AppComputeFailed,
            },
            ErrorMessage = run.Note ?? Describe(run),
            ComputeLogs = logs,
            ExitCode = run.ExitCode,
        });

    private static string Describe(RunOutcome run) => run switch
    {
        { OutOfMemory: true } => "The app used more memory than it may.",
        { End: RunEnd.TimedOut } => "The app ran longer than its category allows.",
        { End: RunEnd.OutputTooLarge } => "The app wrote more than it may.",
        { End: RunEnd.NotStarted } => "The app could not be started.",
        { End: RunEnd.Vanished } => "The container was removed by somebody.",
        _ => $"The app ended with exit code {run.ExitCode}.",
    };
}
