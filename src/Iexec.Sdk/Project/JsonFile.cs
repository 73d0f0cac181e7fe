using System.Text.Json.Nodes;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Project;

/// <summary>One JSON file of the project folder. Reading names what is wrong and its line; writing is atomic.</summary>
internal sealed class JsonFile(string path)
{
    private const int LargestBytes = 16 * 1024 * 1024;

    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <summary>Its name without folder, as messages use it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>True if there is such a file.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>The content.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing, unreadable or not a JSON object.</exception>
    public JsonFileContent Read() => TryRead()
        ?? throw new IexecException(ErrorCode.ConfigurationError, $"Missing \"{Name}\" file", new Advice("Make the project in this folder first, or go to its folder.", Remedy.MakeProject));

    /// <summary>The content, null when there is no such file.</summary>
    /// <exception cref="IexecException">ConfigurationError: unreadable or not a JSON object.</exception>
    public JsonFileContent? TryRead()
    {
        byte[] bytes;
        try
        {
            bytes = ReadLimited();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"\"{Name}\" cannot be read", "Check its permissions, and that it is a file.", refused);
        }

        return JsonFileContent.Parse(Name, bytes);
    }

    // A link to a device has no end, and no length either.
    private byte[] ReadLimited()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        var part = new byte[64 * 1024];
        int count;
        while ((count = file.Read(part)) > 0)
        {
            content.Write(part, 0, count);
            if (content.Length > LargestBytes)
            {
                throw new IexecException(
                    ErrorCode.ConfigurationError, $"\"{Name}\" is larger than {LargestBytes / (1024 * 1024)} MiB", "No file of a project is: see what it is, and put it aside.");
            }
        }

        return content.ToArray();
    }

    /// <summary>Reads again, changes, writes: what the change does not touch stays as it was.</summary>
    public void Update(Action<JsonObject> change) => UpdateSection([], change);

    /// <summary>As <see cref="Update"/>, for the object at a path, which is made where it is missing.</summary>
    /// <exception cref="IexecException">ValidationError with the line: something else stands there, which would be lost.</exception>
    public void UpdateSection(IReadOnlyList<string> path, Action<JsonObject> change)
    {
        // Two commands that change the same file at once would each write what the other has not read.
        using var alone = FileLock.TakeBriefly(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, $".{Name}.lock"), Name);
        var content = TryRead();
        var root = content?.Root ?? [];
        var section = root;
        for (var depth = 0; depth < path.Count; depth++)
        {
            var inner = content?.Section([.. path.Take(depth + 1)]);
            if (inner is null)
            {
                section[path[depth]] = inner = [];
            }

            section = inner;
        }

        change(section);
        Write(root);
    }

    /// <summary>Replaces the file.</summary>
    public void Write(JsonObject root)
    {
        try
        {
            AtomicFile.Write(Path, JsonText.ToIndented(root));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"\"{Name}\" cannot be written", "Check the permissions of this folder and the free space.", refused);
        }
    }
}
