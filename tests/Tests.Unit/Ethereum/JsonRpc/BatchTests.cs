using System.Text.Json;
using Iexec.Ethereum.JsonRpc;
using Xunit;

namespace Tests.Unit.Ethereum.JsonRpc;

public sealed class BatchTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Answers_in_any_order_go_to_their_calls()
    {
        var node = new FakeNode(batch => Array(batch.EnumerateArray().Reverse().Select(Echo)));
        var replies = await node.Client().BatchAsync(Calls(7), None);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], replies.Select(reply => reply.GetResult().GetRawText()));
        Assert.Single(node.Requests);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    public async Task More_than_a_hundred_calls_are_split(int calls, int requests)
    {
        var node = new FakeNode(batch => Array(batch.EnumerateArray().Select(Echo)));
        var replies = await node.Client().BatchAsync(Calls(calls), None);
        Assert.Equal(Enumerable.Range(0, calls), replies.Select(reply => reply.GetResult().GetInt32()));
        Assert.Equal(requests, node.Requests.Count);
        Assert.All(node.Requests, request => Assert.InRange(request.GetArrayLength(), 1, 100));
    }

    [Fact]
    public async Task One_call_alone_is_no_batch_which_some_nodes_refuse()
    {
        var node = new FakeNode(Echo);
        var reply = Assert.Single(await node.Client().BatchAsync(Calls(1), None));
        Assert.Equal(0, reply.GetResult().GetInt32());
        Assert.Equal(JsonValueKind.Object, Assert.Single(node.Requests).ValueKind);
    }

    [Fact]
    public async Task One_failed_call_does_not_touch_the_others()
    {
        var node = new FakeNode("""[{"id":1,"error":{"code":3,"message":"execution reverted"}},{"id":0,"result":"0x1"}]""");
        var replies = await node.Client().BatchAsync(Calls(2), None);
        Assert.Equal("0x1", replies[0].GetResult().GetString());
        Assert.IsType<RevertException>(replies[1].Error);
        Assert.Throws<RevertException>(() => replies[1].GetResult());
    }

    [Fact]
    public async Task Call_left_out_of_the_answer_has_an_error()
    {
        var node = new FakeNode("""[{"id":0,"result":"0x1"}]""");
        var replies = await node.Client().BatchAsync(Calls(2), None);
        Assert.Null(replies[0].Error);
        Assert.Contains("without an answer", replies[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_without_an_id_explains_the_calls_that_are_left_out()
    {
        var node = new FakeNode("""[{"id":1,"result":"0x1"},{"id":null,"error":{"code":-32003,"message":"response too large"}}]""");
        var replies = await node.Client().BatchAsync(Calls(3), None);
        Assert.Equal([NodeErrorKind.LimitExceeded, null, NodeErrorKind.LimitExceeded], replies.Select(reply => reply.Error?.Kind));
    }

    [Fact]
    public async Task Strange_and_repeated_ids_are_ignored()
    {
        var node = new FakeNode("""
            [{"id":0,"result":"first"},{"id":0,"result":"second"},{"id":7,"result":"x"},{"id":-1,"result":"x"},{"id":"0","result":"x"},{"id":1,"result":"y"}]
            """);
        var replies = await node.Client().BatchAsync(Calls(2), None);
        Assert.Equal(["first", "y"], replies.Select(reply => reply.GetResult().GetString()));
    }

    [Fact]
    public async Task One_error_object_for_the_batch_is_the_answer_to_each_call()
    {
        var node = new FakeNode("""{"id":null,"error":{"code":-32005,"message":"batch too large"}}""");
        var replies = await node.Client().BatchAsync(Calls(3), None);
        Assert.All(replies, reply => Assert.Equal(NodeErrorKind.LimitExceeded, reply.Error!.Kind));
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task Node_without_batches_is_asked_call_by_call()
    {
        var node = new FakeNode(request => request.ValueKind == JsonValueKind.Array
            ? """{"id":null,"error":{"code":-32600,"message":"Invalid Request"}}"""
            : FakeNode.Result(request, request.GetProperty("params")[0].GetRawText()));
        var replies = await node.Client().BatchAsync(Calls(3), None);
        Assert.Equal([0, 1, 2], replies.Select(reply => reply.GetResult().GetInt32()));
        Assert.Equal(4, node.Requests.Count);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("""{"id":0,"result":"0x1"}""")]
    public async Task What_is_no_answer_to_a_batch_is_no_answer(string body) =>
        await Assert.ThrowsAsync<NodeUnreachableException>(() => new FakeNode(body).Client().BatchAsync(Calls(2), None));

    private static RpcCall[] Calls(int count) => [.. Enumerable.Range(0, count).Select(i => new RpcCall("eth_echo", $"[{i}]"))];

    private static string Echo(JsonElement call) => FakeNode.Result(call, call.GetProperty("params")[0].GetRawText());

    private static string Array(IEnumerable<string> items) => $"[{string.Join(',', items)}]";
}
