using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>The library says what mends an error in neutral words, the command line by its commands and options.</summary>
public sealed class RemedyTests
{
    public static TheoryData<string> Remedies => [.. Enum.GetNames<Remedy>().Where(name => name != nameof(Remedy.None))];

    [Theory]
    [MemberData(nameof(Remedies))]
    public void Every_remedy_is_told_by_a_command_or_an_option(string remedy)
    {
        var error = new IexecException(ErrorCode.Error, "message", new Advice("In neutral words.", Enum.Parse<Remedy>(remedy), "it"));

        Assert.Equal("In neutral words.", error.Hint);
        Assert.Matches("iexec [a-z]|--[a-z]", RemedyText.HintOf(error));
    }

    [Fact]
    public void What_was_found_out_is_told_in_both_words()
    {
        var error = new IexecException(ErrorCode.BusinessError, "message", new Advice("Ask for other things.", Remedy.AskForOther) { Findings = "The cheapest costs 5." });

        Assert.Equal("The cheapest costs 5.\nAsk for other things.", error.Hint);
        Assert.StartsWith("The cheapest costs 5.\nSee what is on offer: iexec orderbook", RemedyText.HintOf(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_a_hint_is_indented()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var environment = new CliEnvironment
        {
            Out = TextWriter.Null, Error = error, In = TextReader.Null, WorkingFolder = "", HomeFolder = "", Variable = static _ => null, ReadSecret = static (_, _) => Task.FromResult(""),
        };

        Assert.Equal(1, ErrorReport.Write(environment, "iexec x", raw: false, new IexecException(ErrorCode.Error, "message", "One.\nTwo.")));

        Assert.Equal("✖ iexec x failed: message\n  One.\n  Two.\n", error.ToString());
    }

    [Fact]
    public void Sentence_that_says_all_stays()
    {
        Assert.Equal("Do this.", RemedyText.HintOf(new IexecException(ErrorCode.Error, "message", "Do this.")));
        Assert.Null(RemedyText.HintOf(new IexecException(ErrorCode.Error, "message")));
    }
}
