namespace Iexec.Sdk.Project;

/// <summary>Files that nobody but their owner may read, from the moment they exist.</summary>
internal static class PrivateFile
{
    /// <summary>Makes the file and opens it for writing.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = AtomicFile.Secret;
        }

        return new FileStream(path, options);
    }
}
