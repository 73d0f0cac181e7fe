using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;

namespace Tests.Chain.Differential;

/// <summary>A transaction that somebody tries on both sides.</summary>
/// <param name="Function">Its name, under which differences and coverage are listed.</param>
internal sealed record Move(string Function, PrivateKey From, Func<Side, ContractCall> Call)
{
    public UInt256 ValueWei { get; init; }

    /// <summary>What has to be known of its outcome before the two can be compared: which names on the two sides mean the same.</summary>
    public Action<Twin<Outcome>>? Learn { get; init; }

    /// <summary>What it changes in the world if it succeeds.</summary>
    public Action<Twin<Outcome>>? Then { get; init; }

    /// <summary>What is read and compared afterwards, beside the accounts of everybody.</summary>
    public IReadOnlyList<View> Views { get; init; } = [];
}
