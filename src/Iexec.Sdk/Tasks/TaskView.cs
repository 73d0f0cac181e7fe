using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Results;

namespace Iexec.Sdk.Tasks;

/// <summary>A task on the chain, and what its pool says of it.</summary>
/// <param name="Task">On the chain.</param>
/// <param name="ChainTimeSeconds">Time of the head, which decides what is too late.</param>
/// <param name="Reason">Why it waits or failed, or why its result is only the report of an error; null when nobody says.</param>
public sealed record TaskView(ChainTask Task, ulong ChainTimeSeconds, string? Reason)
{
    /// <summary>The pool says that it will not go on: all that is left is a claim after the final deadline. The pool's word, not the chain's.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>The pool says that a worker has run the app, to its end or to its failure.</summary>
    public bool HasRun { get; init; }

    /// <summary>Not settled after its final deadline.</summary>
    public bool IsTimedOut =>
        Task.Status is not (ChainTaskStatus.Completed or ChainTaskStatus.Failed) && Task.FinalDeadline > 0 && ChainTimeSeconds >= Task.FinalDeadline;

    /// <summary>Nothing more will happen without a claim.</summary>
    public bool IsOver => IsTimedOut || Task.Status is ChainTaskStatus.Completed or ChainTaskStatus.Failed;

    /// <summary>Completed with what the app has computed, as far as the pool says.</summary>
    public bool IsSuccess => Task.Status == ChainTaskStatus.Completed && Reason is null;

    /// <summary>UNSET, ACTIVE, REVEALING, COMPLETED, FAILED or TIMEOUT.</summary>
    public string StatusName => IsTimedOut ? "TIMEOUT" : Task.Status.ToString().ToUpperInvariant();

    /// <summary>TASK_UPDATED, TASK_COMPLETED, TASK_TIMEDOUT or TASK_FAILED, as the official client names what it observes.</summary>
    public string Message => IsTimedOut ? "TASK_TIMEDOUT" : Task.Status switch
    {
        ChainTaskStatus.Completed => "TASK_COMPLETED",
        ChainTaskStatus.Failed => "TASK_FAILED",
        _ => "TASK_UPDATED",
    };

    /// <summary>Members under the official names.</summary>
    internal JsonObject ToJson()
    {
        var link = ResultLink.Read(Task.Results);
        var results = new JsonObject { ["storage"] = link.Storage };
        if (link.Location is not null)
        {
            results["location"] = link.Location;
        }

        return new JsonObject
        {
            ["taskid"] = Task.Id.ToString(),
            ["status"] = (int)Task.Status,
            ["dealid"] = Task.DealId.ToString(),
            ["idx"] = Task.Index,
            ["timeref"] = Task.TimeRefSeconds,
            ["contributionDeadline"] = Task.ContributionDeadline,
            ["revealDeadline"] = Task.RevealDeadline,
            ["finalDeadline"] = Task.FinalDeadline,
            ["consensusValue"] = Task.ConsensusValue.ToString(),
            ["revealCounter"] = Task.RevealCounter,
            ["winnerCounter"] = Task.WinnerCounter,
            ["contributors"] = new JsonArray([.. Task.Contributors.Select(worker => (JsonNode)worker.ToString())]),
            ["resultDigest"] = Task.ResultDigest.ToString(),
            ["results"] = results,
            ["resultsTimestamp"] = 0, // a member of the interface that the contracts never write
            ["resultsCallback"] = Hex.Encode(Task.ResultsCallback),
            ["statusName"] = StatusName,
            ["taskTimedOut"] = IsTimedOut,
        };
    }
}
