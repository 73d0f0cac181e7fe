using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Testing.Chain;

namespace Tests.Unit.Scheduler;

/// <summary>One task told step by step: a chain in a few fields, workers that report, a clock. Every step runs the pure core.</summary>
internal sealed class Story
{
    public const ulong Start = 1_700_000_000;
    public const ulong TimeRef = 300;
    private const string Link = """{ "storage": "ipfs", "location": "/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPBdG" }""";
    private static readonly Bytes32 Digest = Keccak256.Hash("digest");
    private readonly Dictionary<Address, Contribution> _contributions = [];
    private ulong _seconds = Start;

    public Story(ulong trust = 1, int workers = 1, Tag tag = default, bool callback = false, ulong stake = 0)
    {
        var deal = new DealId(Keccak256.Hash("deal"));
        Task = ScheduledTask.Receive(
            new TaskTerms(
                deal.Value, 0, 0, TestAddress.Of(99), trust, tag.Value, TimeRef, Start + (7 * TimeRef), Start + (10 * TimeRef), "app:1", "", callback, 1) { WorkerStake = stake },
            Clock);
        Workers = [.. Enumerable.Range(0, workers).Select(static i => TestAddress.Of((ulong)i))];
        Live = [.. Workers];
        Chain = new ChainTask(Task.Id, ChainTaskStatus.Unset, deal, 0, 0, 0, 0, 0, default, 0, 0, [], default, [], []);
    }

    public ScheduledTask Task { get; private set; }

    public ChainTask Chain { get; set; }

    public IReadOnlyList<Address> Workers { get; }

    /// <summary>Workers heard of lately.</summary>
    public List<Address> Live { get; }

    /// <summary>What the last step wanted.</summary>
    public IReadOnlyList<TaskEffect> Effects { get; private set; } = [];

    /// <summary>Every message so far.</summary>
    public List<TaskEffect.Notify> Messages { get; } = [];

    public bool Claims { get; init; } = true;

    public bool Gpu { get; init; }

    /// <summary>False: the owner's wallet is empty.</summary>
    public bool HasGas { get; set; } = true;

    /// <summary>What every worker can lock, nRLC; null when nobody asked.</summary>
    public UInt256? FreeStake { get; set; }

    public ulong Block { get; set; } = 10;

    public Moment Now => new(_seconds, Clock);

    public PoolView Pool => new([.. Live.Select(LiveWorkerOf)], Claims, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), 5) { HasGas = HasGas };

    public IEnumerable<ScheduledTaskStatus> Path => Task.History.Select(static change => change.Status);

    private DateTimeOffset Clock => DateTimeOffset.FromUnixTimeSeconds((long)_seconds);

    public static Bytes32 Hash(string result) => Keccak256.Hash(result);

    public Replicate Replicate(int worker) => Task.Find(Workers[worker])!;

    public Story Wait(ulong seconds)
    {
        _seconds += seconds;
        Block++;
        return Do(new TaskEvent.Ticked());
    }

    public Story WaitUntil(ulong seconds) => Wait(seconds - _seconds);

    public Story Do(TaskEvent happened) => Take(TaskMachine.Decide(Task, happened, Pool, Now));

    public Story Observe()
    {
        Block++;
        return Do(new TaskEvent.ChainObserved(Snapshot()));
    }

    public ChainSnapshot Snapshot() => new(Block, Chain, new Dictionary<Address, Contribution>(_contributions));

    /// <summary>The initialization is mined.</summary>
    public Story Open()
    {
        Chain = Chain with
        {
            Status = ChainTaskStatus.Active,
            TimeRefSeconds = TimeRef,
            ContributionDeadline = Task.Terms.ContributionDeadline,
            FinalDeadline = Task.Terms.FinalDeadline,
        };
        return Observe();
    }

    public bool Assign(int worker)
    {
        if (TaskMachine.Assign(Task, LiveWorkerOf(Workers[worker]), Pool, Now) is not { } decision)
        {
            return false;
        }

        Take(decision);
        return true;
    }

    public StatusUpdateAnswer Report(int worker, ReplicateStatus status, ReplicateStatusDetails? details = null)
    {
        var (decision, answer) = TaskMachine.Report(Task, Workers[worker], new ReplicateStatusUpdate(status, details), Pool, Now);
        Take(decision);
        return answer;
    }

    /// <summary>Given, computed, contribution mined; the chain counts votes by the protocol's rule.</summary>
    public Story Compute(int worker, string result = "right")
    {
        Assign(worker);
        Report(worker, ReplicateStatus.Starting);
        Report(worker, ReplicateStatus.Computed);
        return Contribute(worker, result);
    }

    public Story Contribute(int worker, string result = "right")
    {
        var hash = Hash(result);
        _contributions[Workers[worker]] = new Contribution(ContributionStatus.Contributed, hash, default, default, 1);
        Chain = Chain with { Contributors = [.. Chain.Contributors, Workers[worker]] };
        var votes = _contributions.Values.Where(static one => one.Status != ContributionStatus.Rejected).Aggregate(Consensus.Empty, static (votes, one) => votes.Add(one.ResultHash, 0));
        if (Chain.Status == ChainTaskStatus.Active && votes.IsReached(hash, Task.Terms.Trust))
        {
            Chain = Chain with
            {
                Status = ChainTaskStatus.Revealing,
                ConsensusValue = hash,
                RevealDeadline = _seconds + (2 * TimeRef),
                WinnerCounter = (ulong)_contributions.Values.Count(one => one.ResultHash == hash && one.Status != ContributionStatus.Rejected),
            };
        }

        return Observe();
    }

    public Story Reveal(int worker)
    {
        _contributions[Workers[worker]] = _contributions[Workers[worker]] with { Status = ContributionStatus.Proved };
        Chain = Chain with { RevealCounter = Chain.RevealCounter + 1, ResultDigest = Digest };
        return Observe();
    }

    public StatusUpdateAnswer Upload(int worker, string? link = null)
    {
        Report(worker, ReplicateStatus.ResultUploading);
        return Report(worker, ReplicateStatus.ResultUploaded, new ReplicateStatusDetails { ResultLink = link ?? Link });
    }

    /// <summary>The chain loses the contribution again.</summary>
    public Story TakeBackContribution(int worker)
    {
        _contributions.Remove(Workers[worker]);
        Chain = Chain with
        {
            Status = ChainTaskStatus.Active, ConsensusValue = default, RevealDeadline = 0, WinnerCounter = 0, RevealCounter = 0,
            Contributors = [.. Chain.Contributors.Where(other => other != Workers[worker])],
        };
        return Observe();
    }

    /// <summary>The reopening is mined: whoever stands for the consensus is out.</summary>
    public Story Reopen()
    {
        foreach (var (worker, contribution) in _contributions.Where(pair => pair.Value.ResultHash == Chain.ConsensusValue).ToList())
        {
            _contributions[worker] = contribution with { Status = ContributionStatus.Rejected };
        }

        Chain = Chain with { Status = ChainTaskStatus.Active, ConsensusValue = default, RevealDeadline = 0, WinnerCounter = 0 };
        return Observe();
    }

    public Story Settle(ChainTaskStatus status)
    {
        Chain = Chain with { Status = status };
        return Observe();
    }

    public TaskNotificationType? LastMessageTo(int worker) => Messages.LastOrDefault(message => message.Worker == Workers[worker])?.Order.Type;

    private LiveWorker LiveWorkerOf(Address worker) => new(worker, UInt256.Zero, false, false, Gpu) { FreeStakeNrlc = FreeStake };

    private Story Take(Decision decision)
    {
        (Task, Effects) = (decision.Task, decision.Effects);
        Messages.AddRange(Effects.OfType<TaskEffect.Notify>());
        return this;
    }
}
