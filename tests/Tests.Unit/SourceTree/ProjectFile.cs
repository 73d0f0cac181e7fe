using System.Xml.Linq;

namespace Tests.Unit.SourceTree;

/// <summary>What a project file says of itself.</summary>
internal sealed record ProjectFile(string Path, XDocument Xml)
{
    /// <summary>Every project of the tree.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. SourceFiles.Projects.Select(path => new ProjectFile(path, XDocument.Load(SourceFiles.Full(path))))];

    /// <summary>Those below <c>src</c>.</summary>
    public static IEnumerable<ProjectFile> Products => All.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>File name without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Folder, from the top.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>Names of the projects it references.</summary>
    public IEnumerable<string> References =>
        Items("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>Names of the packages it references.</summary>
    public IEnumerable<string> Packages => Items("PackageReference");

    /// <summary>Whether it sees ASP.NET.</summary>
    public bool SeesAspNet =>
        (string?)Xml.Root!.Attribute("Sdk") != "Microsoft.NET.Sdk" || Items("FrameworkReference").Contains("Microsoft.AspNetCore.App");

    /// <summary>Its own C# files.</summary>
    public IEnumerable<string> Sources => SourceFiles.CSharp.Where(file => file.StartsWith(Folder + "/", StringComparison.Ordinal));

    public override string ToString() => Name;

    private IEnumerable<string> Items(string element) =>
        Xml.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
