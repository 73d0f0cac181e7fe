using Iexec.Ethereum.JsonRpc;

namespace Tests.Chain.Differential;

/// <summary>What a transaction did: whether it succeeded, what it returned (or the data it reverted with), its logs in order.</summary>
internal sealed record Outcome(bool Succeeded, byte[] Output, EventLog[] Logs, ulong GasUsed);
