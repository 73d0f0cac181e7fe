using System.Net;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Xunit;

namespace Tests.Unit.Ethereum.JsonRpc;

public sealed class SingleCallTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly RpcCall Call = new("eth_test", "[\"0x1\",{\"a\":null}]");

    [Fact]
    public async Task Request_is_json_rpc_2()
    {
        var node = new FakeNode(request => FakeNode.Result(request, "\"0x7\""));
        Assert.Equal("0x7", (await node.Client().CallAsync(Call, None)).GetString());
        var request = Assert.Single(node.Requests);
        Assert.Equal("2.0", request.GetProperty("jsonrpc").GetString());
        Assert.Equal("eth_test", request.GetProperty("method").GetString());
        Assert.Equal("""["0x1",{"a":null}]""", request.GetProperty("params").GetRawText());
    }

    [Fact]
    public async Task Result_null_is_a_result() =>
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await new FakeNode("""{"id":0,"result":null}""").Client().CallAsync(Call, None)).ValueKind);

    [Theory]
    [InlineData("""{"code":-32000,"message":"already known"}""", NodeErrorKind.AlreadyKnown)]
    [InlineData("""{"code":-32010,"message":"AlreadyKnown"}""", NodeErrorKind.AlreadyKnown)]
    [InlineData("""{"code":-32003,"message":"transaction already imported"}""", NodeErrorKind.AlreadyKnown)]
    [InlineData("""{"code":-32000,"message":"nonce too low: next nonce 5, tx nonce 4"}""", NodeErrorKind.NonceTooLow)]
    [InlineData("""{"code":-32000,"message":"OldNonce"}""", NodeErrorKind.NonceTooLow)]
    [InlineData("""{"code":-32000,"message":"nonce too high"}""", NodeErrorKind.NonceTooHigh)]
    [InlineData("""{"code":-32000,"message":"replacement transaction underpriced"}""", NodeErrorKind.ReplacementUnderpriced)]
    [InlineData("""{"code":-32000,"message":"transaction underpriced"}""", NodeErrorKind.FeeTooLow)]
    [InlineData("""{"code":-32000,"message":"max fee per gas less than block base fee"}""", NodeErrorKind.FeeTooLow)]
    [InlineData("""{"code":-32003,"message":"Insufficient funds for gas * price + value"}""", NodeErrorKind.InsufficientFunds)]
    [InlineData("""{"code":-32000,"message":"intrinsic gas too low"}""", NodeErrorKind.GasLimit)]
    [InlineData("""{"code":-32000,"message":"gas required exceeds allowance (21000)"}""", NodeErrorKind.GasLimit)]
    [InlineData("""{"code":-32603,"message":"EVM error OutOfGas"}""", NodeErrorKind.Halted)]
    [InlineData("""{"code":-32603,"message":"EVM error InvalidFEOpcode"}""", NodeErrorKind.Halted)]
    [InlineData("""{"code":-32000,"message":"invalid opcode: INVALID"}""", NodeErrorKind.Halted)]
    [InlineData("""{"code":-32000,"message":"out of gas"}""", NodeErrorKind.GasLimit)]
    [InlineData("""{"code":-32601,"message":"the method eth_x does not exist"}""", NodeErrorKind.MethodNotFound)]
    [InlineData("""{"code":-32005,"message":"daily quota"}""", NodeErrorKind.LimitExceeded)]
    [InlineData("""{"code":-32602,"message":"missing value"}""", NodeErrorKind.InvalidRequest)]
    [InlineData("""{"code":-32000,"message":"unknown transaction"}""", NodeErrorKind.Other)]
    [InlineData("""{"code":"oops"}""", NodeErrorKind.Other)]
    public async Task Conditions_are_recognised_in_the_words_of_nodes(string error, NodeErrorKind kind)
    {
        var e = await Assert.ThrowsAsync<JsonRpcException>(() => new FakeNode($$"""{"id":0,"error":{{error}}}""").Client().CallAsync(Call, None));
        Assert.Equal(kind, e.Kind);
    }

    [Theory]
    [InlineData("""{"code":3,"message":"execution reverted: no","data":"DATA"}""", "no")]
    [InlineData("""{"code":-32000,"message":"VM Exception: revert","data":{"data":"DATA"}}""", "no")]
    [InlineData("""{"code":-32015,"message":"VM execution error: revert","data":"Reverted DATA"}""", "no")]
    [InlineData("""{"code":3,"message":"execution reverted: told in words"}""", "told in words")]
    [InlineData("""{"code":3,"message":"execution reverted","data":"0x"}""", "")]
    [InlineData("""{"code":3,"message":"execution reverted","data":"not hexadecimal"}""", "")]
    public async Task Reverts_are_found_wherever_nodes_put_them(string error, string message)
    {
        var data = Iexec.Ethereum.Hex.Encode(new AbiWriter().String("no").ToCallData([0x08, 0xc3, 0x79, 0xa0]));
        var node = new FakeNode($$"""{"id":0,"error":{{error.Replace("DATA", data, StringComparison.Ordinal)}}}""");
        var e = await Assert.ThrowsAsync<RevertException>(() => node.Client().CallAsync(Call, None));
        Assert.Equal(message, e.Reason.Message);
        Assert.Equal(NodeErrorKind.Reverted, e.Kind);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"0x1\"")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("""{"id":0,"error":"text"}""")]
    public async Task What_is_no_json_rpc_is_no_answer(string body)
    {
        var e = await Assert.ThrowsAsync<NodeUnreachableException>(() => new FakeNode(body).Client().CallAsync(Call, None));
        Assert.Equal(FakeNode.Url, e.Host);
    }

    [Fact]
    public async Task Error_page_of_a_proxy_gives_its_status()
    {
        var node = new FakeNode(_ => FakeNode.Json("<html/>", HttpStatusCode.BadGateway));
        var e = await Assert.ThrowsAsync<NodeUnreachableException>(() => node.Client().CallAsync(Call, None));
        Assert.Contains("HTTP 502", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_object_under_an_error_status_is_the_nodes_answer()
    {
        var node = new FakeNode(_ => FakeNode.Json("""{"id":null,"error":{"code":-32005,"message":"too many requests"}}""", HttpStatusCode.TooManyRequests));
        var e = await Assert.ThrowsAsync<JsonRpcException>(() => node.Client().CallAsync(Call, None));
        Assert.Equal(NodeErrorKind.LimitExceeded, e.Kind);
    }

    [Fact]
    public async Task Message_shows_neither_password_nor_key_of_the_url()
    {
        var e = await Assert.ThrowsAsync<NodeUnreachableException>(() => new FakeNode("").Client().CallAsync(Call, None));
        Assert.Contains("http://node.test:1234", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("key", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Oversize_answer_is_refused_with_or_without_a_declared_length(bool declared)
    {
        var node = new FakeNode(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = declared ? new ByteArrayContent(new byte[2000]) : new StreamContent(new EndlessStream()),
        });
        var e = await Assert.ThrowsAsync<NodeUnreachableException>(() => node.Client(maxResponseBytes: 1000).CallAsync(Call, None));
        Assert.IsType<InvalidDataException>(e.InnerException);
    }

    [Fact]
    public async Task Words_of_a_node_cannot_drive_the_terminal()
    {
        var node = new FakeNode("""{"id":0,"error":{"code":-32000,"message":"\u001b[2Jgone"}}""");
        var e = await Assert.ThrowsAsync<JsonRpcException>(() => node.Client().CallAsync(Call, None));
        Assert.Equal("\ufffd[2Jgone", e.Message);
    }

    [Fact]
    public async Task Refused_connection_is_no_answer()
    {
        var node = new FakeNode((Func<System.Text.Json.JsonElement, HttpResponseMessage>)(_ => throw new HttpRequestException("Connection refused")));
        var e = await Assert.ThrowsAsync<NodeUnreachableException>(() => node.Client().CallAsync(Call, None));
        Assert.Contains("Connection refused", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_of_the_client_is_no_answer()
    {
        var node = new FakeNode((Func<System.Text.Json.JsonElement, HttpResponseMessage>)(_ => throw new TaskCanceledException("", new TimeoutException())));
        await Assert.ThrowsAsync<NodeUnreachableException>(() => node.Client().CallAsync(Call, None));
    }

    [Fact]
    public async Task A_node_that_falls_silent_in_the_middle_of_its_answer_is_no_answer()
    {
        using var http = new HttpClient(new FakeNode(_ => new HttpResponseMessage { Content = new StreamContent(new SilentStream()) })) { Timeout = TimeSpan.FromMilliseconds(100) };
        var e = await Assert.ThrowsAsync<NodeUnreachableException>(() => new JsonRpcClient(http, FakeNode.Url).CallAsync(Call, None));
        Assert.EndsWith("does not answer: it took longer than 0.1 s", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_in_the_middle_of_an_answer_is_that_of_the_caller()
    {
        using var source = new CancellationTokenSource();
        using var http = new HttpClient(new FakeNode(_ => new HttpResponseMessage { Content = new StreamContent(new SilentStream(source.Cancel)) }));
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new JsonRpcClient(http, FakeNode.Url).CallAsync(Call, source.Token));
        Assert.Equal(source.Token, e.CancellationToken);
    }

    [Fact]
    public async Task Cancellation_by_the_caller_stays_a_cancellation()
    {
        using var source = new CancellationTokenSource();
        var node = new FakeNode((Func<System.Text.Json.JsonElement, HttpResponseMessage>)(_ =>
        {
            source.Cancel();
            throw new TaskCanceledException();
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Client().CallAsync(Call, source.Token));
    }

    // Begins, and then waits until nobody waits for it any more.
    private sealed class SilentStream(Action? waiting = null) : MemoryStream
    {
        private bool _hasSent;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_hasSent)
            {
                _hasSent = true;
                buffer.Span[0] = (byte)'{';
                return 1;
            }

            waiting?.Invoke();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)' ', offset, count);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
