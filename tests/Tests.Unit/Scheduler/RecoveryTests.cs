using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;
using static Iexec.Sdk.Wire.Scheduler.ReplicateStatus;
using static Iexec.Sdk.Wire.Scheduler.TaskNotificationType;

namespace Tests.Unit.Scheduler;

public sealed class RecoveryTests
{
    [Theory]
    [InlineData(Starting, PleaseStart)]
    [InlineData(AppDownloading, PleaseStart)]
    [InlineData(DataDownloaded, PleaseStart)]
    [InlineData(Computing, PleaseStart)]
    [InlineData(Computed, PleaseContribute)]
    [InlineData(Contributing, PleaseContribute)]
    internal void A_restarted_worker_takes_up_from_its_last_durable_point(ReplicateStatus status, TaskNotificationType expected)
    {
        var story = new Story().Open();
        story.Assign(0);
        story.Report(0, status);
        Assert.Equal(expected, Restart(story));
        Assert.Equal(Recovering, story.Replicate(0).Status);
        // Asked again, because the answer was lost: the same.
        Assert.Equal(expected, Restart(story));
        // It may begin anew, although it has reported these statuses before.
        Assert.Equal(StatusUpdateOutcome.Accepted, story.Report(0, Starting).Outcome);
        Assert.Equal(StatusUpdateOutcome.Accepted, story.Report(0, Computing).Outcome);
    }

    [Fact]
    public void After_the_contribution_it_waits_reveals_uploads_or_completes_as_the_chain_says()
    {
        var story = new Story(trust: 3, workers: 2).Open();
        story.Compute(0);
        Assert.Equal(PleaseWait, Restart(story));
        story.Compute(1);
        Assert.Equal(PleaseReveal, Restart(story));
        story.Report(0, Revealing);
        Assert.Equal(PleaseReveal, Restart(story));
        story.Reveal(0);
        Assert.Equal(PleaseUpload, Restart(story));
        story.Report(0, ResultUploading);
        Assert.Equal(PleaseUpload, Restart(story));
        story.Settle(ChainTaskStatus.Completed);
        Assert.Equal(PleaseComplete, Restart(story));
    }

    [Fact]
    public void Who_has_failed_or_is_too_late_is_told_to_stop()
    {
        var story = new Story(workers: 2).Open();
        story.Assign(0);
        story.Report(0, ComputeFailed);
        Assert.Equal(PleaseAbort, Restart(story));

        story = new Story().Open();
        story.Assign(0);
        story.WaitUntil(Story.Start + (7 * Story.TimeRef));
        Assert.Equal(PleaseAbort, Restart(story));
    }

    private static TaskNotificationType Restart(Story story)
    {
        var order = NextAction.ForRecovery(story.Task, story.Replicate(0), story.Now);
        story.Do(new TaskEvent.WorkerRestarted(story.Workers[0]));
        return order.Type;
    }
}
