using Iexec.Ethereum;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Testing.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>Results pushed and tasks claimed of Boost deals, and of others by mistake.</summary>
internal sealed class BoostMoves(World world)
{
    public IEnumerable<(int Weight, Func<Move?> Make)> All => [(14, Push), (3, Claim)];

    private Move? Push()
    {
        // 5.5.0 takes what a sponsor locked from the requester: the table's "boost-sponsor".
        if (Pick(task => task.Status == ChainTaskStatus.Unset && !task.Deal.IsSponsored && world.Chain.Time < task.Deal.ContributionDeadline) is not { } task)
        {
            return null;
        }

        var dice = world.Dice;
        var worker = dice.Pick(People.Workers);
        var challenge = task.Deal.WantsEnclave == dice.Chance(95) ? People.Enclave.Address : Address.Zero;
        var authorizer = world.Mostly(!challenge.IsZero && world.HasBroker ? People.Broker : task.Deal.Scheduler);
        var enclave = world.Mostly(People.Enclave);
        var (results, data) = (TaskMoves.Results(dice), Answers.CallbackData(task, dice.Chance(95)));
        var proven = task.Deal.Request.Callback.IsZero ? results : data;
        var index = dice.Chance(95) ? task.Index : task.Index + 1 + (ulong)dice.Below(3);
        return new Move("pushResultBoost", worker, world.Call(side => BoostCalls.PushResult(
            task.Deal.Id[side],
            index,
            results,
            data,
            ResultHashes.SignAuthorization(authorizer, worker.Address, task.Id[side], challenge),
            challenge,
            challenge.IsZero ? [] : BoostCalls.SignResult(enclave, worker.Address, task.Id[side], proven))))
        {
            Then = _ => task.Status = ChainTaskStatus.Completed,
            Views = AllViews.Boost(world, task),
        };
    }

    private Move? Claim() =>
        Pick(task => task.Status == ChainTaskStatus.Unset && world.Chain.Time >= task.Deal.ContributionDeadline) is not { } task ? null : new Move(
            "claimBoost", world.Dice.Pick(People.All), world.Call(side => BoostCalls.Claim(task.Deal.Id[side], task.Index)))
        {
            Then = _ => task.Status = ChainTaskStatus.Failed,
            Views = AllViews.Boost(world, task),
        };

    private TwinTask? Pick(Predicate<TwinTask> kind)
    {
        var any = !world.Dice.Chance(92);
        TwinTask[] tasks = [.. world.Tasks.Where(task => task.Deal.IsBoost != world.Dice.Chance(2) && ((any && !task.Deal.IsSponsored) || kind(task)))];
        return tasks.Length == 0 ? null : world.Dice.PickRecent(tasks);
    }
}
