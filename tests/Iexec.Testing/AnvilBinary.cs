namespace Iexec.Testing;

/// <summary>
/// The node's native executable among the npm packages of <c>eng/tools</c>. Not the script in <c>.bin</c>: that starts it as a child,
/// and a child outlives a parent that is killed.
/// </summary>
public static class AnvilBinary
{
    /// <summary>Full path.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var packages = new DirectoryInfo(System.IO.Path.Combine(Repository.Root, "eng", "tools", "node_modules", "@foundry-rs"));
        var binaries = packages.Exists ? packages.EnumerateDirectories("anvil-*").SelectMany(package => package.EnumerateFiles("bin/anvil*")) : [];
        return binaries.FirstOrDefault()?.FullName
            ?? throw new FileNotFoundException("anvil is not installed. Run 'npm ci' in eng/tools, or ./test, which does it.");
    }
}
