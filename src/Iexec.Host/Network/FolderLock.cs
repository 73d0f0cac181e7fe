using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Host.Network;

/// <summary>One process at a time works in a state folder. The system releases the lock when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The file that is locked.</summary>
    public const string FileName = "lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <param name="folder">The folder.</param>
    /// <param name="hint">How the other process is found and stopped.</param>
    /// <exception cref="IexecException">Another process holds it.</exception>
    public static FolderLock Take(string folder, string hint)
    {
        PrivateFolder.Create(folder);
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"Another iexec process works in {folder}.", hint, error);
        }
    }

    /// <summary>Null when another process holds it.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return Take(folder, "");
        }
        catch (IexecException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
