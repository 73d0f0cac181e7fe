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

    public void Dispose() => _cli.Dispose();
}
