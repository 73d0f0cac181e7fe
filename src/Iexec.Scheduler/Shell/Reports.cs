using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Store;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Shell;

/// <summary>Takes workers' reports: first looks at what they claim, then lets the core judge, then stores the output of the app.</summary>
internal sealed class Reports(TaskBook book, ChainReader reader, ResultCheck results, ComputeLogStore logs, TimeSpan logRetention, Action wake)
{
    // A node may be some blocks behind the worker's; beyond that the transaction is not there.
    private const ulong PatienceBlocks = 3;

    /// <param name="notYet">Made and thrown when the answer is not known yet: the worker is to ask again.</param>
    public async Task<StatusUpdateAnswer> TakeAsync(
        TaskId id, Address worker, ReplicateStatusUpdate update, Func<Exception> notYet, CancellationToken cancellationToken)
    {
        if ((await book.FindAsync(id, cancellationToken))?.Find(worker) is null)
        {
            return new StatusUpdateAnswer(StatusUpdateOutcome.Refused, TaskNotificationType.PleaseAbort);
        }

        if (ConcernsChain(update.Status))
        {
            var head = await reader.ObserveAsync(id, cancellationToken) ?? 0;
            if (Expected(update.Status) is { } expected && (await book.FindAsync(id, cancellationToken))?.Find(worker)?.OnChain < expected
                && update.Details?.ChainReceipt is { } receipt && receipt.BlockNumber > 0 && head < receipt.BlockNumber + PatienceBlocks)
            {
                throw notYet();
            }
        }

        if (update.Status == ReplicateStatus.ResultUploaded && ReplicateReport.IsResultLink(update.Details?.ResultLink))
        {
            switch (await results.FindAsync(update.Details!.ResultLink!, cancellationToken))
            {
                case ResultPresence.Unknown:
                    throw notYet();
                case ResultPresence.Missing:
                    update = new ReplicateStatusUpdate(ReplicateStatus.ResultUploadFailed, update.Details with { ResultLink = null, Cause = ReplicateCause.ResultLinkMissing });
                    break;
            }
        }

        return await JudgeAsync(id, worker, update, cancellationToken);
    }

    private async Task<StatusUpdateAnswer> JudgeAsync(TaskId id, Address worker, ReplicateStatusUpdate update, CancellationToken cancellationToken)
    {
        var finalDeadline = 0ul;
        var answer = await book.ChangeAsync(
            id,
            (task, pool, now) =>
            {
                finalDeadline = task.FinalDeadline;
                var (decision, answer) = TaskMachine.Report(task, worker, update, pool, now);
                return ((Decision?)decision, answer);
            },
            cancellationToken) ?? new StatusUpdateAnswer(StatusUpdateOutcome.Refused, TaskNotificationType.PleaseAbort);
        if (answer.Outcome == StatusUpdateOutcome.Accepted)
        {
            if (update.Details?.ComputeLogs is { } output)
            {
                await logs.SaveAsync(id, worker, output, finalDeadline + (ulong)logRetention.TotalSeconds, cancellationToken);
            }

            wake();
        }

        return answer;
    }

    private static bool ConcernsChain(ReplicateStatus status) => status is ReplicateStatus.Contributed or ReplicateStatus.ContributeFailed
        or ReplicateStatus.Revealing or ReplicateStatus.Revealed or ReplicateStatus.RevealFailed or ReplicateStatus.ContributeAndFinalizeFailed or ReplicateStatus.ContributeAndFinalizeDone
        or ReplicateStatus.ResultUploading or ReplicateStatus.ResultUploaded or ReplicateStatus.Completing or ReplicateStatus.Completed;

    private static ContributionStatus? Expected(ReplicateStatus status) => status switch
    {
        ReplicateStatus.Contributed => ContributionStatus.Contributed,
        ReplicateStatus.Revealed or ReplicateStatus.ContributeAndFinalizeDone => ContributionStatus.Proved,
        _ => null,
    };
}
