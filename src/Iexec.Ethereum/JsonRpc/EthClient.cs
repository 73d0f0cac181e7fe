using System.Text.Json;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Transactions;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>The <c>eth_*</c> methods that the product uses, typed. Errors as in <see cref="JsonRpcClient"/>.</summary>
public sealed class EthClient(JsonRpcClient rpc)
{
    /// <summary>The transport, for other methods and for mixed batches.</summary>
    public JsonRpcClient Rpc => rpc;

    /// <summary><c>eth_chainId</c>.</summary>
    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) =>
        AskAsync("eth_chainId", EthParams.None, EthResults.Ulong, cancellationToken);

    /// <summary><c>eth_blockNumber</c>.</summary>
    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) =>
        AskAsync("eth_blockNumber", EthParams.None, EthResults.Ulong, cancellationToken);

    /// <summary><c>eth_getBlockByNumber</c>; null = latest. Null when the node has no such block.</summary>
    public Task<BlockHeader?> GetBlockAsync(ulong? number, CancellationToken cancellationToken) =>
        AskAsync("eth_getBlockByNumber", EthParams.BlockHeader(EthParams.Block(number)), EthResults.Block, cancellationToken);

    /// <summary><c>eth_getBlockByHash</c>. Null when the node no longer has the block (reorg).</summary>
    public Task<BlockHeader?> GetBlockAsync(Bytes32 hash, CancellationToken cancellationToken) =>
        AskAsync("eth_getBlockByHash", EthParams.BlockHeader(hash.ToString()), EthResults.Block, cancellationToken);

    /// <summary><c>eth_getBalance</c> at latest, in wei.</summary>
    public Task<UInt256> GetBalanceAsync(Address account, CancellationToken cancellationToken) =>
        AskAsync("eth_getBalance", EthParams.Of(account.ToHex(), "latest"), EthResults.Quantity, cancellationToken);

    /// <summary><c>eth_getCode</c> at latest.</summary>
    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) =>
        AskAsync("eth_getCode", EthParams.Of(account.ToHex(), "latest"), EthResults.Data, cancellationToken);

    /// <summary><c>eth_getTransactionCount</c>: the next nonce, counting pending transactions if asked.</summary>
    public Task<ulong> GetTransactionCountAsync(Address account, bool pending, CancellationToken cancellationToken) =>
        AskAsync("eth_getTransactionCount", EthParams.Of(account.ToHex(), pending ? "pending" : "latest"), EthResults.Ulong, cancellationToken);

    /// <summary><c>eth_call</c> at a block, null = latest.</summary>
    /// <exception cref="RevertException">The call reverted.</exception>
    public Task<byte[]> CallAsync(EthCall call, ulong? block, CancellationToken cancellationToken) =>
        AskAsync("eth_call", EthParams.Call(call, EthParams.Block(block)), EthResults.Data, cancellationToken);

    /// <summary>As <see cref="CallAsync(EthCall, ulong?, CancellationToken)"/>, decoded. <see cref="AbiException"/>: by <paramref name="decode"/>.</summary>
    public Task<T> CallAsync<T>(EthCall call, ulong? block, Func<byte[], T> decode, CancellationToken cancellationToken) =>
        AskAsync("eth_call", EthParams.Call(call, EthParams.Block(block)), answer => decode(EthResults.Data(answer)), cancellationToken);

    /// <summary>Many <c>eth_call</c>s in one round trip; an entry holds data or the error.</summary>
    public async Task<CallReply[]> CallManyAsync(IReadOnlyList<EthCall> calls, ulong? block, CancellationToken cancellationToken)
    {
        var replies = await rpc.BatchAsync(Calls(calls, block), cancellationToken).ConfigureAwait(false);
        return ReadCalls(replies);
    }

    /// <summary><c>eth_chainId</c> and many <c>eth_call</c>s at latest, in one round trip: all of one node.</summary>
    public async Task<ChainReply> CallManyWithChainIdAsync(IReadOnlyList<EthCall> calls, CancellationToken cancellationToken)
    {
        var replies = await rpc.BatchAsync([new("eth_chainId", EthParams.None), .. Calls(calls, null)], cancellationToken).ConfigureAwait(false);
        return new ChainReply(Read(replies[0].GetResult(), EthResults.Ulong), ReadCalls(replies[1..]));
    }

    /// <summary><c>eth_getBalance</c> in wei and many <c>eth_call</c>s at latest, in one round trip.</summary>
    public async Task<BalanceReply> CallManyWithBalanceAsync(Address account, IReadOnlyList<EthCall> calls, CancellationToken cancellationToken)
    {
        var replies = await rpc.BatchAsync([new("eth_getBalance", EthParams.Of(account.ToHex(), "latest")), .. Calls(calls, null)], cancellationToken).ConfigureAwait(false);
        return new BalanceReply(Read(replies[0].GetResult(), EthResults.Quantity), ReadCalls(replies[1..]));
    }

    private static RpcCall[] Calls(IReadOnlyList<EthCall> calls, ulong? block)
    {
        var tag = EthParams.Block(block);
        var written = new RpcCall[calls.Count];
        for (var i = 0; i < written.Length; i++)
        {
            written[i] = new("eth_call", EthParams.Call(calls[i], tag));
        }

        return written;
    }

    private CallReply[] ReadCalls(RpcReply[] replies) => Array.ConvertAll(
        replies, reply => reply.Error is { } error ? new CallReply(null, error) : new CallReply(Read(reply.Result, EthResults.Data), null));

    /// <summary><c>eth_estimateGas</c>.</summary>
    /// <exception cref="RevertException">The call reverted.</exception>
    public Task<ulong> EstimateGasAsync(EthCall call, CancellationToken cancellationToken) =>
        AskAsync("eth_estimateGas", EthParams.Call(call, null), EthResults.Ulong, cancellationToken);

    /// <summary>
    /// Fees for inclusion in one of the next blocks: EIP-1559 with maxFee = 2 × base fee + tip when the chain has a base fee, else
    /// <c>eth_gasPrice</c>. One round trip.
    /// </summary>
    public async Task<TransactionFees> SuggestFeesAsync(CancellationToken cancellationToken)
    {
        var replies = await rpc.BatchAsync(
            [
                new("eth_getBlockByNumber", EthParams.BlockHeader("latest")),
                new("eth_gasPrice", EthParams.None),
                new("eth_maxPriorityFeePerGas", EthParams.None),
            ],
            cancellationToken).ConfigureAwait(false);
        var block = Read(replies[0].GetResult(), EthResults.Block);
        var gasPrice = Read(replies[1].GetResult(), EthResults.Quantity);

        // Chains without EIP-1559 do not know the third method.
        UInt256? tip = replies[2].Error is null ? Read(replies[2].Result, EthResults.Quantity) : null;
        return FeePolicy.Suggest(block?.BaseFeePerGas, gasPrice, tip);
    }

    /// <summary><c>eth_sendRawTransaction</c>. A node that already knows the transaction counts as success.</summary>
    public async Task<Bytes32> SendRawAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await rpc.CallAsync(new("eth_sendRawTransaction", EthParams.Of(Hex.Encode(transaction.Raw))), cancellationToken).ConfigureAwait(false);
        }
        catch (JsonRpcException e) when (e.Kind == NodeErrorKind.AlreadyKnown)
        {
            // Sent before an interruption, or by a copy of us: the same bytes have the same hash.
        }

        return transaction.Hash;
    }

    /// <summary><c>eth_getTransactionReceipt</c>. Null while not mined.</summary>
    public Task<TransactionReceipt?> GetReceiptAsync(Bytes32 hash, CancellationToken cancellationToken) =>
        AskAsync("eth_getTransactionReceipt", EthParams.Of(hash.ToString()), EthResults.Receipt, cancellationToken);

    /// <summary><c>eth_getLogs</c>.</summary>
    public Task<EventLog[]> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        AskAsync("eth_getLogs", EthParams.Logs(filter), EthResults.Logs, cancellationToken);

    /// <summary>
    /// <c>eth_getLogs</c> together with the header of the last block of the range, in one request, so that both come from one node
    /// behind a load balancer. The header is null, and the logs are empty, when that node does not have the block yet.
    /// </summary>
    public async Task<(BlockHeader? End, EventLog[] Logs)> GetLogsAndEndAsync(LogFilter filter, CancellationToken cancellationToken)
    {
        var replies = await rpc.BatchAsync(
            [new("eth_getBlockByNumber", EthParams.BlockHeader(EthParams.Block(filter.ToBlock))), new("eth_getLogs", EthParams.Logs(filter))],
            cancellationToken).ConfigureAwait(false);
        var end = Read(replies[0].GetResult(), EthResults.Block);

        // Some nodes refuse a range that ends above their head instead of answering with what they have.
        return end is null ? (null, []) : (end, Read(replies[1].GetResult(), EthResults.Logs));
    }

    private async Task<T> AskAsync<T>(string method, string parameters, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        Read((await rpc.BatchAsync([new(method, parameters)], cancellationToken).ConfigureAwait(false))[0].GetResult(), read);

    private T Read<T>(JsonElement result, Func<JsonElement, T> read)
    {
        try
        {
            return read(result);
        }
        catch (FormatException e) when (e is not AbiException)
        {
            throw new NodeUnreachableException(rpc.Host, e);
        }
    }
}

/// <summary>Answers of <see cref="EthClient.CallManyWithChainIdAsync"/>.</summary>
public sealed record ChainReply(ulong ChainId, IReadOnlyList<CallReply> Calls);

/// <summary>Answers of <see cref="EthClient.CallManyWithBalanceAsync"/>.</summary>
public sealed record BalanceReply(UInt256 Wei, IReadOnlyList<CallReply> Calls);

/// <summary>One answer of <see cref="EthClient.CallManyAsync"/>.</summary>
public sealed record CallReply(byte[]? Data, JsonRpcException? Error)
{
    /// <summary>The data, or throws the error.</summary>
    public byte[] GetData() => Data ?? throw Error!;
}
