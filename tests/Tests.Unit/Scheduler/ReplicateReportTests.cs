using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;
using static Iexec.Sdk.Wire.Scheduler.ReplicateStatus;
using static Iexec.Sdk.Wire.Scheduler.TaskNotificationType;

namespace Tests.Unit.Scheduler;

public sealed class ReplicateReportTests
{
    [Theory]
    [InlineData(Starting, PleaseContinue)]
    [InlineData(Started, PleaseDownloadApp)]
    [InlineData(AppDownloading, PleaseContinue)]
    [InlineData(AppDownloaded, PleaseDownloadData)]
    [InlineData(DataDownloading, PleaseContinue)]
    [InlineData(DataDownloaded, PleaseCompute)]
    [InlineData(Computing, PleaseContinue)]
    [InlineData(Computed, PleaseContribute)]
    [InlineData(Contributing, PleaseContinue)]
    [InlineData(StartFailed, PleaseAbort)]
    [InlineData(AppDownloadFailed, PleaseAbort)]
    [InlineData(DataDownloadFailed, PleaseAbort)]
    [InlineData(ComputeFailed, PleaseAbort)]
    [InlineData(ContributeFailed, PleaseAbort)]
    [InlineData(Aborted, PleaseAbort)]
    internal void The_next_action_follows_from_the_status(ReplicateStatus status, TaskNotificationType expected)
    {
        // Another worker is there, so that one failure is not the end of the task.
        var story = Given(workers: 2);
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Accepted, expected), story.Report(0, status));
    }

    public static TheoryData<ReplicateStatus, string, bool> Downloads => new()
    {
        { AppDownloadFailed, "APP_IMAGE_DOWNLOAD_FAILED", true },
        { AppDownloadFailed, "UNKNOWN", false },
        { DataDownloadFailed, "DATASET_FILE_DOWNLOAD_FAILED", true },
        { DataDownloadFailed, "DATASET_FILE_BAD_CHECKSUM", true },
        { DataDownloadFailed, "INPUT_FILES_DOWNLOAD_FAILED", true },
        { DataDownloadFailed, "OUT_OF_GAS", false },
    };

    [Theory]
    [MemberData(nameof(Downloads))]
    public void What_the_requester_named_and_nobody_can_fetch_is_answered_with_an_error_result(ReplicateStatus status, string cause, bool isReported)
    {
        Assert.True(ReplicateCause.TryParse(cause, out var parsed));
        var story = Given(workers: 2);
        Assert.Equal(isReported ? PleaseContribute : PleaseAbort, story.Report(0, status, new ReplicateStatusDetails { Cause = parsed }).NextAction);
        Assert.Equal(isReported, story.Replicate(0).OccupiesSlot);
        Assert.Equal(isReported ? StatusUpdateOutcome.Accepted : StatusUpdateOutcome.Refused, story.Report(0, Contributing).Outcome);
    }

    [Fact]
    public void A_repeated_report_changes_nothing_and_is_answered_alike()
    {
        var story = Given();
        story.Report(0, AppDownloaded);
        var before = story.Task;
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.AlreadyReported, PleaseDownloadData), story.Report(0, AppDownloaded));
        Assert.Equal(before, story.Task);
    }

    [Fact]
    public void A_report_that_comes_late_does_not_turn_the_replicate_back()
    {
        var story = Given();
        story.Report(0, Starting);
        story.Report(0, Computing);
        Assert.Equal(StatusUpdateOutcome.AlreadyReported, story.Report(0, Starting).Outcome);
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, AppDownloaded).Outcome);
        Assert.Equal(Computing, story.Replicate(0).Status);
    }

    [Theory]
    [InlineData(Created)]
    [InlineData(Recovering)]
    [InlineData(WorkerLost)]
    [InlineData(ResultUploadRequested)]
    internal void The_schedulers_own_statuses_are_not_the_workers_to_report(ReplicateStatus status)
    {
        var story = Given();
        story.Report(0, Computing);
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, status).Outcome);
        Assert.Equal(Computing, story.Replicate(0).Status);
    }

    [Theory]
    [InlineData(Contributed)]
    [InlineData(Revealed)]
    [InlineData(ResultUploaded)]
    [InlineData(ContributeAndFinalizeDone)]
    [InlineData(Completed)]
    internal void What_the_chain_does_not_show_is_not_believed(ReplicateStatus status)
    {
        var story = Given();
        story.Report(0, Computed);
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, status, new ReplicateStatusDetails { ResultLink = """{"storage":"ipfs","location":"/ipfs/x"}""" }).Outcome);
        Assert.Equal(Computed, story.Replicate(0).Status);
    }

    [Fact]
    public void A_worker_may_contribute_and_finalize_in_one_transaction()
    {
        var story = Given();
        story.Report(0, Computed);
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Accepted, PleaseContinue), story.Report(0, ContributeAndFinalizeOngoing));
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, ContributeAndFinalizeDone).Outcome);
        story.Contribute(0).Reveal(0).Settle(Iexec.Poco.Tasks.ChainTaskStatus.Completed);
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Accepted, PleaseComplete), story.Report(0, ContributeAndFinalizeDone));
    }

    [Fact]
    public void One_transaction_that_fails_leaves_the_place_to_another()
    {
        var story = Given(workers: 2);
        story.Report(0, ContributeAndFinalizeOngoing);
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Accepted, PleaseAbort), story.Report(0, ContributeAndFinalizeFailed));
        Assert.True(story.Assign(1));
    }

    [Fact]
    public void Where_several_must_agree_nobody_finalizes_alone()
    {
        var story = new Story(trust: 3, workers: 2).Open();
        story.Assign(0);
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, ContributeAndFinalizeOngoing).Outcome);
    }

    [Fact]
    public void A_contribution_that_was_mined_after_all_is_not_a_failure()
    {
        var story = Given();
        story.Contribute(0);
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Refused, PleaseReveal), story.Report(0, ContributeFailed));
        Assert.Equal(Contributed, story.Replicate(0).Status);
    }

    [Fact]
    public void A_contribution_that_is_missing_is_asked_for_again()
    {
        var story = Given();
        story.Report(0, Contributing);
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Refused, PleaseContribute), story.Report(0, Contributed));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"storage":"ipfs"}""")]
    [InlineData("""{"storage":1,"location":"/ipfs/x"}""")]
    public void A_result_without_a_usable_link_is_refused(string? link)
    {
        var story = Given();
        story.Contribute(0).Reveal(0);
        story.Report(0, ResultUploading);
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, ResultUploaded, new ReplicateStatusDetails { ResultLink = link }).Outcome);
        Assert.Null(story.Task.ResultLink);
    }

    [Fact]
    public void Callback_data_must_be_what_was_revealed()
    {
        var story = new Story(callback: true).Open();
        story.Compute(0).Reveal(0);
        var details = new ReplicateStatusDetails { ResultLink = """{"storage":"ethereum","location":"0x"}""", ChainCallbackData = "0x01" };
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, ResultUploaded, details).Outcome);
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, ResultUploaded, details with { ChainCallbackData = null }).Outcome);
        // keccak-256 of these bytes is the digest that the story reveals.
        var data = Iexec.Ethereum.Hex.Encode("digest"u8);
        Assert.Equal(StatusUpdateOutcome.Accepted, story.Report(0, ResultUploaded, details with { ChainCallbackData = data }).Outcome);
        Assert.Equal(data, story.Task.CallbackData);
    }

    [Fact]
    public void A_stranger_to_the_task_is_told_to_stop() =>
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Refused, PleaseAbort), new Story(workers: 2).Open().Report(1, Computing));

    [Fact]
    public void Who_works_on_after_the_consensus_of_others_is_told_to_stop()
    {
        var story = new Story(workers: 2).Open();
        story.Assign(0);
        story.Do(new TaskEvent.WorkerSilent(story.Workers[0]));
        story.Compute(1);
        Assert.Equal(new StatusUpdateAnswer(StatusUpdateOutcome.Refused, PleaseAbort), story.Report(0, Computing));
    }

    [Fact]
    public void A_worker_that_was_lost_goes_on_where_it_was()
    {
        var story = Given();
        story.Report(0, Computing);
        story.Do(new TaskEvent.WorkerSilent(story.Workers[0]));
        story.Do(new TaskEvent.WorkerBack(story.Workers[0]));
        Assert.Equal(Computing, story.Replicate(0).Status);

        story.Do(new TaskEvent.WorkerSilent(story.Workers[0]));
        Assert.Equal(StatusUpdateOutcome.Accepted, story.Report(0, Computed).Outcome);
    }

    [Fact]
    public void Words_of_strangers_are_cut_and_cleaned()
    {
        var story = Given(workers: 2);
        story.Report(0, ComputeFailed, new ReplicateStatusDetails { ErrorMessage = "a\nb" + new string('x', 10_000) });
        Assert.StartsWith("a b", story.Replicate(0).ErrorMessage, StringComparison.Ordinal);
        Assert.True(story.Replicate(0).ErrorMessage!.Length <= 2000);
    }

    private static Story Given(int workers = 1)
    {
        var story = new Story(workers: workers).Open();
        Assert.True(story.Assign(0));
        return story;
    }
}
