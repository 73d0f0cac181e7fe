using Iexec.Ethereum;

namespace Iexec.Poco.Escrow;

/// <summary>An account in the escrow, in nRLC: free stake and what deals and contributions hold.</summary>
public sealed record Account(UInt256 Stake, UInt256 Locked);
