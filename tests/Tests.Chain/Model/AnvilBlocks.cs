using System.Globalization;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Simulation.World;
using Iexec.Testing;

namespace Tests.Chain.Model;

/// <summary>
/// Many transactions of anybody in one block of a node that asks for no signatures, in few round trips. The node executes a batch of requests in any order, so each transaction pays
/// less for its gas than the one before, and the node sorts by that.
/// </summary>
internal sealed class AnvilBlocks(AnvilProcess node)
{
    private const string PlentyOfWei = "0xffffffffffffffffffffffff";
    private readonly Dictionary<Address, ulong> _nonces = [];

    public static AnvilOptions Options { get; } = new(
        ChainId: 65535,
        BlockTimeSeconds: null,
        "--auto-impersonate", "--order", "fees", "--base-fee", "0", "--gas-limit", "10000000000", "--hardfork", "cancun");

    /// <summary>Outcome of each, as the node tells it.</summary>
    public async Task<IReadOnlyList<Outcome>> ExecuteAsync(ulong timestamp, IReadOnlyList<Message> messages)
    {
        await FundAsync(messages);
        var calls = new List<RpcCall> { new("evm_setNextBlockTimestamp", $"[{timestamp.ToString(CultureInfo.InvariantCulture)}]") };
        calls.AddRange(messages.Select((message, index) => Transaction(message, messages.Count - index)));
        var hashes = (await BatchAsync(calls)).Skip(1).Select(reply => reply.GetString()!).ToArray();
        await node.RpcAsync("evm_mine", "[]");
        var replies = await BatchAsync(
        [
            new("eth_getBlockReceipts", "[\"latest\"]"),
            new("debug_traceBlockByNumber", "[\"latest\",{\"tracer\":\"callTracer\",\"tracerConfig\":{\"onlyTopCall\":true}}]"),
        ]);
        var receipts = replies[0].EnumerateArray().ToArray();
        var traces = replies[1].EnumerateArray().ToArray();
        if (!receipts.Select(receipt => receipt.GetProperty("transactionHash").GetString()!).SequenceEqual(hashes))
        {
            throw new InvalidOperationException("The node mined the transactions in another order, or not all of them.");
        }

        return [.. receipts.Zip(traces, (receipt, trace) => OutcomeOf(receipt, trace.GetProperty("result")))];
    }

    /// <summary>Answers of views at the latest block: data, or revert data.</summary>
    public async Task<IReadOnlyList<Outcome>> AskAsync(IReadOnlyList<View> views)
    {
        var replies = await node.Eth.CallManyAsync(
            [.. views.Select(view => new EthCall(null, view.Message.Target, view.Message.Data))], null, CancellationToken.None);
        return [.. replies.Select(reply => reply.Error switch
        {
            null => new Outcome(true, reply.Data!, []),
            RevertException revert => new Outcome(false, revert.Reason.Data, []),
            var error => throw error,
        })];
    }

    private async Task FundAsync(IReadOnlyList<Message> messages)
    {
        var strangers = messages.Select(message => message.Sender).Where(sender => !_nonces.ContainsKey(sender)).Distinct().ToArray();
        foreach (var sender in strangers)
        {
            _nonces[sender] = await node.Eth.GetTransactionCountAsync(sender, pending: false, CancellationToken.None);
            await node.RpcAsync("anvil_setBalance", $"[\"{sender.ToHex()}\",\"{PlentyOfWei}\"]");
        }
    }

    private RpcCall Transaction(Message message, int price)
    {
        var nonce = _nonces[message.Sender]++;
        return new RpcCall("eth_sendTransaction", $$"""
            [{"from":"{{message.Sender.ToHex()}}","to":"{{message.Target.ToHex()}}","data":"{{Hex.Encode(message.Data.Span)}}","value":"{{message.ValueWei.ToQuantity()}}",
            "gas":"0x989680","gasPrice":"0x{{price:x}}","nonce":"0x{{nonce:x}}"}]
            """);
    }

    private async Task<JsonElement[]> BatchAsync(IReadOnlyList<RpcCall> calls) =>
        [.. (await node.Eth.Rpc.BatchAsync(calls, CancellationToken.None)).Select(reply => reply.GetResult())];

    private static Outcome OutcomeOf(JsonElement receipt, JsonElement trace)
    {
        var succeeded = receipt.GetProperty("status").GetString() == "0x1";
        var data = trace.TryGetProperty("output", out var output) ? Hex.Decode(output.GetString()!) : [];
        return new Outcome(succeeded, data, [.. receipt.GetProperty("logs").EnumerateArray().Select(LogOf)]);
    }

    private static SimulatedLog LogOf(JsonElement log) => new(
        Address.Parse(log.GetProperty("address").GetString()!),
        [.. log.GetProperty("topics").EnumerateArray().Select(topic => Bytes32.Parse(topic.GetString()!))],
        Hex.Decode(log.GetProperty("data").GetString()!));
}
