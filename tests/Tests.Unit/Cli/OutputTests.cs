using System.Text.Json.Nodes;
using Iexec.Cli.Output;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class OutputTests : IDisposable
{
    private readonly CliRunner _cli = new();

    [Fact]
    public async Task Text_of_a_stranger_cannot_steer_the_terminal()
    {
        File.WriteAllText(_cli["chain.json"], "{\"chains\":{\"a\":{\"id\":1,\"x\\u001b[2J\\u202e\":1}}}");
        var result = await _cli.RunAsync("info");
        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.DoesNotContain('\u202e', result.Error);
        Assert.Contains("x\\u001b[2J\\u202e", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_coloured_where_no_terminal_is() =>
        Assert.DoesNotContain('\u001b', (await _cli.RunAsync("init", "--unencrypted")).Out);

    [Theory]
    [InlineData("startTime", "1552435200", "2019-03-13 00:00:00Z (now)")]
    [InlineData("finalTime", "1552435201", "2019-03-13 00:00:01Z (in 1 second)")]
    [InlineData("finalDeadline", "1552438799", "2019-03-13 00:59:59Z (in 59 minutes)")]
    [InlineData("revealDeadline", "1552262400", "2019-03-11 00:00:00Z (2 days ago)")]
    [InlineData("contributionDeadline", "253402300799", "9999-12-31 23:59:59Z (in 7986 years)")]
    [InlineData("publicationTimestamp", "\"2019-03-12T23:00:00.500Z\"", "2019-03-12 23:00:00Z (59 minutes ago)")]
    [InlineData("startTime", "\"1552435200\"", "2019-03-13 00:00:00Z (now)")]
    [InlineData("startTime", "\"0\"", null)]
    [InlineData("resultsTimestamp", "0", null)]
    [InlineData("startTime", "18446744073709551615", null)]
    [InlineData("publicationTimestamp", "\"yesterday\"", null)]
    [InlineData("price", "1552435200", null)]
    public void A_time_is_told_and_how_far_it_is(string name, string value, string? text) =>
        Assert.Equal(text, TimeText.Of(name, JsonNode.Parse(value), DateTimeOffset.FromUnixTimeSeconds(1552435200)));

    [Theory]
    [InlineData("price", "\"1500000000\"", "1500000000 nRLC (1.5 RLC)")]
    [InlineData("workerpoolmaxprice", "5", "5 nRLC (0.000000005 RLC)")]
    [InlineData("price", "\"free\"", null)]
    [InlineData("volume", "5", null)]
    public void An_amount_is_told_in_both_units(string name, string value, string? text) => Assert.Equal(text, AmountText.Of(name, JsonNode.Parse(value)));

    public void Dispose() => _cli.Dispose();
}
