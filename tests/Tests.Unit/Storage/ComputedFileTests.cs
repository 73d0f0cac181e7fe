using System.Text;
using Iexec.Sdk.Results;
using Xunit;

namespace Tests.Unit.Storage;

public sealed class ComputedFileTests
{
    [Theory]
    [InlineData("/iexec_out/result.txt", "result.txt")]
    [InlineData("/iexec_out", "")]
    [InlineData("/iexec_out/", "")]
    [InlineData("//iexec_out//a/./b/../c", "a/c")]
    [InlineData("result.txt", "result.txt")]
    [InlineData("/iexec_out/../iexec_out/x", "x")]
    public void Path_is_made_relative_to_the_output(string path, string expected) =>
        Assert.Equal(expected, Parse($$"""{"deterministic-output-path":"{{path}}"}""").OutputPath);

    [Theory]
    [InlineData("/iexec_out/../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("/iexec_output/x")]
    [InlineData("/")]
    public void Path_that_leads_out_is_refused(string path) =>
        Assert.Equal(ResultFault.BadOutputPath, Fault($$"""{"deterministic-output-path":"{{path}}"}"""));

    [Fact]
    public void Callback_data_is_bytes() => Assert.Equal([0x01, 0xff], Parse("""{"callback-data":"0x01fF"}""").CallbackData!);

    [Theory]
    [InlineData("0x123")]
    [InlineData("0xzz")]
    [InlineData("1234")]
    public void Callback_data_that_is_no_hexadecimal_is_refused(string data) =>
        Assert.Equal(ResultFault.BadCallbackData, Fault($$"""{"callback-data":"{{data}}"}"""));

    [Fact]
    public void Callback_data_of_a_megabyte_is_refused() =>
        Assert.Equal(ResultFault.BadCallbackData, Fault($$"""{"callback-data":"0x{{new string('0', 2 << 20)}}"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"deterministic-output-path":7}""")]
    [InlineData("""{"deterministic-output-path":""}""")]
    public void What_is_not_the_file_is_refused(string json) => Assert.Equal(ResultFault.BadComputedFile, Fault(json));

    [Fact]
    public void Line_of_a_mistake_is_told() =>
        Assert.Contains("line 2", Assert.Throws<ResultException>(() => Parse("{\n nonsense }")).Message, StringComparison.Ordinal);

    private static ComputedFile Parse(string json) => ComputedFile.Parse(Encoding.UTF8.GetBytes(json));

    private static ResultFault Fault(string json) => Assert.Throws<ResultException>(() => Parse(json)).Fault;
}
