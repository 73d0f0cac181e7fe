using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Xunit;

namespace Tests.Unit.Ethereum.Abi;

public sealed class RevertDecoderTests
{
    private static readonly byte[] ErrorSelector = [0x08, 0xc3, 0x79, 0xa0];
    private static readonly byte[] PanicSelector = [0x4e, 0x48, 0x7b, 0x71];
    private static readonly RevertDecoder Decoder = new("IncompatibleDatasetOrder(string)", "Refused(address,uint256,bool,bytes4,(uint256,uint256),string)", "Empty()");

    [Fact]
    public void Reason_of_require() =>
        AssertReason("Error", "iExecV5-matchOrders-0x06", new AbiWriter().String("iExecV5-matchOrders-0x06").ToCallData(ErrorSelector));

    [Theory]
    [InlineData(0x01, "panic 0x1: assertion failed")]
    [InlineData(0x11, "panic 0x11: arithmetic overflow or underflow")]
    [InlineData(0x12, "panic 0x12: division or modulo by zero")]
    [InlineData(0x32, "panic 0x32: index outside an array")]
    [InlineData(0x77, "panic 0x77: unknown code")]
    [InlineData(0x1101, "panic 0x1101: unknown code")]
    public void Panic_says_what_its_code_means(int code, string message) =>
        AssertReason("Panic", message, new AbiWriter().Uint(code).ToCallData(PanicSelector));

    [Fact]
    public void Custom_error_shows_its_parameters() => AssertReason(
        "IncompatibleDatasetOrder",
        "IncompatibleDatasetOrder(\"Tag\")",
        new AbiWriter().String("Tag").ToCallData(new AbiSignature("IncompatibleDatasetOrder(string)").Selector));

    [Fact]
    public void Custom_error_without_parameters() => AssertReason("Empty", "Empty()", new AbiSignature("Empty()").Selector.ToArray());

    [Fact]
    public void Custom_error_with_a_tuple_shows_what_stands_before_it() => AssertReason(
        "Refused",
        "Refused(0x0000000000000000000000000000000000000001, 7, true, 0x01020304, …)",
        new AbiWriter().Address(Address.Parse("0x0000000000000000000000000000000000000001")).Uint(7).Bool(true).FixedBytes([1, 2, 3, 4])
            .StaticTuple(w => w.Uint(1).Uint(2)).String("x")
            .ToCallData(new AbiSignature("Refused(address,uint256,bool,bytes4,(uint256,uint256),string)").Selector));

    [Fact]
    public void No_data_is_no_reason() => AssertReason("", "", []);

    [Theory]
    [InlineData("0x12")]
    [InlineData("0xdeadbeef")]
    [InlineData("0x08c379a0")]
    [InlineData("0x08c379a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Bytes_that_fit_nothing_are_shown_as_they_are(string hex) => AssertReason("", hex, Hex.Decode(hex));

    [Fact]
    public void Text_of_a_stranger_cannot_drive_the_terminal() =>
        AssertReason("Error", "\ufffd[2Jgone\ufffd", new AbiWriter().String("\u001b[2Jgone\n").ToCallData(ErrorSelector));

    [Fact]
    public void Long_reasons_are_cut() =>
        Assert.Equal(1001, Decoder.Decode(new AbiWriter().String(new string('x', 5000)).ToCallData(ErrorSelector)).Message.Length);

    [Fact]
    public void A_registration_that_is_no_signature_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RevertDecoder("NoParentheses"));

    private static void AssertReason(string name, string message, byte[] data)
    {
        var reason = Decoder.Decode(data);
        Assert.Equal((name, message), (reason.Name, reason.Message));
        Assert.Equal(data, reason.Data);
    }
}
