using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;

namespace Tests.Unit.Scheduler;

public sealed class PlacementTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(10, 4)]
    public void As_many_workers_are_asked_as_the_trust_needs(ulong trust, int expected)
    {
        var story = new Story(trust, workers: 8).Open();
        Assert.Equal(expected, Enumerable.Range(0, 8).Count(story.Assign));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(9UL, false)]
    [InlineData(10UL, true)]
    public void A_worker_that_cannot_lock_the_stake_is_not_asked(ulong? free, bool expected)
    {
        var story = new Story(stake: 10) { FreeStake = free is { } some ? some : null }.Open();
        Assert.Equal(expected ? null : Obstacle.StakeTooLow, Placement.FindObstacle(story.Task, story.Pool.LiveWorkers[0], story.Pool, story.Now));
        var wait = TaskWaits.Describe(story.Task, story.Pool, story.Now)!;
        Assert.Equal(!expected, wait.NextAction == "deposit stake" && wait.Reason.Contains("10 nRLC", StringComparison.Ordinal));
        Assert.Equal(expected, story.Assign(0));
    }

    [Fact]
    public void What_is_promised_to_other_tasks_counts_until_it_is_locked()
    {
        var story = new Story(trust: 3, workers: 2, stake: 10).Open();
        story.Assign(0);
        Assert.Equal((UInt256)10UL, Placement.PromisedStake([story.Task, story.Task with { Replicates = [] }], story.Workers[0]));
        story.Contribute(0);
        Assert.Equal(UInt256.Zero, Placement.PromisedStake([story.Task], story.Workers[0]));
    }

    [Fact]
    public void Without_gas_to_close_it_no_task_is_given_and_the_pool_is_told()
    {
        var story = new Story { HasGas = false }.Open();
        Assert.Equal(Obstacle.PoolOutOfGas, Placement.FindObstacle(story.Task, story.Pool.LiveWorkers[0], story.Pool, story.Now));
        Assert.Contains("ether", TaskWaits.Describe(story.Task, story.Pool, story.Now)!.NextAction, StringComparison.Ordinal);
        story.HasGas = true;
        Assert.True(story.Assign(0));
    }

    [Fact]
    public void A_worker_never_has_a_task_twice()
    {
        var story = new Story(trust: 5, workers: 3).Open();
        Assert.True(story.Assign(0));
        Assert.False(story.Assign(0));
        story.Report(0, ReplicateStatus.ComputeFailed);
        Assert.False(story.Assign(0));
    }

    [Fact]
    public void A_place_is_free_again_after_a_failure()
    {
        var story = new Story(workers: 2).Open();
        story.Assign(0);
        Assert.False(story.Assign(1));
        story.Report(0, ReplicateStatus.StartFailed, new ReplicateStatusDetails { Cause = ReplicateCause.StakeTooLow });
        Assert.True(story.Assign(1));
    }

    [Fact]
    public void A_worker_that_says_nothing_loses_its_place_after_the_lease()
    {
        var story = new Story(workers: 2).Open();
        story.Assign(0);
        story.Wait(29);
        Assert.False(story.Assign(1));
        story.Wait(1);
        Assert.False(story.Replicate(0).OccupiesSlot);
        Assert.True(story.Assign(1));
        // Its late first word finds the place taken.
        Assert.Equal(StatusUpdateOutcome.Refused, story.Report(0, ReplicateStatus.Starting).Outcome);
    }

    [Fact]
    public void A_task_whose_answer_was_lost_can_be_given_to_the_same_worker_again()
    {
        var story = new Story().Open();
        story.Assign(0);
        story.Wait(30);
        Assert.True(story.Assign(0));
        Assert.Single(story.Task.Replicates);
        Assert.Equal(StatusUpdateOutcome.Accepted, story.Report(0, ReplicateStatus.Starting).Outcome);
    }

    [Fact]
    public void A_late_first_word_is_taken_while_the_place_is_free()
    {
        var story = new Story().Open();
        story.Assign(0);
        story.Wait(30);
        Assert.Equal(StatusUpdateOutcome.Accepted, story.Report(0, ReplicateStatus.Starting).Outcome);
        Assert.True(story.Replicate(0).OccupiesSlot);
    }

    [Fact]
    public void Another_worker_replaces_a_lost_one()
    {
        var story = new Story(workers: 2).Open();
        story.Assign(0);
        story.Report(0, ReplicateStatus.Computing);
        story.Do(new TaskEvent.WorkerSilent(story.Workers[0]));
        Assert.True(story.Assign(1));
    }

    [Fact]
    public void Disagreement_calls_for_more_workers()
    {
        var story = new Story(trust: 3, workers: 5).Open();
        story.Compute(0, "one").Compute(1, "other");
        Assert.True(story.Assign(2));
    }

    [Fact]
    public void Nothing_is_given_before_the_task_is_open_or_after_its_deadline()
    {
        var story = new Story().Wait(1);
        Assert.False(story.Assign(0));
        story.Open().WaitUntil(Story.Start + (7 * Story.TimeRef));
        Assert.False(story.Assign(0));
    }

    [Fact]
    public void A_task_that_wants_a_graphics_card_goes_to_a_worker_that_has_one()
    {
        Assert.False(new Story(tag: Tag.Of(Tag.GpuBit)).Open().Assign(0));
        Assert.True(new Story(tag: Tag.Of(Tag.GpuBit)) { Gpu = true }.Open().Assign(0));
    }

    [Fact]
    public void Running_tasks_and_near_deadlines_come_first()
    {
        var later = new Story(trust: 5, workers: 3).Open();
        var running = new Story(trust: 5, workers: 3).Open();
        running.Assign(1);
        running.Report(1, ReplicateStatus.Computing);
        var worker = new LiveWorker(later.Workers[0], UInt256.Zero, false, false, false);
        Assert.Same(running.Task, Placement.Candidates([later.Task, running.Task], worker, later.Pool, later.Now).First());
    }
}
