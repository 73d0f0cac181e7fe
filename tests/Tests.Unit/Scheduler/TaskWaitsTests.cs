using Iexec.Poco.Tasks;
using Iexec.Scheduler.Tasks;
using Xunit;

namespace Tests.Unit.Scheduler;

public sealed class TaskWaitsTests
{
    [Fact]
    public void Every_waiting_state_has_owner_next_action_and_reason()
    {
        var story = new Story(trust: 3, workers: 2).Wait(1);
        Says(story, "scheduler", "initialize");
        story.Open();
        Says(story, "scheduler", "free worker");
        story.Assign(0);
        story.Assign(1);
        Says(story, "workers", "compute");
        story.Contribute(0).Contribute(1);
        Says(story, "workers", "reveal");
        story.Reveal(0);
        Says(story, "worker 0x", "upload");
        story.Upload(0);
        Says(story, "workers", "reveal");
        story.Reveal(1);
        Says(story, "scheduler", "finalize");
        story.Settle(ChainTaskStatus.Completed);
        Assert.Null(TaskWaits.Describe(story.Task, story.Pool, story.Now));
    }

    [Fact]
    public void A_trust_that_the_pool_cannot_reach_is_said()
    {
        var wait = TaskWaits.Describe(new Story(trust: 9, workers: 2).Open().Task, new Story(workers: 2).Pool, new Story().Now);
        Assert.Equal("pool", wait!.Owner);
        Assert.Contains("Trust 9 cannot be reached by 2 live workers, which reach 4 together", wait.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_without_workers_is_said()
    {
        var story = new Story().Open();
        story.Live.Clear();
        Says(story, "pool", "bring up a worker");
    }

    [Fact]
    public void A_failed_task_says_who_claims_when()
    {
        var story = new Story().Open().WaitUntil(Story.Start + (7 * Story.TimeRef));
        Says(story, "scheduler", "claim");
        var wait = TaskWaits.Describe(story.Task, story.Pool with { ClaimsAutomatically = false }, story.Now);
        Assert.Equal("requester", wait!.Owner);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds((long)(Story.Start + (10 * Story.TimeRef))), wait.Deadline);
    }

    private static void Says(Story story, string owner, string action)
    {
        var wait = TaskWaits.Describe(story.Task, story.Pool, story.Now);
        Assert.NotNull(wait);
        Assert.StartsWith(owner, wait.Owner, StringComparison.Ordinal);
        Assert.Contains(action, wait.NextAction, StringComparison.Ordinal);
        Assert.NotNull(wait.Deadline);
        Assert.NotEmpty(wait.Reason);
    }
}
