using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Tests.Unit.SourceTree;

/// <summary>What the pages say of the tree is there, and what is public is explained.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Documented => [.. ProjectFile.Products.Select(project => project.Name)];

    [Fact]
    public void Every_project_has_its_line_in_the_architecture()
    {
        var page = SourceFiles.Text("ARCHITECTURE.md");
        Faults.None(from project in ProjectFile.All
                    where !page.Contains($"`{project.Name}`", StringComparison.Ordinal)
                    select $"ARCHITECTURE.md has no line for {project}.");
    }

    [Fact]
    public void Links_between_pages_lead_somewhere() =>
        Faults.None(from page in SourceFiles.Pages
                    from Match link in Link().Matches(SourceFiles.Text(page))
                    let target = link.Groups[1].Value.Split('#')[0]
                    where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                        && !target.StartsWith("mailto:", StringComparison.Ordinal)
                    where !Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
                    select $"{page} links to {target}, which does not exist.");

    [Fact]
    public void Paths_that_the_pages_name_exist() =>
        Faults.None(from page in SourceFiles.Pages
                    from Match path in NamedPath().Matches(SourceFiles.Text(page))
                    where !Exists(path.Groups[1].Value)
                    select $"{page} names {path.Groups[1].Value}, which does not exist.");

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_listed()
    {
        var records = SourceFiles.All.Where(file => file.StartsWith("docs/adr/0", StringComparison.Ordinal)).Select(Path.GetFileName).ToList();
        var index = SourceFiles.Text("docs/adr/README.md");

        Assert.Equal(Enumerable.Range(1, records.Count).Select(number => $"{number:0000}"), records.Select(name => name![..4]));
        Assert.All(records, name => Assert.Contains(name!, index, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Documented))]
    public void Public_types_are_explained(string project)
    {
        var assembly = project == "Iexec.Cli" ? "iexec" : project;
        var types = System.Reflection.Assembly.Load(assembly).GetExportedTypes();
        var explained = XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml"))
            .Descendants("member").Select(member => (string)member.Attribute("name")!).ToHashSet();

        Faults.None(from type in types
                    where !type.FullName!.Contains('<', StringComparison.Ordinal)
                    where !explained.Contains("T:" + type.FullName!.Replace('+', '.'))
                    select $"{type.FullName} is public and has no <summary>.");
    }

    private static bool Exists(string path) => Path.Exists(SourceFiles.Full(path));

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?\)")]
    private static partial Regex Link();

    // `src/…` and its like in backticks: one path, without placeholders or wildcards.
    [GeneratedRegex(@"`((?:src|tests|eng|contracts|docs|samples|bench)/[\w./-]+)`")]
    private static partial Regex NamedPath();
}
