using Iexec.Ethereum.Transactions;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>The <c>eth_*</c> methods that the product uses, typed. Errors as in <see cref="JsonRpcClient"/>.</summary>
public sealed class EthClient(JsonRpcClient rpc)
{
    /// <summary>The transport, for other methods and for mixed batches.</summary>
    public JsonRpcClient Rpc => rpc;

    /// <summary><c>eth_chainId</c>.</summary>
    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_blockNumber</c>.</summary>
    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_getBlockByNumber</c>; null = latest. Null when the node has no such block.</summary>
    public Task<BlockHeader?> GetBlockAsync(ulong? number, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_getBlockByHash</c>. Null when the node no longer has the block (reorg).</summary>
    public Task<BlockHeader?> GetBlockAsync(Bytes32 hash, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_getBalance</c> at latest, in wei.</summary>
    public Task<UInt256> GetBalanceAsync(Address account, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_getCode</c> at latest.</summary>
    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_getTransactionCount</c>: the next nonce, counting pending transactions if asked.</summary>
    public Task<ulong> GetTransactionCountAsync(Address account, bool pending, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_call</c> at a block, null = latest.</summary>
    public Task<byte[]> CallAsync(EthCall call, ulong? block, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Many <c>eth_call</c>s in one round trip; an entry holds data or the error.</summary>
    public Task<CallReply[]> CallManyAsync(IReadOnlyList<EthCall> calls, ulong? block, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_estimateGas</c>.</summary>
    public Task<ulong> EstimateGasAsync(EthCall call, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Fees for inclusion in one of the next blocks: EIP-1559 with maxFee = 2 × base fee + tip when the chain has a base fee, else
    /// <c>eth_gasPrice</c>. One round trip.
    /// </summary>
    public Task<TransactionFees> SuggestFeesAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_sendRawTransaction</c>. A node that already knows the transaction counts as success.</summary>
    public Task<Bytes32> SendRawAsync(SignedTransaction transaction, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_getTransactionReceipt</c>. Null while not mined.</summary>
    public Task<TransactionReceipt?> GetReceiptAsync(Bytes32 hash, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary><c>eth_getLogs</c>.</summary>
    public Task<EventLog[]> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => throw new NotImplementedException();
}

/// <summary>One answer of <see cref="EthClient.CallManyAsync"/>.</summary>
public readonly record struct CallReply(byte[]? Data, JsonRpcException? Error)
{
    /// <summary>The data, or throws the error.</summary>
    public byte[] GetData() => Data ?? throw Error!;
}
