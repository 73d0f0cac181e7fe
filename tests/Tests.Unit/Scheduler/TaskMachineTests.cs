using Iexec.Poco.Orders;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Store;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;
using static Iexec.Sdk.Wire.Scheduler.ScheduledTaskStatus;

namespace Tests.Unit.Scheduler;

public sealed class TaskMachineTests
{
    [Fact]
    public void A_task_of_one_worker_goes_from_deal_to_completion()
    {
        var story = new Story().Wait(1);
        Assert.Equal(new TaskEffect.Initialize(0), Assert.Single(story.Effects));

        story.Open().Compute(0);
        Assert.Equal(TaskNotificationType.PleaseReveal, story.LastMessageTo(0));
        story.Reveal(0);
        Assert.Equal(TaskNotificationType.PleaseUpload, story.LastMessageTo(0));
        Assert.Equal(StatusUpdateOutcome.Accepted, story.Upload(0).Outcome);
        Assert.Contains(story.Effects, static effect => effect is TaskEffect.Finalize { Attempt: 0 });
        story.Settle(ChainTaskStatus.Completed);
        Assert.Equal(TaskNotificationType.PleaseComplete, story.LastMessageTo(0));

        Assert.Equal(
            [Received, Initializing, Initialized, Running, ConsensusReached, AtLeastOneRevealed, ResultUploading, ResultUploaded, Finalizing, Finalized, Completed],
            story.Path);
    }

    [Fact]
    public void A_wish_for_a_transaction_is_repeated_until_the_chain_shows_it()
    {
        var story = new Story().Wait(1).Wait(1);
        Assert.Equal(new TaskEffect.Initialize(0), Assert.Single(story.Effects));
        Assert.Empty(story.Open().Wait(1).Effects);
    }

    [Fact]
    public void A_refused_transaction_is_tried_again_later_under_a_new_attempt()
    {
        var story = new Story().Wait(1).Do(new TaskEvent.TransactionRefused(TransactionKind.Initialize, "no"));
        Assert.Empty(story.Effects);
        Assert.Contains("no", story.Task.Reason, StringComparison.Ordinal);
        Assert.Equal(new TaskEffect.Initialize(1), Assert.Single(story.Wait(2).Effects));
    }

    // Deadlines are zero on the chain until the initialization is mined.
    [Fact]
    public void Unset_deadlines_are_no_time_out()
    {
        var story = new Story().Observe();
        Assert.Equal(Initializing, story.Task.Status);
        Assert.Equal(Story.Start + (7 * Story.TimeRef), story.Task.ContributionDeadline);
    }

    [Fact]
    public void A_contribution_mined_at_the_deadline_beats_the_time_out()
    {
        var story = new Story().Open();
        story.Assign(0);
        story.Report(0, ReplicateStatus.Starting);
        story.WaitUntil(Story.Start + (7 * Story.TimeRef));
        Assert.Equal(Failed, story.Task.Status);
        Assert.Equal(TaskNotificationType.PleaseAbort, story.LastMessageTo(0));

        story.Contribute(0);
        Assert.Equal(ConsensusReached, story.Task.Status);
        Assert.Equal(TaskNotificationType.PleaseReveal, story.LastMessageTo(0));
    }

    [Fact]
    public void A_failed_task_stays_failed_when_a_replicate_goes_on()
    {
        var story = new Story().Open();
        story.Assign(0);
        story.WaitUntil(Story.Start + (7 * Story.TimeRef));
        Assert.Equal([ContributionTimeout, Failed], story.Path.TakeLast(2));

        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Refused, TaskNotificationType.PleaseAbort), story.Report(0, ReplicateStatus.Started));
        Assert.Equal(Failed, story.Wait(1).Task.Status);
    }

    [Fact]
    public void A_contribution_that_nobody_reported_is_found_on_the_chain()
    {
        var story = new Story().Open();
        story.Assign(0);
        story.Contribute(0);
        Assert.Equal(ReplicateStatus.Contributed, story.Replicate(0).Status);
        Assert.Equal(ConsensusReached, story.Task.Status);
    }

    [Fact]
    public void Losers_are_told_to_stop_and_winners_to_reveal()
    {
        var story = new Story(trust: 3, workers: 3).Open();
        story.Compute(0, "wrong").Compute(1).Compute(2);
        Assert.Equal(ChainTaskStatus.Active, story.Chain.Status);

        story = new Story(trust: 2, workers: 3).Open();
        Assert.True(story.Assign(0));
        story.Report(0, ReplicateStatus.Computed);
        story.Contribute(0);
        Assert.Equal(TaskNotificationType.PleaseReveal, story.LastMessageTo(0));
    }

    [Fact]
    public void Nobody_reveals_and_the_task_is_reopened_for_another_worker()
    {
        var story = new Story(workers: 2).Open().Compute(0);
        story.Wait((2 * Story.TimeRef) - 1);
        Assert.Empty(story.Effects);

        story.Wait(1);
        Assert.Equal(new TaskEffect.Reopen(0), Assert.Single(story.Effects, static effect => effect is TaskEffect.Reopen));
        Assert.Equal(Reopening, story.Task.Status);
        Assert.Contains("reopen", TaskWaits.Describe(story.Task, story.Pool, story.Now)!.NextAction, StringComparison.Ordinal);
        Assert.False(story.Assign(1));
        story.Do(new TaskEvent.TransactionRefused(TransactionKind.Reopen, "busy")).Wait(2);
        Assert.Contains(new TaskEffect.Reopen(1), story.Effects);

        story.Reopen();
        Assert.Equal([Reopening, Reopened, Initialized], story.Path.Where(static status => status != Running).TakeLast(3));
        Assert.Equal((ReplicateStatus.RevealFailed, TaskNotificationType.PleaseAbort), (story.Replicate(0).Status, story.LastMessageTo(0)));
        Assert.False(story.Assign(0));

        story.Compute(1).Reveal(1);
        story.Upload(1);
        Assert.Contains(story.Effects, static effect => effect is TaskEffect.Finalize);
    }

    [Fact]
    public void A_task_that_is_reopened_again_gets_a_transaction_of_its_own()
    {
        var story = new Story(workers: 3).Open();
        foreach (var worker in new[] { 0, 1 })
        {
            story.Compute(worker).Wait(2 * Story.TimeRef);
            Assert.Contains(new TaskEffect.Reopen(worker), story.Effects);
            story.Reopen();
        }
    }

    [Fact]
    public void A_task_stored_before_reopening_was_known_is_read_with_none()
    {
        var story = new Story(workers: 2).Open().Compute(0);
        var body = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(story.Task, StateJson.Default.ScheduledTask))!.AsObject();
        Assert.True(body.Remove("Reopening"));
        var old = System.Text.Json.JsonSerializer.Deserialize(body.ToJsonString(), StateJson.Default.ScheduledTask)!;
        story.Wait(2 * Story.TimeRef);
        Assert.Contains(new TaskEffect.Reopen(0), TaskMachine.Decide(old, new TaskEvent.Ticked(), story.Pool, story.Now).Effects);
    }

    [Fact]
    public void Nobody_reveals_too_late_for_others_and_the_task_ends_early_with_its_reason()
    {
        var story = new Story().Open();
        story.WaitUntil(Story.Start + (6 * Story.TimeRef));
        story.Compute(0).Wait(2 * Story.TimeRef);
        Assert.Equal([ReopenFailed, Failed], story.Path.TakeLast(2));
        Assert.Contains("Nobody revealed", story.Task.Reason, StringComparison.Ordinal);
        Assert.Equal(TaskNotificationType.PleaseAbort, story.LastMessageTo(0));
        Assert.Empty(story.Wait(1).Effects);
    }

    [Fact]
    public void A_task_is_finalized_with_those_who_revealed_once_the_others_no_longer_can()
    {
        var story = TwoWinners();
        story.Reveal(0);
        story.Upload(0);
        Assert.Equal(ResultUploaded, story.Task.Status);
        Assert.DoesNotContain(story.Effects, static effect => effect is TaskEffect.Finalize);

        story.Wait(2 * Story.TimeRef);
        Assert.Contains(story.Effects, static effect => effect is TaskEffect.Finalize);
    }

    [Fact]
    public void A_task_is_finalized_at_once_when_every_winner_has_revealed()
    {
        var story = TwoWinners().Reveal(0).Reveal(1);
        story.Upload(story.Task.Upload!.Worker == story.Workers[0] ? 0 : 1);
        Assert.Contains(story.Effects, static effect => effect is TaskEffect.Finalize);
    }

    [Fact]
    public void Every_worker_fails_and_the_task_says_so_early()
    {
        var story = new Story(workers: 2).Open();
        story.Assign(0);
        story.Report(0, ReplicateStatus.Computing);
        story.Report(0, ReplicateStatus.ComputeFailed, new ReplicateStatusDetails { Cause = ReplicateCause.AppComputeFailed, ExitCode = 3 });
        Assert.Equal(Running, story.Task.Status);

        Assert.True(story.Assign(1));
        story.Report(1, ReplicateStatus.ComputeFailed, new ReplicateStatusDetails { Cause = ReplicateCause.AppComputeFailed, ExitCode = 3 });
        Assert.Equal([RunningFailed, Failed], story.Path.TakeLast(2));
        Assert.Contains("APP_COMPUTE_FAILED with exit code 3", story.Task.Reason, StringComparison.Ordinal);
        Assert.Equal(3, story.Replicate(1).ExitCode);
    }

    [Fact]
    public void A_lost_worker_is_no_failed_worker()
    {
        var story = new Story().Open();
        story.Assign(0);
        story.Report(0, ReplicateStatus.Computing);
        story.Live.Clear();
        story.Do(new TaskEvent.WorkerSilent(story.Workers[0]));
        Assert.Equal(ReplicateStatus.WorkerLost, story.Replicate(0).Status);
        Assert.Equal(Running, story.Task.Status);
    }

    [Fact]
    public void A_silent_uploader_is_replaced_after_two_minutes()
    {
        var story = TwoWinners().Reveal(0).Reveal(1);
        var first = story.Task.Upload!.Worker;
        story.Wait(119);
        Assert.Equal(first, story.Task.Upload!.Worker);
        story.Wait(1);
        Assert.NotEqual(first, story.Task.Upload!.Worker);
        Assert.Equal(ReplicateStatus.ResultUploadFailed, story.Task.Find(first)!.Status);
    }

    [Fact]
    public void A_failed_upload_is_given_to_another_at_once_and_the_first_result_stays()
    {
        var story = TwoWinners().Reveal(0).Reveal(1);
        var first = story.Task.Upload!.Worker == story.Workers[0] ? 0 : 1;
        story.Report(first, ReplicateStatus.ResultUploadFailed);
        Assert.Equal(story.Workers[1 - first], story.Task.Upload!.Worker);

        story.Upload(1 - first);
        var link = story.Task.ResultLink;
        // The late upload of the first is no second result.
        story.Upload(first, """{ "storage": "ipfs", "location": "/ipfs/other" }""");
        Assert.Equal(link, story.Task.ResultLink);
    }

    [Fact]
    public void A_refused_finalization_is_tried_until_the_final_deadline()
    {
        var story = new Story().Open().Compute(0).Reveal(0);
        story.Upload(0);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            story.Do(new TaskEvent.TransactionRefused(TransactionKind.Finalize, "busy"));
            story.Wait(300);
            Assert.Contains(story.Effects, effect => effect is TaskEffect.Finalize finalize && finalize.Attempt == attempt);
            Assert.Equal(Finalizing, story.Task.Status);
        }

        story.WaitUntil(Story.Start + (10 * Story.TimeRef));
        Assert.Equal([FinalDeadlineReached, Failed], story.Path.TakeLast(2));
        Assert.Equal(new TaskEffect.Claim(0, true), Assert.Single(story.Effects, static effect => effect is TaskEffect.Claim));
    }

    [Fact]
    public void A_task_that_was_never_opened_is_opened_and_claimed_at_once()
    {
        var story = new Story().WaitUntil(Story.Start + (10 * Story.TimeRef));
        Assert.Equal(new TaskEffect.Claim(0, false), Assert.Single(story.Effects));
        Assert.Equal(Failed, story.Settle(ChainTaskStatus.Failed).Task.Status);
        Assert.Empty(story.Wait(1).Effects);
    }

    [Fact]
    public void Nothing_is_claimed_when_the_pool_does_not_want_to() =>
        Assert.Empty(new Story { Claims = false }.WaitUntil(Story.Start + (10 * Story.TimeRef)).Effects);

    [Fact]
    public void Nothing_is_opened_after_the_contribution_deadline()
    {
        var story = new Story().WaitUntil(Story.Start + (7 * Story.TimeRef));
        Assert.Empty(story.Effects);
        Assert.Equal([ContributionTimeout, Failed], story.Path.TakeLast(2));
    }

    [Fact]
    public void Trusted_execution_without_a_secret_service_fails_before_gas_is_spent()
    {
        var story = new Story(tag: Tag.Of(Tag.TeeBit, Tag.SconeBit)).Wait(1);
        Assert.Empty(story.Effects);
        Assert.Equal([InitializeFailed, Failed], story.Path.TakeLast(2));
    }

    [Fact]
    public void A_reorganisation_that_removes_the_initialization_makes_a_new_intent()
    {
        var story = new Story().Wait(1).Open();
        story.Chain = story.Chain with { Status = ChainTaskStatus.Unset, ContributionDeadline = 0, FinalDeadline = 0 };
        story.Observe();
        Assert.Equal(Initializing, story.Task.Status);
        Assert.Equal(new TaskEffect.Initialize(1), Assert.Single(story.Effects));
    }

    [Fact]
    public void A_reorganisation_that_removes_a_contribution_asks_for_it_again()
    {
        var story = new Story().Open().Compute(0);
        story.TakeBackContribution(0);
        Assert.Equal(ReplicateStatus.Computed, story.Replicate(0).Status);
        Assert.Equal(Running, story.Task.Status);
        story.Contribute(0);
        Assert.Equal(ConsensusReached, story.Task.Status);
        Assert.Equal(2, story.Messages.Count(static message => message.Order.Type == TaskNotificationType.PleaseReveal));
    }

    [Fact]
    public void A_reorganisation_that_removes_the_finalization_takes_the_completion_back()
    {
        var story = new Story().Open().Compute(0).Reveal(0);
        story.Upload(0);
        story.Settle(ChainTaskStatus.Completed).Settle(ChainTaskStatus.Revealing);
        Assert.Equal(Finalizing, story.Task.Status);
        Assert.Contains(story.Effects, static effect => effect is TaskEffect.Finalize { Attempt: 1 });
    }

    [Fact]
    public void An_older_reading_of_the_chain_undoes_nothing_unless_a_reorganisation_is_known()
    {
        var story = new Story().Open();
        var old = story.Snapshot() with { BlockNumber = 1, Task = story.Chain with { Status = ChainTaskStatus.Unset } };
        Assert.Equal(Initialized, story.Do(new TaskEvent.ChainObserved(old)).Task.Status);
        Assert.Equal(Initializing, story.Do(new TaskEvent.ChainRolledBack(0)).Do(new TaskEvent.ChainObserved(old)).Task.Status);
    }

    [Fact]
    public void The_chain_remembers_workers_that_a_lost_store_forgot()
    {
        var story = new Story();
        story.Open().Contribute(0);
        Assert.Equal(ReplicateStatus.Contributed, story.Replicate(0).Status);
        Assert.Equal(TaskNotificationType.PleaseReveal, story.LastMessageTo(0));
    }

    // Trust 3 needs two new workers: 2·2 > 2.
    private static Story TwoWinners()
    {
        var story = new Story(trust: 3, workers: 2).Open();
        story.Compute(0).Compute(1);
        Assert.Equal(ChainTaskStatus.Revealing, story.Chain.Status);
        return story;
    }
}
