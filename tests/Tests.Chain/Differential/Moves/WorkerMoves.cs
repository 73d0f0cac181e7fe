using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;

namespace Tests.Chain.Differential.Moves;

/// <summary>What workers do: contribute, honestly or not, reveal, or both and finalize at once.</summary>
internal sealed class WorkerMoves(World world)
{
    private static readonly Bytes32 ConsensusTopic = new AbiSignature("TaskConsensus(bytes32,bytes32)").Topic;

    public IEnumerable<(int Weight, Func<Move?> Make)> All => [(34, Contribute), (26, Reveal), (9, ContributeAndFinalize)];

    private Move? Contribute()
    {
        if (Pick(task => IsOpen(task) && task.Contributions.Count < People.Workers.Count, mostly: 96) is not { } task)
        {
            return null;
        }

        var worker = Newcomer(task);
        var digest = world.Dice.Chance(task.Deal.Request.Callback.IsZero ? 78 : 95) ? Answers.Right(task) : Answers.Wrong(world.Dice.Below(2));
        var challenge = Challenge(task);
        var (authorizer, enclave) = (Authorizer(task, challenge), EnclaveKey());
        var hash = Twin.Of(side => ResultHashes.ResultHash(task.Id[side], digest));
        var seal = Twin.Of(side => ResultHashes.ResultSeal(worker.Address, task.Id[side], digest));
        world.Chain.Words.Add(hash);
        world.Chain.Words.Add(seal);
        return new Move("contribute", worker, side => world.Chain.Calls[side].Contribute(
            task.Id[side],
            hash[side],
            seal[side],
            challenge,
            challenge.IsZero ? ResultHashes.NoEnclaveSign : ResultHashes.SignEnclaveMessage(enclave, hash[side], seal[side]),
            ResultHashes.SignAuthorization(authorizer, worker.Address, task.Id[side], challenge)) with { GasLimit = null })
        {
            Then = outcome =>
            {
                task.Contributions.Add(new TwinContribution(worker, digest));
                Reach(task, outcome.Official, digest);
            },
            Views = [.. AllViews.Task(world, task), .. AllViews.Contribution(world, task, worker.Address)],
        };
    }

    private Move? Reveal()
    {
        if (Pick(task => task.Status == ChainTaskStatus.Revealing && world.Chain.Time < task.RevealDeadline && Winners(task).Any(), mostly: 96) is not { } task)
        {
            return null;
        }

        TwinContribution[] winners = [.. Winners(task)];
        var worker = winners.Length > 0 && world.Dice.Chance(93) ? world.Dice.Pick(winners).Worker : world.Dice.Pick(People.Workers);
        var digest = world.Dice.Chance(94) && task.Status == ChainTaskStatus.Revealing ? task.Consensus : Answers.Wrong(world.Dice.Below(2));
        return new Move("reveal", worker, side => world.Chain.Calls[side].Reveal(task.Id[side], digest) with { GasLimit = null })
        {
            Then = _ => task.Contributions.Single(said => said.Worker == worker).IsRevealed = true,
            Views = [.. AllViews.Task(world, task), .. AllViews.Contribution(world, task, worker.Address)],
        };
    }

    private Move? ContributeAndFinalize()
    {
        if (Pick(task => IsOpen(task) && task.Contributions.Count == 0 && task.Deal.Request.Trust <= 1, mostly: 96) is not { } task)
        {
            return null;
        }

        var (worker, digest, challenge) = (Newcomer(task), Answers.Right(task), Challenge(task));
        var (authorizer, enclave, results) = (Authorizer(task, challenge), EnclaveKey(), TaskMoves.Results(world.Dice));
        var data = Answers.CallbackData(task, world.Dice.Chance(95));
        var hash = Twin.Of(side => ResultHashes.ResultHash(task.Id[side], digest));
        var seal = Twin.Of(side => ResultHashes.ResultSeal(worker.Address, task.Id[side], digest));
        world.Chain.Words.Add(hash);
        world.Chain.Words.Add(seal);
        return new Move("contributeAndFinalize", worker, side => world.Chain.Calls[side].ContributeAndFinalize(
            task.Id[side],
            digest,
            results,
            data,
            challenge,
            challenge.IsZero ? [] : ResultHashes.SignEnclaveMessage(enclave, hash[side], seal[side]),
            ResultHashes.SignAuthorization(authorizer, worker.Address, task.Id[side], challenge)))
        {
            Then = _ =>
            {
                task.Contributions.Add(new TwinContribution(worker, digest) { IsRevealed = true });
                task.Status = ChainTaskStatus.Completed;
            },
            Views = [.. AllViews.Task(world, task), .. AllViews.Contribution(world, task, worker.Address)],
        };
    }

    private void Reach(TwinTask task, Outcome outcome, Bytes32 digest)
    {
        if (outcome.Logs.Any(log => log.Topics[0] == ConsensusTopic))
        {
            task.Status = ChainTaskStatus.Revealing;
            task.Consensus = digest;
            task.RevealDeadline = world.Chain.Time + (2 * task.Deal.TimeReference);
        }
    }

    private bool IsOpen(TwinTask task) => task.Status == ChainTaskStatus.Active && world.Chain.Time < task.Deal.ContributionDeadline;

    private static IEnumerable<TwinContribution> Winners(TwinTask task) =>
        task.Contributions.Where(said => said.Digest == task.Consensus && !said.IsRevealed && !said.IsRejected);

    private PrivateKey Newcomer(TwinTask task)
    {
        PrivateKey[] others = [.. People.Workers.Where(worker => task.Contributions.All(said => said.Worker != worker))];
        return others.Length > 0 && world.Dice.Chance(96) ? world.Dice.Pick(others) : world.Dice.Pick(People.Workers);
    }

    private Address Challenge(TwinTask task) => task.Deal.WantsEnclave == world.Dice.Chance(95) ? People.Enclave.Address : Address.Zero;

    private PrivateKey Authorizer(TwinTask task, Address challenge) =>
        world.Mostly(!challenge.IsZero && world.HasBroker ? People.Broker : task.Deal.Scheduler);

    private PrivateKey EnclaveKey() => world.Mostly(People.Enclave);

    private TwinTask? Pick(Predicate<TwinTask> kind, int mostly)
    {
        var any = !world.Dice.Chance(mostly);
        TwinTask[] tasks = [.. world.Tasks.Where(task => any || kind(task))];
        return tasks.Length == 0 ? null : world.Dice.PickRecent(tasks);
    }
}
