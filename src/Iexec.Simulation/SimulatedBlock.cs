using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Simulation.World;

namespace Iexec.Simulation;

/// <summary>
/// A block of a simulated chain: the receipt of its only transaction, if it has one, the events of it that <see cref="IHub"/> knows, and the state after it.
/// </summary>
public sealed record SimulatedBlock(BlockHeader Header, TransactionReceipt? Receipt, IReadOnlyList<HubEvent> Events, WorldState State);
