namespace Iexec.Sdk.Project;

/// <summary>Folders whose files are nobody's business but their owner's: keys, secrets, results.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder with access for its owner alone. One that is there keeps its mode, and what is missing above it gets the usual one.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }
}
