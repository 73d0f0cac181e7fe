using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Tasks;

namespace Tests.Chain.Differential;

/// <summary>A deal on both sides, with as much as is needed to go on with it.</summary>
/// <param name="IsSponsored">Somebody else than the requester paid.</param>
internal sealed record TwinDeal(
    Twin<DealId> Id, RequestOrder Request, PrivateKey Scheduler, Tag Tag, ulong First, ulong Volume, bool IsBoost, bool IsSponsored, ulong StartTime)
{
    private static readonly ulong[] TimeReferences = [300, 1_200, 3_600, 10_800, 36_000];

    public ulong TimeReference => Request.Category < (ulong)TimeReferences.Length ? TimeReferences[(int)Request.Category] : 300;

    public ulong ContributionDeadline => StartTime + (7 * TimeReference);

    public ulong FinalDeadline => StartTime + (10 * TimeReference);

    public List<TwinTask> Tasks { get; } = [];

    public bool WantsEnclave => Tag.Has(Tag.TeeBit);
}

/// <summary>A task of a deal and how far it came.</summary>
internal sealed class TwinTask(TwinDeal deal, ulong index)
{
    public TwinDeal Deal { get; } = deal;

    public ulong Index { get; } = index;

    public Twin<TaskId> Id { get; } = Twin.Of(side => TaskId.Of(deal.Id[side], index));

    public ChainTaskStatus Status { get; set; }

    public Bytes32 Consensus { get; set; }

    public ulong RevealDeadline { get; set; }

    public List<TwinContribution> Contributions { get; } = [];

    public bool IsOpen => Status is ChainTaskStatus.Active or ChainTaskStatus.Revealing;
}

/// <summary>What a worker said. <paramref name="Digest"/> is the same on both sides, its hash is not.</summary>
internal sealed record TwinContribution(PrivateKey Worker, Bytes32 Digest)
{
    public bool IsRevealed { get; set; }

    public bool IsRejected { get; set; }
}
