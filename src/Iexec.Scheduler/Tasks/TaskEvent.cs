using Iexec.Ethereum;
using Iexec.Poco.Tasks;

namespace Iexec.Scheduler.Tasks;

/// <summary>The chain's word on a task at one block.</summary>
internal sealed record ChainSnapshot(ulong BlockNumber, ChainTask Task, IReadOnlyDictionary<Address, Contribution> Contributions);

/// <summary>A transaction of the scheduler's.</summary>
internal enum TransactionKind
{
    Initialize,
    Reopen,
    Finalize,
    Claim,
}

/// <summary>What can happen to a task, besides a worker's report.</summary>
internal abstract record TaskEvent
{
    private TaskEvent()
    {
    }

    /// <summary>Time passed.</summary>
    public sealed record Ticked : TaskEvent;

    /// <summary>The chain was read.</summary>
    public sealed record ChainObserved(ChainSnapshot Snapshot) : TaskEvent;

    /// <summary>A reorganisation took back everything after a block: what was read later does not count.</summary>
    public sealed record ChainRolledBack(ulong AncestorBlock) : TaskEvent;

    /// <summary>A transaction was refused or reverted: nothing changed on the chain.</summary>
    public sealed record TransactionRefused(TransactionKind Kind, string Reason) : TaskEvent;

    /// <summary>A worker has not been heard of for too long.</summary>
    public sealed record WorkerSilent(Address Worker) : TaskEvent;

    /// <summary>It is heard of again.</summary>
    public sealed record WorkerBack(Address Worker) : TaskEvent;

    /// <summary>It has restarted and asks what to do.</summary>
    public sealed record WorkerRestarted(Address Worker) : TaskEvent;
}
