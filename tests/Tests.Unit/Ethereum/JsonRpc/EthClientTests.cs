using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Xunit;

namespace Tests.Unit.Ethereum.JsonRpc;

/// <summary>What a real node does not show on demand; the rest of the client is tested on a chain.</summary>
public sealed class EthClientTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Hash = "0x" + new string('a', 64);

    [Theory]
    [InlineData("5")]
    [InlineData("\"five\"")]
    [InlineData("\"0x\"")]
    [InlineData("\"0x10000000000000000\"")]
    [InlineData("null")]
    public async Task Quantity_in_another_form_is_no_answer(string result) =>
        await Assert.ThrowsAsync<NodeUnreachableException>(() => Node(result).Eth().GetBlockNumberAsync(None));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"0x\"")]
    public async Task Receipt_in_another_form_is_no_answer(string result) =>
        await Assert.ThrowsAsync<NodeUnreachableException>(() => Node(result == "{}" ? "{\"blockHash\":\"" + Hash + "\"}" : result).Eth().GetReceiptAsync(default, None));

    [Fact]
    public async Task Receipt_of_a_pending_transaction_counts_as_none() =>
        Assert.Null(await Node("{\"transactionHash\":\"" + Hash + "\",\"blockHash\":null}").Eth().GetReceiptAsync(default, None));

    [Fact]
    public async Task Log_that_is_not_yet_in_a_block_is_no_answer() =>
        await Assert.ThrowsAsync<NodeUnreachableException>(() =>
            Node($$"""[{"address":"0x{{new string('1', 40)}}","topics":[],"data":"0x","blockNumber":null}]""").Eth().GetLogsAsync(new(0, 1, [], []), None));

    [Fact]
    public async Task Fees_of_a_chain_without_base_fee_and_without_the_tip_method()
    {
        var node = new FakeNode($$"""
            [{"id":2,"error":{"code":-32601,"message":"method not found"} },
             {"id":0,"result":{"number":"0x1","hash":"{{Hash}}","parentHash":"{{Hash}}","timestamp":"0x1"} },
             {"id":1,"result":"0x0"}]
            """);
        Assert.Equal(new TransactionFees.Legacy(0), await node.Eth().SuggestFeesAsync(None));
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task Log_filter_names_range_addresses_and_topics()
    {
        var node = Node("[]");
        await node.Eth().GetLogsAsync(new LogFilter(16, 17, [Address.Zero], [null, [Bytes32.Zero]]), None);
        Assert.Equal(
            $$"""[{"fromBlock":"0x10","toBlock":"0x11","address":["0x{{new string('0', 40)}}"],"topics":[null,["0x{{new string('0', 64)}}"]]}]""",
            node.Requests[0].GetProperty("params").GetRawText());
    }

    [Fact]
    public async Task Call_at_a_block_names_it_and_leaves_out_what_is_not_set()
    {
        var node = Node("\"0x\"");
        await node.Eth().CallAsync(new EthCall(null, Address.Zero, new byte[] { 1 }), 255, None);
        Assert.Equal(
            $$"""[{"to":"0x{{new string('0', 40)}}","data":"0x01"},"0xff"]""", node.Requests[0].GetProperty("params").GetRawText());
    }

    [Fact]
    public async Task Transaction_that_the_node_has_already_is_sent() =>
        Assert.Equal(
            Bytes32.Parse(Hash),
            await new FakeNode("""{"id":0,"error":{"code":-32000,"message":"already known"}}""").Eth().SendRawAsync(new([1], Bytes32.Parse(Hash)), None));

    [Fact]
    public async Task Refused_transaction_is_an_error() =>
        await Assert.ThrowsAsync<JsonRpcException>(() =>
            new FakeNode("""{"id":0,"error":{"code":-32000,"message":"nonce too low"}}""").Eth().SendRawAsync(new([1], default), None));

    private static FakeNode Node(string result) => new((Func<JsonElement, string>)(request => FakeNode.Result(request, result)));
}
