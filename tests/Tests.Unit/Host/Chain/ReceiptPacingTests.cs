using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Host.Chain;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Host.Chain;

public sealed class ReceiptPacingTests
{
    private static readonly byte[] Transaction = [2, 3, 4];

    private readonly ManualTime _time = new();
    private readonly ReceiptPacing _pacing;

    public ReceiptPacingTests() => _pacing = new ReceiptPacing(_time);

    [Fact]
    public void A_receipt_waits_for_the_rest_of_the_pause_since_its_transaction()
    {
        Assert.Equal(TimeSpan.Zero, Note(Send()));
        Assert.Equal(ReceiptPacing.Pause, Note(Ask()));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(ReceiptPacing.Pause - TimeSpan.FromMilliseconds(100), Note($"[{Call("eth_blockNumber")},{Ask()}]"));
        _time.Advance(ReceiptPacing.Pause);
        Assert.Equal(TimeSpan.Zero, Note(Ask()));
    }

    [Fact]
    public void Sending_once_more_does_not_make_it_longer()
    {
        Note($"[{Send()}]");
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Note(Send());
        Assert.Equal(ReceiptPacing.Pause - TimeSpan.FromMilliseconds(100), Note(Ask()));
    }

    [Fact]
    public void Nothing_else_waits()
    {
        Note(Send());
        Assert.Equal(TimeSpan.Zero, Note(Call("eth_getTransactionReceipt", Hex.Encode(Keccak256.Hash("another").ToArray()))));
        Assert.Equal(TimeSpan.Zero, Note(Call("eth_getTransactionByHash", Hex.Encode(Keccak256.Hash(Transaction).ToArray()))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("eth_getTransactionReceipt")]
    [InlineData("[]  eth_sendRawTransaction")]
    [InlineData("""["eth_getTransactionReceipt",null,[],{},1]""")]
    [InlineData("[] ")]
    [InlineData("""{"method":"eth_getTransactionReceipt"}""")]
    [InlineData("""{"method":"eth_getTransactionReceipt","params":{}}""")]
    [InlineData("""{"method":"eth_getTransactionReceipt","params":[]}""")]
    [InlineData("""{"method":"eth_getTransactionReceipt","params":[1]}""")]
    [InlineData("""{"method":"eth_getTransactionReceipt","params":["0x0"]}""")]
    [InlineData("""{"method":["eth_sendRawTransaction"],"params":["0x00"]}""")]
    public void What_is_no_question_is_left_to_the_node(string body)
    {
        Note(Send());
        Assert.Equal(TimeSpan.Zero, Note(body));
    }

    private TimeSpan Note(string body) => _pacing.Note(Encoding.UTF8.GetBytes(body));

    private static string Send() => Call("eth_sendRawTransaction", Hex.Encode(Transaction));

    private static string Ask() => Call("eth_getTransactionReceipt", Hex.Encode(Keccak256.Hash(Transaction).ToArray()));

    private static string Call(string method, string? parameter = null) =>
        $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[{{(parameter is null ? "" : $"\"{parameter}\"")}}]}""";
}
