using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Project;

/// <summary>A folder of keys, with access for its owner alone. A key that is replaced is put aside: it may be the only copy.</summary>
internal sealed class SecretFolder(string path, TimeProvider time)
{
    /// <summary>Absolute path; the folder need not exist.</summary>
    public string Path { get; } = path;

    /// <summary>Full path of a file; a name may be a path of its own.</summary>
    public string this[string name] => System.IO.Path.GetFullPath(name, Path);

    /// <summary>True if there is such a file.</summary>
    public bool Has(string name) => File.Exists(this[name]);

    /// <summary>Makes the folder.</summary>
    /// <exception cref="IexecException">ConfigurationError.</exception>
    public void Create() => Guard(() => PrivateFolder.Create(Path));

    /// <summary>The content of a file.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing (with <paramref name="hint"/>) or unreadable.</exception>
    public string Read(string name, Advice hint) => ReadFile(this[name], hint);

    /// <summary>The content of a key's file anywhere.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing (with <paramref name="hint"/>), too large or unreadable.</exception>
    public static string ReadFile(string path, Advice hint)
    {
        try
        {
            return new FileInfo(path).Length <= LargestBytes
                ? File.ReadAllText(path)
                : throw new IexecException(ErrorCode.ConfigurationError, $"\"{System.IO.Path.GetFileName(path)}\" is too large for a key", hint);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"Missing \"{System.IO.Path.GetFileName(path)}\" file", hint, missing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"\"{System.IO.Path.GetFileName(path)}\" cannot be read", "Check its permissions, and that it is a file.", refused);
        }
    }

    /// <summary>Writes a file that only its owner can read; another content that was there is kept beside it.</summary>
    public void Write(string name, string content) => Guard(() =>
    {
        var target = this[name];
        if (File.Exists(target) && File.ReadAllText(target) != content)
        {
            // A copy: were it moved, a full disk would leave none under its name.
            AtomicFile.Write($"{target}.{time.GetUtcNow():yyyy-MM-ddTHH-mm-ss.fffffff}Z.bak", File.ReadAllBytes(target), AtomicFile.Secret, overwrite: false);
        }

        AtomicFile.Write(target, System.Text.Encoding.UTF8.GetBytes(content), AtomicFile.Secret);
    });

    /// <summary>Writes a file that is a copy of another one, and needs none of its own.</summary>
    public void WriteCopy(string name, string content) =>
        Guard(() => AtomicFile.Write(this[name], System.Text.Encoding.UTF8.GetBytes(content), AtomicFile.Secret));

    private const int LargestBytes = 64 * 1024;

    private static void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "A key file cannot be written", "Check the permissions of its folder and the free space.", refused);
        }
    }
}
