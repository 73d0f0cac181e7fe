using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.JsonRpc.Quorum;
using Xunit;

namespace Tests.Unit.Ethereum.JsonRpc;

/// <summary>Three nodes of which two have to agree.</summary>
public sealed class QuorumTests
{
    private static readonly Address Account = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_lying_node_deceives_nobody_wherever_it_stands(int liar)
    {
        var nodes = Nodes();
        nodes[liar].Say("eth_getBalance", "\"0xffffff\"").Say("eth_chainId", "\"0x539\"").Say("eth_blockNumber", "\"0xffff\"")
            .Say("eth_getTransactionCount", "\"0xffff\"").Say("eth_gasPrice", "\"0xffffffffff\"").Say("eth_maxPriorityFeePerGas", "\"0xffffffffff\"")
            .Say("eth_call", "\"0x01\"").Say("eth_estimateGas", "\"0x1\"");
        var eth = Connect(nodes);
        Assert.Equal((UInt256)5, await eth.GetBalanceAsync(Account, None));
        Assert.Equal(1ul, await eth.GetChainIdAsync(None));
        Assert.Equal(0x10ul, await eth.GetBlockNumberAsync(None));
        Assert.Equal(3ul, await eth.GetTransactionCountAsync(Account, pending: true, None));
        Assert.Equal((UInt256)7, (await eth.SuggestFeesAsync(None)).MaxPrice);
        Assert.Equal([0x2a], await eth.CallAsync(new EthCall(null, Account, default), null, None));
        Assert.Equal(21_000ul, await eth.EstimateGasAsync(new EthCall(null, Account, default), None));
    }

    [Fact]
    public async Task Nodes_that_all_say_something_else_are_told_to_disagree()
    {
        var nodes = Nodes();
        nodes[0].Say("eth_getCode", "\"0x01\"");
        nodes[1].Say("eth_getCode", "\"0x02\"");
        nodes[2].Say("eth_getCode", "\"0x03\"");
        var error = await Assert.ThrowsAsync<JsonRpcException>(() => Connect(nodes).GetCodeAsync(Account, None));
        Assert.Equal("The nodes disagree about eth_getCode: no 2 of 3 give the same answer", error.Message);
    }

    [Fact]
    public async Task One_node_that_is_down_or_hangs_makes_no_difference_and_two_are_too_many()
    {
        var nodes = Nodes();
        nodes[0].IsDown = true;
        Assert.Equal((UInt256)5, await Connect(nodes).GetBalanceAsync(Account, None));
        nodes[0].IsDown = false;
        nodes[1].Hangs = true;
        Assert.Equal((UInt256)5, await Connect(nodes).GetBalanceAsync(Account, None));
        nodes[0].IsDown = nodes[1].IsDown = true;
        nodes[1].Hangs = false;
        var error = await Assert.ThrowsAsync<NodeUnreachableException>(() => Connect(nodes).GetBalanceAsync(Account, None));
        Assert.Contains("1 of 3 nodes answer, 2 have to agree", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_at_different_heads_are_asked_about_a_block_that_enough_of_them_have()
    {
        var nodes = Nodes();
        foreach (var (node, head) in nodes.Zip(new[] { 16, 17, 18 }))
        {
            node.Say("eth_blockNumber", $"\"0x{head:x}\"").AnswerBy("eth_getBalance", (_, block) => block == "latest" ? $"\"0x{head:x}\"" : $"\"{block}\"");
        }

        // Two of three have block 17.
        Assert.Equal((UInt256)17, await Connect(nodes).GetBalanceAsync(Account, None));
    }

    [Fact]
    public async Task A_receipt_counts_when_enough_nodes_have_it_and_members_that_only_one_kind_of_node_knows_do_not_matter()
    {
        const string Hash = "0xAB00000000000000000000000000000000000000000000000000000000000001";
        string Receipt(string more) => $"{{\"transactionHash\":\"{Hash}\",\"blockHash\":\"{Hash}\",\"blockNumber\":\"0x1\",\"status\":\"0x1\",\"gasUsed\":\"0x5208\",\"logs\":[]{more}}}";

        var nodes = Nodes();
        nodes[0].Say("eth_getTransactionReceipt", "null");
        nodes[1].Say("eth_getTransactionReceipt", Receipt(",\"l1Fee\":\"0x1\",\"contractAddress\":null"));
        nodes[2].Say("eth_getTransactionReceipt", "null");
        Assert.Null(await Connect(nodes).GetReceiptAsync(Bytes32.Parse(Hash), None));
        nodes[2].Say("eth_getTransactionReceipt", Receipt("").ToLowerInvariant().Replace("transactionhash", "transactionHash", StringComparison.Ordinal)
            .Replace("blockhash", "blockHash", StringComparison.Ordinal).Replace("blocknumber", "blockNumber", StringComparison.Ordinal).Replace("gasused", "gasUsed", StringComparison.Ordinal));
        Assert.Equal(21_000ul, (await Connect(nodes).GetReceiptAsync(Bytes32.Parse(Hash), None))!.GasUsed);
        nodes[1].Say("eth_getTransactionReceipt", Receipt("").Replace("\"status\":\"0x1\"", "\"status\":\"0x0\"", StringComparison.Ordinal));
        Assert.Null(await Connect(nodes).GetReceiptAsync(Bytes32.Parse(Hash), None));
    }

    [Fact]
    public async Task A_revert_is_one_when_enough_nodes_say_so_in_whatever_words()
    {
        var nodes = Nodes();
        nodes[0].Fail("eth_call", 3, "execution reverted", "0x");
        nodes[1].Fail("eth_call", -32000, "VM Exception: revert", "0x");
        var error = await Assert.ThrowsAnyAsync<JsonRpcException>(() => Connect(nodes).CallAsync(new EthCall(null, Account, default), null, None));
        Assert.Contains("revert", error.Message, StringComparison.Ordinal);
        nodes[1].Say("eth_call", "\"0x2a\"");
        Assert.Equal([0x2a], await Connect(nodes).CallAsync(new EthCall(null, Account, default), null, None));
    }

    [Fact]
    public async Task A_transaction_goes_to_every_node_and_one_that_takes_it_is_enough()
    {
        var nodes = Nodes();
        nodes[0].Fail("eth_sendRawTransaction", -32000, "already known", null);
        nodes[1].Say("eth_sendRawTransaction", "\"0x01\"");
        nodes[2].Fail("eth_sendRawTransaction", -32000, "already known", null);
        var rpc = new JsonRpcClient(new HttpClient(new QuorumHandler(new Router(nodes), [.. nodes.Select(node => node.Url)], 2)), nodes[0].Url);
        Assert.Equal("0x01", (await rpc.CallAsync(new RpcCall("eth_sendRawTransaction", "[\"0x00\"]"), None)).GetString());
        Assert.All(nodes, node => Assert.Equal(1, node.Asked));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_quorum_is_no_more_than_the_nodes(int quorum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuorumHandler(new Router(Nodes()), [.. Nodes().Select(node => node.Url)], quorum));

    private static EthClient Connect(IReadOnlyList<FakeNode> nodes) =>
        new(new JsonRpcClient(new HttpClient(new QuorumHandler(new Router(nodes), [.. nodes.Select(node => node.Url)], 2)), nodes[0].Url));

    private static FakeNode[] Nodes() => [.. Enumerable.Range(1, 3).Select(number => new FakeNode(new Uri($"http://node{number}/"))
        .Say("eth_getBalance", "\"0x5\"").Say("eth_chainId", "\"0x1\"").Say("eth_blockNumber", "\"0x10\"").Say("eth_getTransactionCount", "\"0x3\"")
        .Say("eth_gasPrice", "\"0x7\"").Say("eth_maxPriorityFeePerGas", "\"0x1\"").Say("eth_getBlockByNumber", "null").Say("eth_call", "\"0x2A\"").Say("eth_estimateGas", "\"0x5208\""))];

    private sealed class FakeNode(Uri url)
    {
        private readonly Dictionary<string, Func<string, string, string>> _answers = [];

        public Uri Url => url;

        public bool IsDown { get; set; }

        public bool Hangs { get; set; }

        public int Asked { get; private set; }

        public FakeNode Say(string method, string result) => AnswerBy(method, (_, _) => result);

        public FakeNode AnswerBy(string method, Func<string, string, string> result)
        {
            _answers[method] = (first, second) => $"\"result\":{result(first, second)}";
            return this;
        }

        public void Fail(string method, int code, string message, string? data) =>
            _answers[method] = (_, _) => $"\"error\":{{\"code\":{code},\"message\":\"{message}\"{(data is null ? "" : $",\"data\":\"{data}\"")}}}";

        public async Task<string> AnswerAsync(string body, CancellationToken cancellationToken)
        {
            Asked++;
            if (IsDown)
            {
                throw new HttpRequestException("refused");
            }

            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            var asked = JsonNode.Parse(body)!;
            return asked is JsonArray batch ? $"[{string.Join(',', batch.Reverse().Select(Answer))}]" : Answer(asked);
        }

        private string Answer(JsonNode? call)
        {
            var parameters = call!["params"]!.AsArray().Select(item => item!.ToString()).ToArray();
            return $"{{\"jsonrpc\":\"2.0\",\"id\":{call["id"]},{_answers[(string)call["method"]!](parameters.FirstOrDefault() ?? "", parameters.LastOrDefault() ?? "")}}}";
        }
    }

    private sealed class Router(IReadOnlyList<FakeNode> nodes) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var node = nodes.First(candidate => candidate.Url == request.RequestUri);
            var answer = await node.AnswerAsync(await request.Content!.ReadAsStringAsync(cancellationToken), cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
        }
    }
}
