namespace Iexec.Bindings;

/// <summary>Finds the top of the source tree.</summary>
internal static class Repository
{
    public static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Iexec.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{start} is not inside the repository; give its path as the argument.");
    }
}
