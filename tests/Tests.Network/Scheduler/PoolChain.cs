using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Testing.Chain;

namespace Tests.Network.Scheduler;

/// <summary>The rules of the contracts that a scheduler meets, on a chain in memory; and the sender of its transactions.</summary>
internal sealed class PoolChain : ITransactor
{
    public const ulong TimeRef = 300;
    public static readonly Bytes32 Digest = Keccak256.Hash("digest");
    private readonly List<string> _intents = [];

    public PoolChain()
    {
        Hub.CreateCategory("XS", TimeRef);
        Workerpool = Hub.CreateWorkerpool(Owner.Address);
        App = Hub.CreateApp(TestAddress.Of(7));
    }

    public FakeHub Hub { get; } = new();

    public PrivateKey Owner { get; } = TestAddress.Key(1);

    public PrivateKey Requester { get; } = TestAddress.Key(2);

    public Address Workerpool { get; }

    public Address App { get; }

    public Address Sender => Owner.Address;

    /// <summary>Every intent that reached the chain or was refused, in order.</summary>
    public IReadOnlyList<string> Intents => _intents;

    /// <summary>True refuses the transaction of that intent.</summary>
    public Predicate<string> Refuses { get; set; } = static _ => false;

    public ulong Now => Hub.GetHeadAsync(default).GetAwaiter().GetResult().Timestamp;

    public DealId Buy(ulong trust = 1, ulong tasks = 1, Address? pool = null, ulong stake = 0)
    {
        var id = new DealId(Keccak256.Hash($"deal {Hub.BlockNumber}"));
        var none = new DealResource(Address.Zero, Address.Zero, 0);
        var deal = new Deal(
            id, new DealResource(App, App, 0), none, new DealResource(pool ?? Workerpool, Owner.Address, 0), trust, 0, Tag.None, Requester.Address, Requester.Address,
            Address.Zero, "", Now + 1, 0, tasks, stake, 1, Requester.Address);
        Hub.Do(
            state => state with { Deals = state.Deals.SetItem(id, deal) },
            position => new HubEvent.SchedulerNotice(position, pool ?? Workerpool, id));
        return id;
    }

    public Task<TransactionReceipt> ExecuteAsync(string intent, ContractCall call, CancellationToken cancellationToken)
    {
        lock (_intents)
        {
            _intents.Add(intent);
            if (Refuses(intent))
            {
                throw new RevertException(new RevertReason("Error", "refused by the test", []), 3, null);
            }

            foreach (var (deal, index) in Hub.State.Deals.Values.SelectMany(Tasks).Where(task => IsMeant(intent, task.Deal.Id, task.Index)))
            {
                var id = TaskId.Of(deal.Id, index);
                switch (intent.Split(':')[0])
                {
                    case "initialize":
                        Set(Opened(deal, index), position => new HubEvent.TaskInitialized(position, id, Workerpool));
                        break;
                    case "finalize":
                        Set(Hub.State.Tasks[id] with { Status = ChainTaskStatus.Completed, Results = "{}"u8.ToArray() }, position => new HubEvent.TaskFinalized(position, id, []));
                        break;
                    case "reopen":
                        Reopen(id);
                        break;
                    default:
                        Set(Opened(deal, index) with { Status = ChainTaskStatus.Failed }, position => new HubEvent.TaskClaimed(position, id));
                        break;
                }
            }

            return Task.FromResult(new TransactionReceipt(Keccak256.Hash(intent), true, Hub.BlockNumber, default, 0, default, null, []));
        }
    }

    public void Contribute(TaskId id, Address worker, string result = "right")
    {
        var hash = Keccak256.Hash(result);
        var contributions = Hub.State.Contributions.SetItem((id, worker), new Contribution(ContributionStatus.Contributed, hash, default, default, 1));
        var votes = contributions.Where(pair => pair.Key.Task == id).Where(pair => pair.Value.Status != ContributionStatus.Rejected).Select(pair => pair.Value.ResultHash).ToList();
        var deal = Hub.State.Deals[Hub.State.Tasks[id].DealId];
        var task = Hub.State.Tasks[id] with { Contributors = [.. Hub.State.Tasks[id].Contributors, worker] };
        if (votes.Aggregate(Consensus.Empty, static (all, vote) => all.Add(vote, 0)).IsReached(hash, deal.Trust))
        {
            task = task with
            {
                Status = ChainTaskStatus.Revealing, ConsensusValue = hash, RevealDeadline = Now + (2 * TimeRef), WinnerCounter = (ulong)votes.Count(vote => vote == hash),
            };
        }

        Hub.Do(state => state with { Contributions = contributions, Tasks = state.Tasks.SetItem(id, task) }, position => new HubEvent.TaskContributed(position, id, worker, hash));
    }

    public void Reveal(TaskId id, Address worker) => Hub.Do(
        state => state with
        {
            Contributions = state.Contributions.SetItem((id, worker), state.Contributions[(id, worker)] with { Status = ContributionStatus.Proved }),
            Tasks = state.Tasks.SetItem(id, state.Tasks[id] with { RevealCounter = state.Tasks[id].RevealCounter + 1, ResultDigest = Digest }),
        },
        position => new HubEvent.TaskRevealed(position, id, worker, Digest));

    private static IEnumerable<(Deal Deal, ulong Index)> Tasks(Deal deal) => Enumerable.Range(0, (int)deal.BotSize).Select(i => (deal, deal.BotFirst + (ulong)i));

    private static bool IsMeant(string intent, DealId deal, ulong index)
    {
        var parts = intent.Split(':');
        return parts[1] == TaskId.Of(deal, index).ToString() || (parts[1] == deal.ToString() && index / 40 == ulong.Parse(parts[2]));
    }

    private void Reopen(TaskId id)
    {
        var consensus = Hub.State.Tasks[id].ConsensusValue;
        Hub.Do(
            state => state with
            {
                Contributions = state.Contributions.SetItems(state.Contributions.Where(pair => pair.Key.Task == id && pair.Value.ResultHash == consensus)
                    .Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Status = ContributionStatus.Rejected }))),
                Tasks = state.Tasks.SetItem(id, state.Tasks[id] with { Status = ChainTaskStatus.Active, ConsensusValue = default, RevealDeadline = 0, WinnerCounter = 0 }),
            },
            position => new HubEvent.TaskReopened(position, id));
    }

    private ChainTask Opened(Deal deal, ulong index) => Hub.State.Tasks.GetValueOrDefault(TaskId.Of(deal.Id, index)) ?? new ChainTask(
        TaskId.Of(deal.Id, index), ChainTaskStatus.Active, deal.Id, index, TimeRef, deal.StartTimeSeconds + (7 * TimeRef), 0, deal.StartTimeSeconds + (10 * TimeRef),
        default, 0, 0, [], default, [], []);

    private void Set(ChainTask task, Func<EventPosition, HubEvent> happened) =>
        Hub.Do(state => state with { Tasks = state.Tasks.SetItem(task.Id, task) }, happened);
}
