using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Worker.Compute;
using Iexec.Worker.Containers;
using Microsoft.Extensions.Logging;

namespace Iexec.Worker.Replicates;

/// <summary>
/// Carries one task from assignment to payment: looks at chain and own state, decides, acts, saves, tells the scheduler, and looks again. Can be stopped and
/// taken up at any point.
/// </summary>
internal sealed class ReplicateRunner(
    WorkerOptions options, ReplicateFolder folder, ReplicateReporter reporter, TaskComputation computation, ResultUpload upload, TimeProvider time, ILogger logger)
{
    // A safety net: notifications wake the runner, but one may be lost with a connection.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    private readonly IHub _hub = options.Hub;
    private readonly HubCalls _calls = new(options.Hub.Configuration);

    /// <summary>Runs until the task is over for this worker and its files are gone.</summary>
    public async Task RunAsync(Replicate replicate, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await AdvanceAsync(replicate, cancellationToken))
                {
                    return;
                }
            }
            catch (Exception error) when (error is NodeUnreachableException or JsonRpcException or IexecException or IOException or EngineException { IsAway: true })
            {
                // Whoever is away may be back before the deadlines, which the next look knows.
                logger.LogWarning("Task {Task}: {Reason}", replicate.TaskId, error.Message);
            }

            await replicate.WaitAsync(LookAgain, time, cancellationToken);
        }
    }

    private async Task<bool> AdvanceAsync(Replicate replicate, CancellationToken cancellationToken)
    {
        while (true)
        {
            var task = await _hub.GetTaskAsync(replicate.TaskId, cancellationToken);
            var contribution = await _hub.GetContributionAsync(replicate.TaskId, options.Key.Address, cancellationToken);
            var head = await _hub.GetHeadAsync(cancellationToken);
            var decision = ReplicateDecision.Decide(replicate.State, task, contribution, head.Timestamp);
            switch (decision.Step)
            {
                case ReplicateStep.Wait when task.Status == ChainTaskStatus.Unset && contribution.Status == ContributionStatus.Unset:
                    await AskWhetherWantedAsync(replicate, cancellationToken);
                    if (!replicate.State.AbortAsked)
                    {
                        return false;
                    }

                    break;
                case ReplicateStep.Wait:
                    await TellChainStatusAsync(replicate, contribution, cancellationToken);
                    return false;
                case ReplicateStep.Complete or ReplicateStep.Abort:
                    await EndAsync(replicate, decision, cancellationToken);
                    return true;
                default:
                    await PerformAsync(decision.Step, replicate, task, cancellationToken);
                    break;
            }
        }
    }

    private async Task PerformAsync(ReplicateStep step, Replicate replicate, ChainTask task, CancellationToken cancellationToken)
    {
        var deal = await _hub.GetDealAsync(task.DealId, cancellationToken)
            ?? throw new IexecException(ErrorCode.ObjectNotFoundError, $"The node does not know deal {task.DealId} yet.");
        switch (step)
        {
            case ReplicateStep.Contribute:
                await ContributeAsync(replicate, deal, cancellationToken);
                break;
            case ReplicateStep.Reveal:
                await SendAsync(
                    replicate, ReplicateStatus.Revealing, ReplicateStatus.Revealed, ReplicateStatus.RevealFailed, "reveal",
                    _calls.Reveal(replicate.TaskId, replicate.State.Digest!.Value), cancellationToken);
                break;
            case ReplicateStep.Upload:
                await UploadAsync(replicate, deal, cancellationToken);
                break;
            default:
                await PrepareAsync(step, replicate, deal, task, cancellationToken);
                break;
        }
    }

    private async Task PrepareAsync(ReplicateStep step, Replicate replicate, Deal deal, ChainTask task, CancellationToken cancellationToken)
    {
        // An abort that arrives while the image is pulled or the app runs ends that work at once.
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, replicate.Aborted);
        try
        {
            var outcome = await computation.PerformAsync(step, replicate, deal, task, working.Token);
            if (outcome.Failure is { } failure)
            {
                var answer = await reporter.ReportAsync(replicate.TaskId, failure.Status, failure.Details, cancellationToken);
                replicate.Change(folder, state => outcome.State.With(answer.NextAction) with { Cause = failure.Details.Cause });
                await ContributeErrorOrStopAsync(replicate, failure, answer, cancellationToken);
                return;
            }

            replicate.Change(folder, state => outcome.State with { AbortAsked = state.AbortAsked });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogInformation("Task {Task}: stopped by the scheduler", replicate.TaskId);
        }
    }

    // A requester whose file cannot be had is owed an answer: the workers agree on a result that says so.
    private async Task ContributeErrorOrStopAsync(Replicate replicate, StepFailure failure, StatusUpdateAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.NextAction == TaskNotificationType.PleaseContribute)
        {
            var state = await computation.WriteErrorResultAsync(replicate.State, failure, cancellationToken);
            replicate.Change(folder, _ => state);
        }
        else
        {
            replicate.Change(folder, state => state with { AbortAsked = true });
        }
    }

    private async Task ContributeAsync(Replicate replicate, Deal deal, CancellationToken cancellationToken)
    {
        var account = await _hub.GetAccountAsync(options.Key.Address, cancellationToken);
        if (account.Stake < deal.WorkerStake)
        {
            await FailAsync(replicate, ReplicateStatus.ContributeFailed, ReplicateCause.StakeTooLow,
                $"The worker has a stake of {account.Stake} nRLC; the pool demands {deal.WorkerStake} nRLC.", cancellationToken);
            return;
        }

        var digest = replicate.State.Digest!.Value;
        var authorization = replicate.State.Authorization;
        var call = _calls.Contribute(
            replicate.TaskId,
            ResultHashes.ResultHash(replicate.TaskId, digest),
            ResultHashes.ResultSeal(options.Key.Address, replicate.TaskId, digest),
            authorization.EnclaveChallenge,
            ResultHashes.NoEnclaveSign,
            authorization.Signature.ToBytes());
        await SendAsync(
            replicate, ReplicateStatus.Contributing, ReplicateStatus.Contributed, ReplicateStatus.ContributeFailed, "contribute", call, cancellationToken);
    }

    private async Task SendAsync(
        Replicate replicate, ReplicateStatus before, ReplicateStatus after, ReplicateStatus failed, string intent, ContractCall call, CancellationToken cancellationToken)
    {
        await reporter.ReportAsync(replicate.TaskId, before, null, cancellationToken);
        try
        {
            var receipt = await options.Transactor.ExecuteAsync($"{intent}:{replicate.TaskId}", call, cancellationToken);
            if (receipt.Succeeded)
            {
                replicate.FreeSlot();
                replicate.Tell(after);
                await reporter.ReportAsync(
                    replicate.TaskId, after, new ReplicateStatusDetails { ChainReceipt = new ChainReceipt(receipt.BlockNumber, receipt.TransactionHash) }, cancellationToken);
                return;
            }

            await FailAsync(replicate, failed, ReplicateCause.ChainReceiptNotValid, $"The {intent} transaction was refused.", cancellationToken);
        }
        catch (RevertException error)
        {
            // The chain may have moved between the decision and the estimate; the next look tells. Only a refusal that repeats ends the task.
            if (replicate.CountRefusal() > 3)
            {
                await FailAsync(replicate, failed, ReplicateCause.TaskNotActive, error.Message, cancellationToken);
            }
            else
            {
                await Task.Delay(LookAgain, time, cancellationToken);
            }
        }
    }

    private async Task UploadAsync(Replicate replicate, Deal deal, CancellationToken cancellationToken)
    {
        await reporter.ReportAsync(replicate.TaskId, ReplicateStatus.ResultUploading, null, cancellationToken);
        try
        {
            var link = await upload.StoreAsync(replicate.State, deal, cancellationToken);
            replicate.Change(folder, state => state with { ResultLink = link, Phase = ReplicatePhase.Uploaded });
            await TellUploadAsync(replicate, cancellationToken);
        }
        catch (Exception error) when (error is IexecException or IOException)
        {
            logger.LogWarning("Task {Task}: the upload failed: {Reason}", replicate.TaskId, error.Message);
            replicate.Change(folder, state => state with { UploadAsked = false });
            await reporter.ReportAsync(
                replicate.TaskId, ReplicateStatus.ResultUploadFailed,
                new ReplicateStatusDetails { Cause = ReplicateCause.ResultLinkMissing, ErrorMessage = error.Message }, cancellationToken);
        }
    }

    private Task<StatusUpdateAnswer> TellUploadAsync(Replicate replicate, CancellationToken cancellationToken) => reporter.ReportAsync(
        replicate.TaskId, ReplicateStatus.ResultUploaded,
        new ReplicateStatusDetails { ResultLink = replicate.State.ResultLink, ChainCallbackData = replicate.State.CallbackData }, cancellationToken);

    /// <summary>After a restart the scheduler may not know what the chain, or the storage, already has.</summary>
    private async Task TellChainStatusAsync(Replicate replicate, Contribution contribution, CancellationToken cancellationToken)
    {
        ReplicateStatus? reached = replicate.State.Phase == ReplicatePhase.Uploaded ? ReplicateStatus.ResultUploaded : contribution.Status switch
        {
            ContributionStatus.Contributed => ReplicateStatus.Contributed,
            ContributionStatus.Proved => ReplicateStatus.Revealed,
            _ => null,
        };
        if (reached is not { } status || !replicate.Tell(status))
        {
            return;
        }

        var answer = status == ReplicateStatus.ResultUploaded
            ? await TellUploadAsync(replicate, cancellationToken)
            : await reporter.ReportAsync(replicate.TaskId, status, null, cancellationToken);
        replicate.Change(folder, state => state.With(answer.NextAction));
    }

    /// <summary>
    /// The chain does not have the task: our node is behind, or the deal was lost in a reorganisation. The scheduler knows which; one that has
    /// forgotten the deal answers that we may stop, and without the question we would wait for ever.
    /// </summary>
    private async Task AskWhetherWantedAsync(Replicate replicate, CancellationToken cancellationToken)
    {
        var answer = await reporter.ReportAsync(replicate.TaskId, ReplicateStatus.Starting, null, cancellationToken);
        replicate.Change(folder, state => state.With(answer.NextAction));
    }

    private async Task FailAsync(Replicate replicate, ReplicateStatus status, ReplicateCause cause, string message, CancellationToken cancellationToken)
    {
        logger.LogWarning("Task {Task}: {Status}: {Reason}", replicate.TaskId, status, message);
        await reporter.ReportAsync(replicate.TaskId, status, new ReplicateStatusDetails { Cause = cause, ErrorMessage = message }, cancellationToken);
        replicate.Change(folder, state => state with { AbortAsked = true, Phase = ReplicatePhase.Over });
    }

    private async Task EndAsync(Replicate replicate, ReplicateDecision decision, CancellationToken cancellationToken)
    {
        replicate.Change(folder, state => state with { Phase = ReplicatePhase.Over });
        var completed = decision.Step == ReplicateStep.Complete && !replicate.State.AbortAsked;
        await reporter.ReportAsync(replicate.TaskId, completed ? ReplicateStatus.Completing : ReplicateStatus.Aborted, new ReplicateStatusDetails { Cause = decision.Cause }, cancellationToken);
        folder.Delete(replicate.TaskId);
        if (completed)
        {
            await reporter.ReportAsync(replicate.TaskId, ReplicateStatus.Completed, null, cancellationToken);
        }

        logger.LogInformation("Task {Task}: {Outcome}", replicate.TaskId, completed ? "completed" : $"ended without us ({decision.Cause?.Name ?? replicate.State.Cause?.Name ?? "aborted"})");
    }
}
