using System.Globalization;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;

namespace Iexec.Host.Chain;

/// <summary>The node's own methods, which only the host uses.</summary>
internal sealed class NodeAdmin(JsonRpcClient rpc)
{
    public EthClient Eth { get; } = new(rpc);

    public Task SetBalanceAsync(Address account, UInt256 wei, CancellationToken cancellationToken) =>
        rpc.CallAsync(new RpcCall("anvil_setBalance", $"""["{account}","{wei.ToQuantity()}"]"""), cancellationToken);

    public Task MineAsync(CancellationToken cancellationToken) => rpc.CallAsync(new RpcCall("evm_mine", "[]"), cancellationToken);

    public Task SetIntervalMiningAsync(int seconds, CancellationToken cancellationToken) =>
        rpc.CallAsync(new RpcCall("evm_setIntervalMining", string.Create(CultureInfo.InvariantCulture, $"[{seconds}]")), cancellationToken);

    public Task SetAutomineAsync(bool on, CancellationToken cancellationToken) =>
        rpc.CallAsync(new RpcCall("evm_setAutomine", on ? "[true]" : "[false]"), cancellationToken);

    /// <summary>Accounts, blocks, transactions and receipts, compressed by the node.</summary>
    public async Task<byte[]> DumpStateAsync(CancellationToken cancellationToken) =>
        Hex.Decode((await rpc.CallAsync(new RpcCall("anvil_dumpState", "[]"), cancellationToken)).GetString()!);

    public Task LoadStateAsync(byte[] state, CancellationToken cancellationToken) =>
        rpc.CallAsync(new RpcCall("anvil_loadState", $"[\"{Hex.Encode(state)}\"]"), cancellationToken);

    /// <summary>True if any block of the closed range has a transaction.</summary>
    public async Task<bool> HasTransactionsAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken)
    {
        var calls = new List<RpcCall>();
        for (var number = fromBlock; number <= toBlock; number++)
        {
            calls.Add(new RpcCall("eth_getBlockTransactionCountByNumber", $"""["{((UInt256)number).ToQuantity()}"]"""));
        }

        var replies = await rpc.BatchAsync(calls, cancellationToken);
        return replies.Any(static reply => reply.GetResult() is { ValueKind: JsonValueKind.String } count && count.GetString() != "0x0");
    }
}
