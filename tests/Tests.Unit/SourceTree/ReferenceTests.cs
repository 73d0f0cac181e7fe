using System.Xml.Linq;
using Xunit;

namespace Tests.Unit.SourceTree;

/// <summary>Boundaries hold because a reference that crosses one fails here.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Every_project_is_in_the_solution_and_in_the_table()
    {
        var listed = XDocument.Load(SourceFiles.Full("Iexec.slnx")).Descendants("Project").Select(project => (string)project.Attribute("Path")!);

        Assert.Equal(SourceFiles.Projects.Order(), listed.Order());
        Assert.All(ProjectFile.All, project => Assert.True(
            Rule(project) is not null, $"{project} is new: say in AllowedReferences what it may see, and in ARCHITECTURE.md what it is."));
    }

    [Fact]
    public void Projects_reference_only_what_the_table_allows()
    {
        var crossings = from project in ProjectFile.All
                        from reference in project.References.Except(Rule(project)?.Projects ?? [])
                        select $"{project} must not reference {reference}: move what they share down the trunk, or to Sdk.Wire.";
        Faults.None(crossings);
    }

    [Fact]
    public void Packages_are_used_only_where_the_table_allows()
    {
        var crossings = from project in ProjectFile.All
                        from package in project.Packages.Except(Rule(project)?.Packages ?? [])
                        select $"{project} must not use {package}: see \"Adding a dependency\" in CONTRIBUTING.md.";
        Faults.None(crossings);
    }

    [Fact]
    public void Only_services_see_AspNet() =>
        Faults.None(from project in ProjectFile.All
                 where project.SeesAspNet && Rule(project)?.AspNet != true
                 select $"{project} must not reference ASP.NET.");

    [Fact]
    public void No_product_keeps_a_reference_it_does_not_use() =>
        Faults.None(from project in ProjectFile.Products
                 let text = string.Concat(project.Sources.Select(SourceFiles.Text))
                 from reference in project.References
                 where !text.Contains(reference, StringComparison.Ordinal)
                 select $"{project} references {reference} and uses nothing of it: remove the reference.");

    [Fact]
    public void No_product_keeps_a_package_it_does_not_use() =>
        Faults.None(from project in ProjectFile.Products
                    let text = string.Concat(project.Sources.Select(SourceFiles.Text))
                    from package in project.Packages
                    where !text.Contains("using " + NamespaceOf(package), StringComparison.Ordinal)
                    select $"{project} uses nothing of {package}: remove the reference, then run dotnet restore.");

    [Fact]
    public void Versions_stand_in_one_file() =>
        Faults.None(from project in ProjectFile.All
                 from item in project.Xml.Descendants("PackageReference")
                 where item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null
                 select $"{project}: the version of {(string?)item.Attribute("Include")} belongs in Directory.Packages.props.");

    [Fact]
    public void Every_pinned_package_is_exact_and_used()
    {
        var used = ProjectFile.All.SelectMany(project => project.Packages).Append("Microsoft.CodeAnalysis.BannedApiAnalyzers").ToHashSet();
        var pins = XDocument.Load(SourceFiles.Full("Directory.Packages.props")).Descendants("PackageVersion");
        Assert.All(pins, pin =>
        {
            var name = (string)pin.Attribute("Include")!;
            Assert.True(used.Contains(name), $"{name} is pinned and used nowhere: remove it from Directory.Packages.props.");
            Assert.Matches(@"^\d+(\.\d+)+(-[\w.]+)?$", (string)pin.Attribute("Version")!);
        });
    }

    [Fact]
    public void Every_project_has_a_lock_file() =>
        Faults.None(from project in ProjectFile.All
                 where !SourceFiles.All.Contains(project.Folder + "/packages.lock.json")
                 select $"{project} has no packages.lock.json: run dotnet restore and commit it.");

    [Fact]
    public void Lock_files_name_no_place_to_download_from() =>
        Faults.None(from file in SourceFiles.Locks
                 from line in SourceFiles.Lines(file)
                 where line.Text.Contains("://", StringComparison.Ordinal) && !line.Text.Contains("\"url\"", StringComparison.Ordinal)
                 select $"{file}:{line.Number} names a host; packages come from wherever the machine is told, by their hash.");

    private static string NamespaceOf(string package) => package switch
    {
        "Microsoft.Data.Sqlite.Core" => "Microsoft.Data.Sqlite",
        _ when package.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) => "SQLitePCL",
        _ => package,
    };

    private static Allowed? Rule(ProjectFile project) =>
        AllowedReferences.Products.GetValueOrDefault(project.Name) ?? AllowedReferences.Others.GetValueOrDefault(project.Name);
}
