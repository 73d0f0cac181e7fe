using Iexec.Testing;

namespace Tests.Unit.SourceTree;

/// <summary>The files that somebody wrote, as paths from the top with forward slashes; what tools made is left out.</summary>
internal static class SourceFiles
{
    private static readonly string[] Made = [".git", ".iexec", ".idea", ".vs", "artifacts", "bin", "node_modules", "obj"];

    private static readonly string[] MadePaths = ["contracts/out", "contracts/cache"];

    private static readonly Lazy<string[]> Found = new(() => [.. Below(new DirectoryInfo(Repository.Root), "").Order(StringComparer.Ordinal)]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All => Found.Value;

    /// <summary>C#, without what <c>eng/bindings</c> generated.</summary>
    public static IEnumerable<string> CSharp =>
        All.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.Contains("/Generated/", StringComparison.Ordinal));

    /// <summary>Project files.</summary>
    public static IEnumerable<string> Projects => All.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>Markdown.</summary>
    public static IEnumerable<string> Pages => All.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>Lock files of either package system.</summary>
    public static IEnumerable<string> Locks => All.Where(file => Path.GetFileName(file) is "packages.lock.json" or "package-lock.json");

    /// <summary>Full path of a file or folder.</summary>
    public static string Full(string path) => Path.Combine(Repository.Root, path);

    /// <summary>The text of a file.</summary>
    public static string Text(string path) => File.ReadAllText(Full(path));

    /// <summary>Lines with their number, counted from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Lines(string path) =>
        File.ReadLines(Full(path)).Select((line, index) => (index + 1, line));

    private static IEnumerable<string> Below(DirectoryInfo folder, string prefix)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            // A link may lead outside, and what it leads to inside is found anyway. A worktree has a file named .git.
            if (entry.LinkTarget is not null || Made.Contains(entry.Name) || MadePaths.Contains(path))
            {
                continue;
            }

            if (entry is not DirectoryInfo inner)
            {
                yield return path;
                continue;
            }

            foreach (var file in Below(inner, path + "/"))
            {
                yield return file;
            }
        }
    }
}
