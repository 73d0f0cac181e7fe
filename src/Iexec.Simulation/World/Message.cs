using Iexec.Ethereum;

namespace Iexec.Simulation.World;

/// <summary>A call from one account to another: who calls (as the callee sees it), whom, with what data and how many wei.</summary>
public sealed record Message(Address Sender, Address Target, ReadOnlyMemory<byte> Data, UInt256 ValueWei = default);

/// <summary>An event as a node would show it. Topic 0 names the event.</summary>
public sealed record SimulatedLog(Address Emitter, IReadOnlyList<Bytes32> Topics, byte[] Data);

/// <summary>
/// How a call or a transaction ended: the data that it returned, or the data that it reverted with (empty, <c>Error(string)</c>,
/// <c>Panic(uint256)</c> or a custom error), and its events, none when it reverted.
/// </summary>
public sealed record Outcome(bool Succeeded, byte[] Data, IReadOnlyList<SimulatedLog> Logs);
