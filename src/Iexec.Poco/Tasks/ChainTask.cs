using Iexec.Ethereum;

namespace Iexec.Poco.Tasks;

/// <summary>Where a task stands on the chain.</summary>
public enum ChainTaskStatus : byte
{
    /// <summary>Not initialized.</summary>
    Unset = 0,

    /// <summary>Contributions are open.</summary>
    Active = 1,

    /// <summary>Consensus reached; its contributors reveal.</summary>
    Revealing = 2,

    /// <summary>Finalized: result on the chain, everybody paid.</summary>
    Completed = 3,

    /// <summary>Claimed after the final deadline: everybody refunded.</summary>
    Failed = 4,
}

/// <summary>A task as <c>viewTask</c> gives it. Times are Unix seconds of the chain, 0 when not set.</summary>
public sealed record ChainTask(
    TaskId Id,
    ChainTaskStatus Status,
    DealId DealId,
    ulong Index,
    ulong TimeRefSeconds,
    ulong ContributionDeadline,
    ulong RevealDeadline,
    ulong FinalDeadline,
    Bytes32 ConsensusValue,
    ulong RevealCounter,
    ulong WinnerCounter,
    Address[] Contributors,
    Bytes32 ResultDigest,
    byte[] Results,
    byte[] ResultsCallback);

/// <summary>Where a worker's contribution stands on the chain.</summary>
public enum ContributionStatus : byte
{
    /// <summary>None.</summary>
    Unset = 0,

    /// <summary>Hash and seal are there, the stake is locked.</summary>
    Contributed = 1,

    /// <summary>Revealed and right.</summary>
    Proved = 2,

    /// <summary>Discarded by a reopening.</summary>
    Rejected = 3,
}

/// <summary>One worker's contribution as <c>viewContribution</c> gives it.</summary>
public sealed record Contribution(ContributionStatus Status, Bytes32 ResultHash, Bytes32 ResultSeal, Address EnclaveChallenge, UInt256 Weight);
