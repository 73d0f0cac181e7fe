using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class PromptTests : IDisposable
{
    private readonly CliRunner _cli = new() { IsTerminal = true };

    [Fact]
    public async Task Interruption_at_a_question_ends_at_once_and_nothing_is_done()
    {
        await _cli.OkAsync("init", "--skip-wallet");
        File.WriteAllText(_cli["iexec.json"], "{\"mine\":true}");
        using var interruption = new CancellationTokenSource();
        using var nobody = new SilentPerson(interruption.Cancel);
        (_cli.Reader, _cli.Interruption) = (nobody, interruption.Token);

        var result = await _cli.RunAsync("init", "--skip-wallet");

        Assert.Equal(130, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains("Replace iexec.json and chain.json? [y/N] \n", result.Error, StringComparison.Ordinal);
        Assert.Equal("{\"mine\":true}", File.ReadAllText(_cli["iexec.json"]));
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("yes", 0)]
    [InlineData("n", 1)]
    [InlineData("", 1)]
    public async Task Only_a_yes_is_a_yes(string answer, int exitCode)
    {
        await _cli.OkAsync("init", "--skip-wallet");
        File.WriteAllText(_cli["iexec.json"], "{\"mine\":true}");
        _cli.Input = answer + "\n";

        Assert.Equal(exitCode, (await _cli.RunAsync("init", "--skip-wallet")).ExitCode);
        Assert.Equal(exitCode == 0, File.ReadAllText(_cli["iexec.json"]) != "{\"mine\":true}");
    }

    public void Dispose() => _cli.Dispose();

    /// <summary>Presses Ctrl-C in place of an answer; a line never comes until the test ends.</summary>
    private sealed class SilentPerson(Action interrupt) : TextReader
    {
        private readonly ManualResetEventSlim _end = new();

        public override string? ReadLine()
        {
            interrupt();
            _end.Wait();
            return null;
        }

        // The reader that is left behind ends with the test; the event is not disposed under it.
        protected override void Dispose(bool disposing) => _end.Set();
    }
}
