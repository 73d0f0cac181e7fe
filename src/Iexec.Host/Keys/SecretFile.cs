using Iexec.Sdk.Errors;

namespace Iexec.Host.Keys;

/// <summary>Files whose content nobody else on the machine may read: keys, passwords, connection strings.</summary>
public static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Refuses a file that is missing or that other users can read or write.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hint">What to do when it is missing.</param>
    /// <exception cref="IexecException">Says which.</exception>
    public static void Check(string path, string hint)
    {
        if (!File.Exists(path))
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"There is no file {path}.", hint);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"{path} can be read by other users.", $"Run: chmod 600 {path}");
        }
    }

    /// <summary>The first line of such a file.</summary>
    /// <exception cref="IexecException">Missing, open to others, or empty.</exception>
    public static string ReadLine(string path, string hint)
    {
        Check(path, hint);
        return File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: > 0 } line
            ? line
            : throw new IexecException(ErrorCode.ConfigurationError, $"The first line of {path} is empty.", hint);
    }
}
