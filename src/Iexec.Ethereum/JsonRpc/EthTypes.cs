namespace Iexec.Ethereum.JsonRpc;

/// <summary>Head of a block. <paramref name="Timestamp"/> is in Unix seconds; <paramref name="BaseFeePerGas"/> in wei, null before EIP-1559.</summary>
public sealed record BlockHeader(ulong Number, Bytes32 Hash, Bytes32 ParentHash, ulong Timestamp, UInt256? BaseFeePerGas);

/// <summary>One event log.</summary>
public sealed record EventLog(
    Address Address, Bytes32[] Topics, byte[] Data, ulong BlockNumber, Bytes32 BlockHash, Bytes32 TransactionHash, ulong LogIndex);

/// <summary>Outcome of a mined transaction. <paramref name="Succeeded"/> is false when it reverted.</summary>
public sealed record TransactionReceipt(
    Bytes32 TransactionHash, bool Succeeded, ulong BlockNumber, Bytes32 BlockHash, ulong GasUsed, UInt256 EffectiveGasPrice, Address? ContractAddress, EventLog[] Logs);

/// <summary>What <c>eth_getLogs</c> takes: a closed block range, addresses (any of), topics by position (any of; null = all).</summary>
public sealed record LogFilter(ulong FromBlock, ulong ToBlock, IReadOnlyList<Address> Addresses, IReadOnlyList<IReadOnlyList<Bytes32>?> Topics);

/// <summary>A message call or a gas estimate. A null <paramref name="To"/> creates a contract.</summary>
public sealed record EthCall(Address? From, Address? To, ReadOnlyMemory<byte> Data, UInt256 ValueWei = default);
