using System.Globalization;
using Iexec.Poco;
using Iexec.Sdk.Storage;

namespace Iexec.Storage.Proxy;

/// <summary>Which file is the result of which task: one small file per task, keyed by chain. The first result of a task stays.</summary>
internal sealed class ResultIndex
{
    private readonly string _folder;

    public ResultIndex(string folder, ulong chainId)
    {
        _folder = Path.Combine(folder, "results", chainId.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(_folder);
    }

    public Cid? Find(TaskId task)
    {
        var path = PathOf(task);
        return File.Exists(path) && Cid.TryParse(File.ReadAllText(path).Trim(), out var cid) ? cid : null;
    }

    /// <summary>Records a result unless the task has one; returns the one that counts.</summary>
    public Cid Record(TaskId task, Cid cid)
    {
        var written = $"{PathOf(task)}.{cid}";
        using (var file = new FileStream(written, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(cid.ToString()));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(written, PathOf(task), overwrite: false);
        }
        catch (IOException) when (Find(task) is not null)
        {
            File.Delete(written);
        }

        return Find(task) ?? cid;
    }

    private string PathOf(TaskId task) => Path.Combine(_folder, task.ToString());
}
