using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Simulation.Hub;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>Schedulers, honest and lying workers, and whoever claims. Mostly what is due, sometimes too early, too late, twice, or by the wrong one.</summary>
internal sealed class TaskMoves(Market market)
{
    private Dice Dice => market.Dice;

    private HubState Hub => market.State.Hub;

    public IReadOnlyList<Move> All =>
    [
        new("initialize", 14, Initialize),
        new("initializeArray", 2, InitializeArray),
        new("contribute", 30, Contribute),
        new("contributeArray", 4, ContributeTogether),
        new("reveal", 18, Reveal),
        new("reopen", 12, Reopen),
        new("finalize", 12, FinalizeTask),
        new("contributeAndFinalize", 6, ContributeAndFinalize),
        new("contributeAndFinalizeArray", 2, ContributeAndFinalizeTogether),
        new("open and finish", 2, OpenAndFinish),
        new("claim", 9, Claim),
        new("claimArray", 2, ClaimArray),
        new("initializeAndClaimArray", 1, InitializeAndClaimArray),
    ];

    private ulong TimeRef(Deal deal) => Hub.Categories[(int)deal.Category].WorkClockTimeRefSeconds;

    private Deadlines DeadlinesOf(Deal deal) => Deadlines.Of(deal.StartTimeSeconds, TimeRef(deal));

    private Deal DealOf(TaskState task) => Hub.Deals[task.DealId];

    /// <summary>A task of a status for which a condition holds, mostly one whose deadline is here, or now and then any task.</summary>
    private TaskState? Task(ChainTaskStatus status, Func<TaskState, Deal, bool>? due = null)
    {
        bool Fits(TaskState task) => task.Status == status && (due is null || due(task, DealOf(task)));

        if (Dice.Chance(4))
        {
            return Dice.PickOrDefault([.. Hub.Tasks.Values.OrderBy(task => task.Id.Value)]);
        }

        TaskState[] tasks = [.. Hub.Tasks.Values.Where(Fits).OrderBy(task => task.Id.Value)];
        TaskState[] urgent = [.. tasks.Where(IsUrgent)];
        return Dice.PickOrDefault(urgent.Length > 0 && Dice.Chance(80) ? urgent : tasks);
    }

    private IEnumerable<(DealId Deal, UInt256 Index)> Unopened(Func<Deal, bool> due) =>
        from deal in Hub.Deals.Values.Where(due).OrderBy(deal => deal.Id.Value)
        from offset in Enumerable.Range(0, (int)Math.Min(deal.BotSize, 20))
        let index = Hub.RangeOf(deal).First + (ulong)offset
        where !Hub.Tasks.ContainsKey(TaskId.Of(deal.Id, index))
        select (deal.Id, index);

    private (DealId Deal, UInt256 Index)[] Unopened(int count, Func<Deal, bool> due)
    {
        var all = Unopened(due).ToArray();
        return [.. all.Skip(Dice.Below(Math.Max(1, all.Length))).Take(count)];
    }

    // Whether a deadline is open or past is the contracts' business: in the seconds around it both is tried.
    private bool Open(ulong deadlineSeconds) => market.Now <= deadlineSeconds;

    private bool Past(ulong deadlineSeconds) => market.Now + 1 >= deadlineSeconds;

    private bool Live(Deal deal) => Open(DeadlinesOf(deal).Contribution);

    private bool Over(Deal deal) => Past(DeadlinesOf(deal).Final);

    /// <summary>Deadlines of tasks that have not ended, Unix seconds.</summary>
    public IEnumerable<ulong> UpcomingDeadlines => Hub.Tasks.Values.SelectMany(DeadlinesOf).Where(deadline => deadline > market.Now);

    /// <summary>Whether the deadline of some task is this second or the next.</summary>
    public bool Urgent => Hub.Tasks.Values.Any(IsUrgent);

    private bool IsUrgent(TaskState task) => DeadlinesOf(task).Any(deadline => deadline == market.Now || deadline == market.Now + 1);

    private IEnumerable<ulong> DeadlinesOf(TaskState task)
    {
        if (task.Status is not (ChainTaskStatus.Active or ChainTaskStatus.Revealing))
        {
            return [];
        }

        var deadlines = DeadlinesOf(DealOf(task));
        return [task.Status == ChainTaskStatus.Active ? deadlines.Contribution : task.RevealDeadline, deadlines.Final];
    }

    private Message? Initialize()
    {
        if (Unopened(1, Dice.Chance(85) ? Live : _ => true) is not [var (deal, index)])
        {
            return null;
        }

        var number = Dice.Chance(92) ? index : Dice.Chance(50) && index < UInt256.MaxValue - 7 ? index + 7 : UInt256.MaxValue;
        return market.ToHub(market.Anybody.Address, "initialize(bytes32,uint256)", call => call.Bytes32(deal.Value).Uint(number));
    }

    private Message? InitializeArray() => Array("initializeArray(bytes32[],uint256[])", Unopened(1 + Dice.Below(3), Live));

    private Message? InitializeAndClaimArray() =>
        Array("initializeAndClaimArray(bytes32[],uint256[])", Unopened(1 + Dice.Below(3), Dice.Chance(85) ? Over : _ => true));

    private Message? Array(string function, (DealId Deal, UInt256 Index)[] tasks) => tasks.Length == 0 ? null : market.ToHub(
        market.Anybody.Address,
        function,
        call => call
            .StaticArray([.. tasks.Select(task => task.Deal.Value)], (item, deal) => item.Bytes32(deal))
            .StaticArray([.. tasks.Select(task => task.Index).Take(Dice.Chance(95) ? tasks.Length : 0)], (item, index) => item.Uint(index)));

    /// <summary>The callback data that honest workers compute; for tasks without callback only its hash matters.</summary>
    private static byte[] CallbackData(TaskState task, int answer) => Market.To(default, default, "transfer(address,uint256)", call =>
        call.Address(Actors.Wallet).Uint(answer)).Data.ToArray() is var data && task.Index % 2 == 0 ? data : [(byte)answer, .. task.Id.Value.AsSpan()];

    private static Bytes32 Digest(TaskState task, int answer) => Keccak256.Hash(CallbackData(task, answer));

    /// <summary>Honest workers answer 0; liars have a few common lies, so that lies sometimes win.</summary>
    private int Answer => Dice.Chance(72) ? 0 : 1 + Dice.Below(2);

    /// <summary>Mostly one that has not contributed and can pay its stake.</summary>
    private Address Worker(TaskState task, Deal deal)
    {
        var workers = market.Actors.Workers.Select(key => key.Address).ToArray();
        var able = workers.Where(worker => !task.Contributors.Contains(worker) && Hub.AccountOf(worker).Free >= deal.WorkerStake).ToArray();
        return able.Length > 0 && Dice.Chance(95) ? Dice.Pick(able) : Dice.Pick(workers);
    }

    private (Address Enclave, Address Authority) EnclaveAndAuthority(Deal deal)
    {
        var enclave = Dice.Chance(deal.Tag.Has(Tag.TeeBit) ? 95 : 8) ? market.Actors.Enclave.Address : Address.Zero;
        var authority = enclave.IsZero || Hub.TeeBroker.IsZero ? deal.Workerpool.Owner : Hub.TeeBroker;
        return (enclave, Dice.Chance(95) ? authority : market.Anybody.Address);
    }

    private sealed record Commitment(
        TaskId Task, Address Worker, Bytes32 Hash, Bytes32 Seal, Address Enclave, byte[] EnclaveSign, byte[] Authorization);

    private Commitment Commit(TaskState task, Deal deal)
    {
        var worker = Worker(task, deal);
        var digest = Digest(task, Answer);
        var (hash, seal) = (ResultHashes.ResultHash(task.Id, digest), ResultHashes.ResultSeal(worker, task.Id, digest));
        if (Dice.Chance(4))
        {
            seal = new Bytes32(Dice.Bytes(32));
        }

        var (enclave, authority) = EnclaveAndAuthority(deal);
        var enclaveSign = enclave.IsZero ? ResultHashes.NoEnclaveSign : market.Actors.SignPersonal(market.Usually(enclave, 96), ResultHashes.EnclaveMessage(hash, seal));
        var authorization = market.Actors.SignPersonal(authority, ResultHashes.Authorization(worker, task.Id, enclave));
        return new(task.Id, worker, hash, seal, enclave, enclaveSign, Dice.Chance(2) ? authorization[..^(1 + Dice.Below(5))] : authorization);
    }

    private Message? Contribute() => Task(ChainTaskStatus.Active, (_, deal) => Live(deal)) is not { } task || Commit(task, DealOf(task)) is not { } commitment ? null
        : market.ToHub(commitment.Worker, "contribute(bytes32,bytes32,bytes32,address,bytes,bytes)", call => call
            .Bytes32(task.Id.Value).Bytes32(commitment.Hash).Bytes32(commitment.Seal).Address(commitment.Enclave)
            .Bytes(commitment.EnclaveSign).Bytes(commitment.Authorization));

    /// <summary>Several workers of one task, or of several, in one transaction of any of them: the others sign what they contribute.</summary>
    private Message? ContributeTogether()
    {
        var commitments = Enumerable.Range(0, 1 + Dice.Below(3)).Select(_ => Task(ChainTaskStatus.Active, (_, deal) => Live(deal)))
            .OfType<TaskState>().Select(task => Commit(task, DealOf(task))).DistinctBy(commitment => (commitment.Task, commitment.Worker)).ToArray();
        return commitments.Length == 0 ? null : market.ToHub(
            commitments[0].Worker,
            "contributeArray((bytes32,address,bytes32,bytes32,address,bytes,bytes,bytes)[])",
            call => call.DynamicArray(commitments, (item, commitment) => item.DynamicTuple(tuple => tuple
                .Bytes32(commitment.Task.Value).Address(commitment.Worker).Bytes32(commitment.Hash).Bytes32(commitment.Seal).Address(commitment.Enclave)
                .Bytes(commitment.EnclaveSign).Bytes(commitment.Authorization).Bytes(WorkerSign(commitment)))));
    }

    private byte[] WorkerSign(Commitment commitment)
    {
        var type = Keccak256.Hash("Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address enclaveChallenge)");
        var fields = new AbiWriter().Bytes32(type).Bytes32(commitment.Task.Value).Address(commitment.Worker)
            .Bytes32(commitment.Hash).Bytes32(commitment.Seal).Address(commitment.Enclave).ToArray();
        return market.Actors.Sign(market.Usually(commitment.Worker, 96), market.Hub.Domain.Digest(Keccak256.Hash(fields)));
    }

    private Message? Reveal()
    {
        var late = Dice.Chance(30);
        var task = Task(ChainTaskStatus.Revealing, (item, _) => item.RevealCounter < item.WinnerCounter && (late || Open(item.RevealDeadline)));
        if (task is null || task.Contributors.IsEmpty)
        {
            return null;
        }

        // Some consensuses nobody reveals, so that they are reopened, or claimed.
        if (task.Id.Value.AsSpan()[0] % 4 == 0 && Dice.Chance(90))
        {
            return null;
        }

        var winners = task.Contributors.Where(item =>
            task.ContributionOf(item) is { Status: ContributionStatus.Contributed } vote && vote.ResultHash == task.ConsensusValue).ToArray();
        var worker = winners.Length > 0 && Dice.Chance(95) ? Dice.Pick(winners) : Dice.Pick(task.Contributors);
        var hash = task.ContributionOf(worker).ResultHash;
        var digest = Enumerable.Range(0, 3).Select(answer => Digest(task, answer)).FirstOrDefault(item => ResultHashes.ResultHash(task.Id, item) == hash);
        return market.ToHub(market.Usually(worker, 95), "reveal(bytes32,bytes32)", call => call.Bytes32(task.Id.Value).Bytes32(Dice.Chance(95) ? digest : hash));
    }

    private Message? Reopen()
    {
        var task = Task(ChainTaskStatus.Revealing, (item, deal) => item.RevealCounter == 0 && Past(item.RevealDeadline) && Open(DeadlinesOf(deal).Final))
            ?? (Dice.Chance(5) ? Task(ChainTaskStatus.Revealing) : null);
        return task is null ? null : market.ToHub(market.Usually(DealOf(task).Workerpool.Owner), "reopen(bytes32)", call => call.Bytes32(task.Id.Value));
    }

    private Message? FinalizeTask()
    {
        var task = Task(ChainTaskStatus.Revealing, (item, deal) =>
                Open(DeadlinesOf(deal).Final) && (item.RevealCounter == item.WinnerCounter || (item.RevealCounter > 0 && Past(item.RevealDeadline))))
            ?? (Dice.Chance(8) ? Task(ChainTaskStatus.Revealing) : null);
        if (task is null)
        {
            return null;
        }

        var deal = DealOf(task);
        var data = Enumerable.Range(0, 3).Select(answer => CallbackData(task, answer)).FirstOrDefault(item => Keccak256.Hash(item) == task.ResultDigest) ?? [];
        data = deal.Callback.IsZero && Dice.Chance(90) ? [] : Dice.Chance(95) ? data : Dice.Bytes(3);
        return market.ToHub(market.Usually(deal.Workerpool.Owner), "finalize(bytes32,bytes,bytes)", call => call.Bytes32(task.Id.Value).Bytes(Results(task)).Bytes(data));
    }

    private static readonly string Completion = "(bytes32,bytes32,bytes,bytes,address,bytes,bytes)";

    private TaskState? Completable() => Task(
        ChainTaskStatus.Active, (item, deal) => deal.Trust == UInt256.One && item.Contributors.IsEmpty && Live(deal));

    private Action<AbiWriter> Complete(TaskState task, Deal deal, Address worker)
    {
        var data = CallbackData(task, Answer);
        var digest = Dice.Chance(95) ? Keccak256.Hash(data) : new Bytes32(Dice.Bytes(32));
        var (enclave, authority) = EnclaveAndAuthority(deal);
        var message = ResultHashes.EnclaveMessage(ResultHashes.ResultHash(task.Id, digest), ResultHashes.ResultSeal(worker, task.Id, digest));
        var enclaveSign = enclave.IsZero ? [] : market.Actors.SignPersonal(market.Usually(enclave, 96), message);
        var (results, callbackData) = (Results(task), deal.Callback.IsZero && Dice.Chance(90) ? [] : data);
        return call => call
            .Bytes32(task.Id.Value).Bytes32(digest).Bytes(results).Bytes(callbackData).Address(enclave).Bytes(enclaveSign)
            .Bytes(market.Actors.SignPersonal(authority, ResultHashes.Authorization(worker, task.Id, enclave)));
    }

    private Message? ContributeAndFinalize()
    {
        var worker = Dice.Pick(market.Actors.Workers).Address;
        return Completable() is not { } task ? null
            : market.ToHub(worker, "contributeAndFinalize(bytes32,bytes32,bytes,bytes,address,bytes,bytes)", Complete(task, DealOf(task), worker));
    }

    private Message? ContributeAndFinalizeTogether()
    {
        var worker = Dice.Pick(market.Actors.Workers).Address;
        var tasks = Enumerable.Range(0, 1 + Dice.Below(3)).Select(_ => Completable()).OfType<TaskState>().DistinctBy(task => task.Id).ToArray();
        return tasks.Length == 0 ? null : market.ToHub(worker, $"contributeAndFinalizeArray({Completion}[])", call => call
            .DynamicArray([.. tasks.Select(task => Complete(task, DealOf(task), worker))], (item, complete) => item.DynamicTuple(complete)));
    }

    private Message? OpenAndFinish()
    {
        var worker = Dice.Pick(market.Actors.Workers).Address;
        var all = Unopened(deal => Live(deal) && deal.Trust == UInt256.One).ToArray();
        if (all.Length == 0)
        {
            return null;
        }

        var first = Dice.Pick(all).Deal;
        var tasks = all.Where(task => task.Deal == first).Take(1 + Dice.Below(3)).ToArray();
        var completions = tasks.Select(task => Complete(new TaskState(TaskId.Of(task.Deal, task.Index), task.Deal, task.Index), Hub.Deals[task.Deal], worker)).ToArray();
        return market.ToHub(worker, $"initializeAndContributeAndFinalizeArray(bytes32,uint256[],{Completion}[])", call => call
            .Bytes32(first.Value)
            .StaticArray([.. tasks.Select(task => Dice.Chance(97) ? task.Index : Market.OneMore(task.Index))], (item, index) => item.Uint(index))
            .DynamicArray(Dice.Chance(97) ? completions : completions[1..], (item, complete) => item.DynamicTuple(complete)));
    }

    private byte[] Results(TaskState task) => Dice.Below(6) switch
    {
        0 => [],
        1 => Dice.Bytes(Dice.Below(200)),
        2 => System.Text.Encoding.ASCII.GetBytes($"/results/{task.Id}"),
        _ => "{ \"storage\": \"ipfs\", \"location\": \"/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ\" }"u8.ToArray(),
    };

    private bool Claimable(TaskState task) => task.Status is ChainTaskStatus.Active or ChainTaskStatus.Revealing && Over(DealOf(task));

    private Message? Claim()
    {
        var task = Dice.PickOrDefault([.. Hub.Tasks.Values.Where(Claimable).OrderBy(task => task.Id.Value)]) ?? (Dice.Chance(10) ? Task(ChainTaskStatus.Active) : null);
        return task is null ? null : market.ToHub(market.Anybody.Address, "claim(bytes32)", call => call.Bytes32(task.Id.Value));
    }

    private Message? ClaimArray()
    {
        var tasks = Hub.Tasks.Values.Where(Claimable).OrderBy(task => task.Id.Value).Take(Dice.Below(4)).ToArray();
        var ids = tasks.Select(task => task.Id.Value).Concat(Dice.Chance(15) ? [default] : System.Array.Empty<Bytes32>()).ToArray();
        return ids.Length == 0 ? null : market.ToHub(market.Anybody.Address, "claimArray(bytes32[])", call => call.StaticArray(ids, (item, id) => item.Bytes32(id)));
    }
}
