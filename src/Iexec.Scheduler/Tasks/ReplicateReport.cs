using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Tasks;

/// <summary>What a report does to a task. A null answer means: what follows from the state.</summary>
internal sealed record JudgedReport(ScheduledTask Task, StatusUpdateOutcome Outcome, TaskNotificationType? Answer = null);

/// <summary>
/// Judges what a worker says of itself. Nothing that matters is believed: contributions and reveals count when the chain shows them
/// (the snapshot was taken over before), results when the storage has them.
/// </summary>
internal static class ReplicateReport
{
    private const int MaximumTextLength = 2000;

    public static JudgedReport Judge(ScheduledTask task, Address worker, ReplicateStatusUpdate update, Moment now)
    {
        if (task.Find(worker) is not { } replicate)
        {
            return new JudgedReport(task, StatusUpdateOutcome.Refused, TaskNotificationType.PleaseAbort);
        }

        if (replicate.Status == ReplicateStatus.WorkerLost && replicate.Effective != ReplicateStatus.Created)
        {
            // Who reports is not lost.
            replicate = replicate.To(replicate.Effective, now.Clock);
            task = task.With(replicate);
        }

        var status = update.Status;
        if (ReplicateStatuses.IsSchedulers(status))
        {
            return new JudgedReport(task, StatusUpdateOutcome.Refused);
        }

        if (replicate.Effective == status || replicate.HasReported(status))
        {
            return new JudgedReport(task, StatusUpdateOutcome.AlreadyReported);
        }

        return Refuses(task, replicate, update, now)
            ? new JudgedReport(task, StatusUpdateOutcome.Refused, AfterRefusal(task, replicate, status, now))
            : new JudgedReport(Accept(task, replicate, update, now), StatusUpdateOutcome.Accepted);
    }

    /// <summary>The link as it goes on the chain: a small JSON object that names storage and location.</summary>
    public static bool IsResultLink(string? link)
    {
        if (link is null or { Length: > MaximumTextLength })
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(link);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("storage", out var storage) && storage.ValueKind == JsonValueKind.String
                && document.RootElement.TryGetProperty("location", out var location) && location.ValueKind == JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Refuses(ScheduledTask task, Replicate replicate, ReplicateStatusUpdate update, Moment now) =>
        // A result that is there is a fact, whatever its worker said of itself; anything else must lead on.
        (update.Status != ReplicateStatus.ResultUploaded && ReplicateStatuses.Rank(update.Status) <= ReplicateStatuses.Rank(replicate.Effective))
        || Contradicts(task, replicate, update, now);

    private static bool Contradicts(ScheduledTask task, Replicate replicate, ReplicateStatusUpdate update, Moment now) => update.Status switch
    {
        ReplicateStatus.Aborted or ReplicateStatus.Failed => false,
        ReplicateStatus.Contributed => !replicate.HasContributed,
        ReplicateStatus.Revealed => replicate.OnChain != ContributionStatus.Proved,
        // The transaction may have been mined although its worker thinks it failed.
        ReplicateStatus.ContributeFailed or ReplicateStatus.ContributeAndFinalizeFailed => replicate.HasContributed,
        ReplicateStatus.RevealFailed => replicate.OnChain == ContributionStatus.Proved,
        ReplicateStatus.ResultUploading or ReplicateStatus.ResultUploadFailed => task.Upload?.Worker != replicate.Worker,
        ReplicateStatus.ResultUploaded => replicate.OnChain != ContributionStatus.Proved || !HasUsableResult(task, update),
        // The contracts take it only where one contribution is the consensus.
        ReplicateStatus.ContributeAndFinalizeOngoing => task.Terms.Trust > UInt256.One || !MayWork(task, replicate, update.Status, now),
        ReplicateStatus.ContributeAndFinalizeDone or ReplicateStatus.Completing or ReplicateStatus.Completed or ReplicateStatus.CompleteFailed =>
            task.ChainStatus != ChainTaskStatus.Completed,
        ReplicateStatus.Revealing => replicate.OnChain != ContributionStatus.Contributed || task.ChainStatus != ChainTaskStatus.Revealing,
        _ => !MayWork(task, replicate, update.Status, now),
    };

    /// <summary>A contribution that the chain does not have can be sent again, as long as the chain takes it.</summary>
    private static TaskNotificationType? AfterRefusal(ScheduledTask task, Replicate replicate, ReplicateStatus status, Moment now) =>
        status == ReplicateStatus.Contributed && MayWork(task, replicate, status, now) ? TaskNotificationType.PleaseContribute : null;

    private static bool MayWork(ScheduledTask task, Replicate replicate, ReplicateStatus status, Moment now) =>
        !replicate.HasContributed && !replicate.HasFailed
        && task.ChainStatus == ChainTaskStatus.Active && !task.IsOver && now.ChainSeconds < task.ContributionDeadline
        && (!ReplicateStatuses.IsFailure(replicate.Effective) || status == ReplicateStatus.Contributing)
        // A late first word after the lease: taken as long as the place is still free.
        && (replicate.Status != ReplicateStatus.WorkerLost || Placement.NeedsMore(task, now));

    private static bool HasUsableResult(ScheduledTask task, ReplicateStatusUpdate update)
    {
        if (!IsResultLink(update.Details?.ResultLink))
        {
            return false;
        }

        if (!task.Terms.HasCallback)
        {
            return true;
        }

        return Hex.TryDecode(update.Details?.ChainCallbackData, out var data) && Keccak256.Hash(data) == task.ResultDigest;
    }

    private static ScheduledTask Accept(ScheduledTask task, Replicate replicate, ReplicateStatusUpdate update, Moment now)
    {
        var details = update.Details;
        var isFailure = ReplicateStatuses.IsFailure(update.Status) || update.Status is ReplicateStatus.ResultUploadFailed or ReplicateStatus.CompleteFailed;
        var next = replicate.To(update.Status, now.Clock, isFailure ? details?.Cause ?? ReplicateCause.Unknown : null) with
        {
            ExitCode = details?.ExitCode ?? replicate.ExitCode,
            ErrorMessage = Shorten(details?.ErrorMessage) ?? replicate.ErrorMessage,
            TeeSessionGenerationError = Shorten(details?.TeeSessionGenerationError) ?? replicate.TeeSessionGenerationError,
        };
        task = task.With(next);
        return update.Status == ReplicateStatus.ResultUploaded && task.ResultLink is null
            ? task with { ResultLink = details!.ResultLink, CallbackData = task.Terms.HasCallback ? details.ChainCallbackData : null }
            : task;
    }

    private static string? Shorten(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var plain = new string([.. text.Take(MaximumTextLength).Select(static c => char.IsControl(c) ? ' ' : c)]);
        return plain.Trim();
    }
}
