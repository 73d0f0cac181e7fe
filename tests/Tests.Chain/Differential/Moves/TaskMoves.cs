using Iexec.Poco.Tasks;

namespace Tests.Chain.Differential.Moves;

/// <summary>The steps of tasks that are not a worker's: opened, opened again, finalized, claimed.</summary>
internal sealed class TaskMoves(World world)
{
    private static readonly byte[] Link = "{ \"storage\": \"ipfs\", \"location\": \"/ipfs/QmWfXJxiMWGf1tQYw6Ehjp3UaLJYcjwzuFbLCPb2tLzzsD\" }"u8.ToArray();

    public IEnumerable<(int Weight, Func<Move?> Make)> All =>
    [
        (20, Initialize), (3, InitializeArray), (16, Finalize), (16, Reopen), (8, Claim), (3, ClaimArray), (2, InitializeAndClaimArray),
    ];

    private ulong Now => world.Chain.Time + 1;

    private Move? Initialize()
    {
        if (Pick(task => task.Status == ChainTaskStatus.Unset && !task.Deal.IsBoost, mostly: 90) is not { } task)
        {
            return null;
        }

        var index = world.Dice.Chance(95) ? task.Index : task.Deal.First + task.Deal.Volume + (ulong)world.Dice.Below(2);
        return new Move("initialize", world.Dice.Pick(People.All), side => world.Chain.Calls[side].Initialize(task.Deal.Id[side], index))
        {
            Then = _ => task.Status = ChainTaskStatus.Active,
            Views = AllViews.Task(world, task),
        };
    }

    private Move? InitializeArray()
    {
        var tasks = Some(task => task.Status == ChainTaskStatus.Unset && !task.Deal.IsBoost);
        return tasks.Count == 0 ? null : new Move(
            "initializeArray",
            world.Dice.Pick(People.All),
            side => world.Chain.Calls[side].InitializeArray([.. tasks.Select(task => (task.Deal.Id[side], task.Index))]))
        {
            Then = _ => tasks.ForEach(task => task.Status = ChainTaskStatus.Active),
            Views = [.. tasks.SelectMany(task => AllViews.Task(world, task))],
        };
    }

    private Move? Finalize()
    {
        if (Pick(IsRipe, mostly: 94) is not { } task)
        {
            return null;
        }

        var results = Results(world.Dice);
        var data = Answers.CallbackData(task, world.Dice.Chance(93));
        return new Move("finalize", world.Mostly(task.Deal.Scheduler), side => world.Chain.Calls[side].Finalize(task.Id[side], results, data))
        {
            Then = _ => task.Status = ChainTaskStatus.Completed,
            Views = AllViews.Task(world, task),
        };
    }

    private Move? Reopen()
    {
        if ((Pick(IsSilent, mostly: 100) ?? (world.Dice.Chance(10) ? Pick(_ => true, mostly: 100) : null)) is not { } task)
        {
            return null;
        }

        return new Move("reopen", world.Mostly(task.Deal.Scheduler), side => world.Chain.Calls[side].Reopen(task.Id[side]))
        {
            Then = _ =>
            {
                task.Status = ChainTaskStatus.Active;
                foreach (var said in task.Contributions.Where(said => said.Digest == task.Consensus))
                {
                    said.IsRejected = true;
                }
            },
            Views = AllViews.Task(world, task),
        };
    }

    private Move? Claim() => Pick(IsLate, mostly: 85) is not { } task ? null : new Move(
        "claim", world.Dice.Pick(People.All), side => world.Chain.Calls[side].Claim(task.Id[side]))
    {
        Then = _ => task.Status = ChainTaskStatus.Failed,
        Views = AllViews.Task(world, task),
    };

    private Move? ClaimArray()
    {
        var tasks = Some(IsLate);
        return tasks.Count == 0 ? null : new Move(
            "claimArray", world.Dice.Pick(People.All), side => world.Chain.Calls[side].ClaimArray([.. tasks.Select(task => task.Id[side])]))
        {
            Then = _ => tasks.ForEach(task => task.Status = ChainTaskStatus.Failed),
            Views = [.. tasks.SelectMany(task => AllViews.Task(world, task))],
        };
    }

    private Move? InitializeAndClaimArray()
    {
        var tasks = Some(task => task.Status == ChainTaskStatus.Unset && !task.Deal.IsBoost && Now >= task.Deal.FinalDeadline);
        return tasks.Count == 0 ? null : new Move(
            "initializeAndClaimArray",
            world.Dice.Pick(People.All),
            side => world.Chain.Calls[side].InitializeAndClaimArray([.. tasks.Select(task => (task.Deal.Id[side], task.Index))]))
        {
            Then = _ => tasks.ForEach(task => task.Status = ChainTaskStatus.Failed),
            Views = [.. tasks.SelectMany(task => AllViews.Task(world, task))],
        };
    }

    /// <summary>The link of a worker, or anything: the contracts do not read it.</summary>
    public static byte[] Results(Dice dice) => dice.Below(5) switch
    {
        0 => [],
        1 => dice.Bytes(dice.Below(100)),
        _ => Link,
    };

    private bool IsLate(TwinTask task) => task.IsOpen && Now >= task.Deal.FinalDeadline;

    /// <summary>Nobody revealed in time.</summary>
    private bool IsSilent(TwinTask task) =>
        task.Status == ChainTaskStatus.Revealing && Now >= task.RevealDeadline && Now < task.Deal.FinalDeadline && !task.Contributions.Any(said => said.IsRevealed);

    /// <summary>All winners revealed, or some of them and the others came too late.</summary>
    private bool IsRipe(TwinTask task)
    {
        TwinContribution[] winners = [.. task.Contributions.Where(said => said.Digest == task.Consensus && !said.IsRejected)];
        return task.Status == ChainTaskStatus.Revealing && Now < task.Deal.FinalDeadline
            && (winners.All(said => said.IsRevealed) || (Now >= task.RevealDeadline && winners.Any(said => said.IsRevealed)));
    }

    /// <summary>A task of the kind; in the other cases any.</summary>
    private TwinTask? Pick(Predicate<TwinTask> kind, int mostly)
    {
        var any = !world.Dice.Chance(mostly);
        TwinTask[] tasks = [.. world.Tasks.Where(task => any || kind(task))];
        return tasks.Length == 0 ? null : world.Dice.PickRecent(tasks);
    }

    private List<TwinTask> Some(Predicate<TwinTask> kind)
    {
        TwinTask[] tasks = [.. world.Tasks.Where(task => kind(task) || world.Dice.Below(1_000) == 0)];
        return tasks.Length == 0 ? [] : [.. Enumerable.Range(0, 1 + world.Dice.Below(4)).Select(_ => world.Dice.PickRecent(tasks)).Distinct()];
    }
}
