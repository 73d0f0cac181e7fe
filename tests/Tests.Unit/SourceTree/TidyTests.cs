using System.Text.RegularExpressions;
using Xunit;

namespace Tests.Unit.SourceTree;

/// <summary>House rules that no compiler checks. <c>.editorconfig</c> aims at 130 columns; these are the hard stops.</summary>
public sealed partial class TidyTests
{
    private const int LongestLine = 210;
    private const int LongLine = 160;
    private const double LongLinesPercent = 2;
    private const int LongestFile = 500;
    private const int LongestTestFile = 600;

    private static readonly string[] TextEndings =
        [".cs", ".sol", ".md", ".sh", ".js", ".json", ".props", ".csproj", ".slnx", ".yml", ".sql", ".txt", ".toml", ".povray"];

    [Fact]
    public void No_line_of_code_runs_out_of_sight() =>
        Faults.None(from file in SourceFiles.CSharp
                    from line in SourceFiles.Lines(file)
                    // Vectors, messages and pages of text are quoted whole.
                    where line.Text.Length > LongestLine && !line.Text.TrimStart().StartsWith('<')
                        && Quoted().Replace(line.Text, "").Length > LongestLine
                    select $"{file}:{line.Number} has {line.Text.Length} columns; break it (aim 130, never beyond {LongestLine}).");

    [Fact]
    public void Long_lines_stay_rare() =>
        Faults.None(from project in ProjectFile.All
                    let lines = project.Sources.SelectMany(SourceFiles.Lines).ToList()
                    let longOnes = lines.Count(line => line.Text.Length > LongLine)
                    where longOnes > lines.Count * LongLinesPercent / 100
                    select $"{project}: {longOnes} of {lines.Count} lines exceed {LongLine} columns, more than {LongLinesPercent} %.");

    [Fact]
    public void Files_hold_one_idea() =>
        Faults.None(from file in SourceFiles.All
                    where (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".sol", StringComparison.Ordinal))
                        && !file.Contains("/Generated/", StringComparison.Ordinal)
                    let most = file.Contains("test", StringComparison.OrdinalIgnoreCase) ? LongestTestFile : LongestFile
                    let lines = SourceFiles.Lines(file).Count()
                    where lines > most
                    select $"{file} has {lines} lines, more than {most}: split it.");

    [Fact]
    public void Nothing_is_left_for_later_in_the_product() =>
        Faults.None(from file in SourceFiles.All
                    where file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("contracts/src/", StringComparison.Ordinal)
                    where IsText(file)
                    from line in SourceFiles.Lines(file)
                    let match = Unfinished().Match(line.Text)
                    where match.Success
                    select $"{file}:{line.Number} says {match.Value}: do it, or leave it out.");

    [Fact]
    public void Nothing_belongs_to_one_machine_or_one_registry() =>
        Faults.None(from file in SourceFiles.All
                    where IsText(file) && !file.StartsWith("tests/Tests.Unit/SourceTree/", StringComparison.Ordinal)
                    from line in SourceFiles.Lines(file)
                    let match = Foreign().Match(line.Text)
                    where match.Success
                    select $"{file}:{line.Number} names '{match.Value}', which is only true on somebody's machine.");

    [Fact]
    public void Names_say_what_a_thing_is() =>
        Faults.None(from file in SourceFiles.CSharp
                    from part in file.Split('/')
                    let name = part.Replace(".cs", "", StringComparison.Ordinal)
                    where name is "Utils" or "Util" or "Helpers" or "Helper" or "Common" or "Misc" or "Shared"
                        || VagueName().IsMatch(name)
                    select $"{file}: name it after what it does, not {name}.");

    [Fact]
    public void Files_end_with_a_line_feed_and_have_no_tabs_or_carriage_returns() =>
        Faults.None(from file in SourceFiles.CSharp
                    let text = SourceFiles.Text(file)
                    where text.Contains('\r', StringComparison.Ordinal) || text.Contains('\t', StringComparison.Ordinal)
                        || !text.EndsWith('\n')
                    select $"{file}: line feeds only, spaces only, a line feed at the end (.editorconfig).");

    private static bool IsText(string file) =>
        Path.GetFileName(file) is "iexec" or "test" or "run" or "Dockerfile" or "package-lock.json"
        || (TextEndings.Contains(Path.GetExtension(file)) && !file.StartsWith("contracts/artifacts/", StringComparison.Ordinal));

    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.~}])/(home|Users|work|root)/\w+|\b[A-Z]:\\Users\\|registry\.npmjs\.org|api\.nuget\.org|\bissue #?\d+")]
    private static partial Regex Foreign();

    [GeneratedRegex("(Utils|Helpers?|Manager)$")]
    private static partial Regex VagueName();
}
