using FsCheck;
using FsCheck.Fluent;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;

namespace Tests.Unit.Scheduler;

/// <summary>Whatever happens in whatever order, some things always hold.</summary>
public sealed class RandomHistoryTests
{
    private const int Workers = 4;

    private static readonly ReplicateStatus[] Statuses = Enum.GetValues<ReplicateStatus>();

    private static readonly Gen<Step[]> Histories = Gen.ArrayOf(
        from kind in Gen.Choose(0, 12)
        from worker in Gen.Choose(0, Workers - 1)
        from detail in Gen.Choose(0, 255)
        select new Step(kind, worker, detail));

    [Theory]
    [InlineData(1UL)]
    [InlineData(3UL)]
    [InlineData(5UL)]
    public void Invariants_hold_in_every_history(ulong trust) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(600).WithEndSize(80),
            Prop.ForAll(Histories.ToArbitrary(), steps =>
            {
                var story = new Story(trust, Workers).Wait(1);
                foreach (var step in steps)
                {
                    var before = story.Task;
                    Run(story, step);
                    Holds(before, story);
                }

                return true;
            }));

    [Fact]
    public void A_decision_that_is_taken_again_changes_nothing() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(600).WithEndSize(80),
            Prop.ForAll(Histories.ToArbitrary(), steps =>
            {
                var story = new Story(3, Workers).Wait(1);
                foreach (var step in steps)
                {
                    Run(story, step);
                }

                var settled = story.Do(new TaskEvent.Ticked()).Task;
                var messages = story.Messages.Count;
                story.Do(new TaskEvent.Ticked()).Do(new TaskEvent.ChainObserved(story.Snapshot()));
                Assert.Equal(settled.Status, story.Task.Status);
                Assert.Equal(settled.History.Count, story.Task.History.Count);
                Assert.Equal(messages, story.Messages.Count);
            }));

    [Fact]
    public void Every_history_ends_settled_once_the_final_deadline_has_passed() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60),
            Prop.ForAll(Histories.ToArbitrary(), steps =>
            {
                var story = new Story(3, Workers).Wait(1);
                foreach (var step in steps)
                {
                    Run(story, step);
                }

                if (!story.Task.IsSettled)
                {
                    if (story.Now.ChainSeconds < story.Task.FinalDeadline)
                    {
                        story.WaitUntil(story.Task.FinalDeadline);
                    }

                    story.Wait(400);
                    Assert.Contains(story.Effects, static effect => effect is TaskEffect.Claim);
                    story.Settle(ChainTaskStatus.Failed);
                }

                Assert.True(story.Task.IsOver);
                Assert.DoesNotContain(story.Task.Replicates, replicate => story.Task.ChainStatus == ChainTaskStatus.Failed
                    && !ReplicateStatuses.IsEnd(replicate.Status) && !replicate.HasFailed && replicate.Asked != TaskNotificationType.PleaseAbort);
            }));

    private static void Run(Story story, Step step)
    {
        switch (step.Kind)
        {
            case 0 when story.Chain.Status == ChainTaskStatus.Unset:
                story.Open();
                break;
            case 1:
                story.Assign(step.Worker);
                break;
            case 2 or 3 or 4:
                story.Report(step.Worker, Statuses[step.Detail % Statuses.Length]);
                break;
            case 5 when CanContribute(story, step.Worker):
                story.Contribute(step.Worker, step.Detail % 5 == 0 ? "wrong" : "right");
                break;
            case 6 when CanReveal(story, step.Worker):
                story.Reveal(step.Worker);
                break;
            case 7:
                story.Upload(step.Worker);
                break;
            case 8:
                story.Live.Remove(story.Workers[step.Worker]);
                story.Do(new TaskEvent.WorkerSilent(story.Workers[step.Worker]));
                break;
            case 9:
                if (!story.Live.Contains(story.Workers[step.Worker]))
                {
                    story.Live.Add(story.Workers[step.Worker]);
                }

                story.Do(step.Detail % 2 == 0 ? new TaskEvent.WorkerBack(story.Workers[step.Worker]) : new TaskEvent.WorkerRestarted(story.Workers[step.Worker]));
                break;
            case 10:
                story.Wait((ulong)step.Detail);
                break;
            case 11:
                story.Do(new TaskEvent.TransactionRefused((TransactionKind)(step.Detail % 4), "refused"));
                break;
            case 12 when story.Chain is { Status: ChainTaskStatus.Revealing, RevealCounter: 0 } && story.Now.ChainSeconds >= story.Chain.RevealDeadline:
                story.Reopen();
                break;
            default:
                story.Observe();
                break;
        }
    }

    private static bool CanContribute(Story story, int worker) => story.Chain.Status == ChainTaskStatus.Active
        && story.Task.Find(story.Workers[worker]) is { OnChain: ContributionStatus.Unset } && story.Now.ChainSeconds < story.Task.ContributionDeadline;

    private static bool CanReveal(Story story, int worker) => story.Chain.Status == ChainTaskStatus.Revealing
        && story.Now.ChainSeconds < story.Chain.RevealDeadline
        && story.Task.Find(story.Workers[worker]) is { OnChain: ContributionStatus.Contributed } replicate && replicate.ResultHash == story.Chain.ConsensusValue;

    private static void Holds(ScheduledTask before, Story story)
    {
        var task = story.Task;
        Assert.Equal(task.Replicates.Count, task.Replicates.Select(static replicate => replicate.Worker).Distinct().Count());

        // The chain wins: nothing is failed that the chain can still complete, nothing completed that it has not.
        Assert.Equal(task.ChainStatus == ChainTaskStatus.Completed, task.Status == ScheduledTaskStatus.Completed);
        if (task.ChainStatus == ChainTaskStatus.Revealing && task.RevealCounter > 0 && story.Now.ChainSeconds < task.FinalDeadline)
        {
            Assert.NotEqual(ScheduledTaskStatus.Failed, task.Status);
        }

        // More replicates than a consensus needs are never at work because of an assignment.
        if (task.Replicates.Count > before.Replicates.Count && before.ChainStatus == ChainTaskStatus.Active)
        {
            Assert.True(Placement.NeedsMore(before, story.Now));
        }

        foreach (var replicate in task.Replicates)
        {
            // A slot is free on every terminal path.
            if (ReplicateStatuses.IsEnd(replicate.Status) || replicate.HasFailed || replicate.HasContributed || replicate.Status == ReplicateStatus.WorkerLost)
            {
                Assert.False(replicate.OccupiesSlot);
            }

            if (before.Find(replicate.Worker) is { } earlier)
            {
                NeverTurnsBack(earlier, replicate);
            }
        }

        // Nobody is asked to upload who has not revealed, nothing is finalized that the contracts would refuse.
        if (task.Upload is { } upload)
        {
            Assert.Equal(ContributionStatus.Proved, task.Find(upload.Worker)!.OnChain);
        }

        if (story.Effects.OfType<TaskEffect.Finalize>().Any())
        {
            Assert.True(TaskReveal.CanFinalize(task, story.Now));
        }

        if (story.Effects.OfType<TaskEffect.Reopen>().Any())
        {
            Assert.True(task is { ChainStatus: ChainTaskStatus.Revealing, RevealCounter: 0 } && story.Now.ChainSeconds >= task.RevealDeadline);
        }

        Assert.Equal(task.IsSettled, TaskWaits.Describe(task, story.Pool, story.Now) is null);
    }

    private static void NeverTurnsBack(Replicate earlier, Replicate later)
    {
        Assert.True(later.OnChain >= earlier.OnChain);
        var isRestart = later.Status is ReplicateStatus.Recovering or ReplicateStatus.WorkerLost or ReplicateStatus.Created or ReplicateStatus.ResultUploadRequested;
        var isReturn = earlier.Status is ReplicateStatus.Recovering or ReplicateStatus.WorkerLost;
        // A mined transaction or a stored result overrules what the worker believed of itself.
        var isOverruled = (later.OnChain > earlier.OnChain && ReplicateStatuses.IsFailure(earlier.Status)) || later.Status == ReplicateStatus.ResultUploaded;
        if (!isRestart && !isReturn && !isOverruled)
        {
            Assert.True(
                ReplicateStatuses.Rank(later.Status) >= ReplicateStatuses.Rank(earlier.Status),
                $"{earlier.Status} became {later.Status}");
        }
    }

    private sealed record Step(int Kind, int Worker, int Detail);
}
