using System.Text.RegularExpressions;
using Xunit;

namespace Tests.Unit.SourceTree;

/// <summary>
/// The library is used by programs that are not ours: its messages name no command and no option of the command line, which has its own words
/// for them.
/// </summary>
public sealed partial class LibraryWordsTests
{
    [Fact]
    public void Messages_of_the_library_do_not_speak_of_the_command_line() =>
        Faults.None(from file in SourceFiles.CSharp
                    where file.StartsWith("src/Iexec.Sdk/", StringComparison.Ordinal) || file.StartsWith("src/Iexec.Poco/", StringComparison.Ordinal)
                        || file.StartsWith("src/Iexec.Ethereum/", StringComparison.Ordinal)
                    from line in SourceFiles.Lines(file)
                    where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    from Match text in Quoted().Matches(line.Text)
                    where Command().IsMatch(text.Value)
                    select $"{file}:{line.Number} says {text.Value}: give the error an Advice, and its words for the command line to RemedyText.");

    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """)]
    private static partial Regex Quoted();

    // An interpolation ends in "}", a sentence in a blank or a full stop: "iexec app init", "--force.", but not "iexec-result-…" or "---".
    [GeneratedRegex(@"iexec [a-z{]|(?<![\w-])--[a-z{]")]
    private static partial Regex Command();
}
