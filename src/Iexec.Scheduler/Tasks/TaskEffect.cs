using Iexec.Ethereum;
using Iexec.Scheduler.Replicates;

namespace Iexec.Scheduler.Tasks;

/// <summary>What a decision wants done. Transactions are wanted again by every later decision until the chain shows them done.</summary>
internal abstract record TaskEffect
{
    private TaskEffect()
    {
    }

    /// <summary>Open the task on the chain; tasks of one deal are opened together on the first attempt.</summary>
    public sealed record Initialize(int Attempt) : TaskEffect;

    /// <summary>Give a task back to contribution whose winners have all failed to reveal; they are out.</summary>
    public sealed record Reopen(int Attempt) : TaskEffect;

    /// <summary>Close it with the result.</summary>
    public sealed record Finalize(int Attempt, string ResultLink, string? CallbackData) : TaskEffect;

    /// <summary>Refund everybody; a task that was never opened is opened and claimed at once.</summary>
    public sealed record Claim(int Attempt, bool IsInitialized) : TaskEffect;

    /// <summary>Tell a worker. Stored together with the decision, so that it is neither lost nor invented.</summary>
    public sealed record Notify(Address Worker, Order Order) : TaskEffect;
}

/// <summary>What became of an event.</summary>
internal sealed record Decision(ScheduledTask Task, IReadOnlyList<TaskEffect> Effects);
