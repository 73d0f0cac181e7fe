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
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packages = new DirectoryInfo(System.IO.Path.Combine(folder.FullName, "eng", "tools", "node_modules", "@foundry-rs"));
            if (packages.Exists && packages.EnumerateDirectories("anvil-*").SelectMany(package => package.EnumerateFiles("bin/anvil*")).FirstOrDefault() is { } file)
            {
                return file.FullName;
            }
        }

        throw new FileNotFoundException("anvil is not installed. Run 'npm ci' in eng/tools, or ./test, which does it.");
    }
}
