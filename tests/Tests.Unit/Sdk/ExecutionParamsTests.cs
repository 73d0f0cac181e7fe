using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class ExecutionParamsTests
{
    [Theory]
    [InlineData("{ \"0\": \"--help\" }")]
    [InlineData("not json")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void What_is_given_alone_is_kept_byte_for_byte(string given) => Assert.Equal(given, ExecutionParams.Create(given, null, []));

    [Fact]
    public void Arguments_and_files_are_added() => Assert.Equal(
        "{\"iexec_result_encryption\":false,\"iexec_args\":\"--é \\\"x\\\"\",\"iexec_input_files\":[\"https://example.com/a\"]}",
        ExecutionParams.Create("{\"iexec_result_encryption\": false}", "--é \"x\"", ["https://example.com/a"]));

    [Theory]
    [InlineData(null, "{}")]
    public void Nothing_gives_an_empty_object(string? given, string expected) => Assert.Equal(expected, ExecutionParams.Create(given, null, []));

    [Fact]
    public void A_text_that_is_not_json_becomes_the_arguments() =>
        Assert.Equal("{\"iexec_args\":\"do it\",\"iexec_input_files\":[\"http://a/\"]}", ExecutionParams.Create("do it", null, ["http://a/"]));

    [Fact]
    public void A_file_that_is_no_url_is_named_with_its_position()
    {
        var error = Assert.Throws<IexecException>(() => ExecutionParams.Create(null, null, ["http://a/", "ipfs://x"]));
        Assert.Equal("iexec_input_files[1] \"ipfs://x\" is not a valid URL", error.Message);
    }
}
