using System.Globalization;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Project;

namespace Iexec.Worker.Replicates;

/// <summary>Files of one worker on one chain: <c>{folder}/{chain}/{worker}/{task}/</c> with the state, the input, the output and the archive.</summary>
internal sealed class ReplicateFolder
{
    private const string StateFile = "state.json";

    private readonly string _root;

    public ReplicateFolder(string folder, ulong chainId, Address worker)
    {
        _root = Path.Combine(folder, chainId.ToString(CultureInfo.InvariantCulture), worker.ToHex());
        // Inputs may be opened datasets.
        PrivateFolder.Create(_root);
    }

    public string Input(TaskId task) => Path.Combine(Of(task), "input");

    public string Output(TaskId task) => Path.Combine(Of(task), "output");

    public string Archive(TaskId task) => Path.Combine(Of(task), "iexec_out.zip");

    public string Of(TaskId task) => Path.Combine(_root, task.ToString());

    /// <summary>Everything that was not finished before the last stop.</summary>
    public IReadOnlyList<ReplicateState> LoadAll() =>
        [.. Directory.EnumerateDirectories(_root).Select(Load).OfType<ReplicateState>()];

    public void Save(ReplicateState state)
    {
        Directory.CreateDirectory(Of(state.TaskId));
        AtomicFile.Write(Path.Combine(Of(state.TaskId), StateFile), JsonSerializer.SerializeToUtf8Bytes(state, ReplicateJson.Default.ReplicateState));
    }

    /// <summary>Removes a task's files; the state goes last, so that a crash in between removes them again.</summary>
    public void Delete(TaskId task)
    {
        if (!Directory.Exists(Of(task)))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Of(task)))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Delete(Of(task), recursive: true);
    }

    /// <summary>Removes folders that hold no state, which a crash before the first save leaves.</summary>
    public void DeleteOrphans()
    {
        foreach (var folder in Directory.EnumerateDirectories(_root).Where(folder => Load(folder) is null).ToArray())
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ReplicateState? Load(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, StateFile)), ReplicateJson.Default.ReplicateState);
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }
}
