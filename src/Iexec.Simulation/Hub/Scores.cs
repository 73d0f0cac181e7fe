using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Rules;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>
/// Reputation. Everybody sees the score over all pools. What a worker's vote weighs follows, unless the hub is strict, from its score in the tasks of the same pool:
/// whoever runs a pool of his own can give his own workers any score there, and it is worth nothing elsewhere.
/// </summary>
internal static class Scores
{
    /// <summary>The score that a worker's vote weighs by in a deal.</summary>
    public static UInt256 VotingScore(this Execution execution, Deal deal, Address worker) =>
        execution.Settings.Strict ? execution.State.Hub.AccountOf(worker).Score : execution.ScoreIn(deal.Workerpool.Pointer, worker);

    /// <summary>The score of a worker in the tasks of one pool.</summary>
    public static UInt256 ScoreIn(this Execution execution, Address workerpool, Address worker) =>
        execution.State.Hub.PoolScores.GetValueOrDefault((workerpool, worker));

    /// <summary>A contribution agreed with others. AccurateContribution.</summary>
    public static void Praise(this Execution execution, Deal deal, Address worker, TaskId task)
    {
        execution.ChangeScores(deal, worker, Reputation.AfterSuccess);
        execution.LogAccurateContribution(worker, task);
    }

    /// <summary>A contribution was wrong or not revealed. FaultyContribution.</summary>
    public static void Blame(this Execution execution, Deal deal, Address worker, TaskId task)
    {
        execution.ChangeScores(deal, worker, Reputation.AfterFailure);
        execution.LogFaultyContribution(worker, task);
    }

    private static void ChangeScores(this Execution execution, Deal deal, Address worker, Func<UInt256, UInt256> change)
    {
        execution.ChangeAccount(worker, account => account with { Score = change(account.Score) });
        if (!execution.Settings.Strict)
        {
            var key = (deal.Workerpool.Pointer, worker);
            execution.ChangeHub(hub => hub with { PoolScores = hub.PoolScores.SetItem(key, change(hub.PoolScores.GetValueOrDefault(key))) });
        }
    }
}
