using Iexec.Testing;

namespace Iexec.Bench;

/// <summary>The places of generated tables in <c>bench/RESULTS.md</c>: each between two marks, so that what is written by hand stays.</summary>
internal static class ResultsFile
{
    /// <param name="name">e.g. <c>gas</c>.</param>
    /// <param name="text">Takes the place of what stands between the marks of that name.</param>
    public static void Write(string name, string text)
    {
        var begin = $"<!-- {name}: written by the command above -->\n";
        var end = $"<!-- {name}: end -->\n";
        var path = Path.Combine(Repository.Root, "bench", "RESULTS.md");
        var all = File.ReadAllText(path);
        var from = all.IndexOf(begin, StringComparison.Ordinal);
        var to = all.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{path} has lost the marks between which the table \"{name}\" stands.");
        }

        File.WriteAllText(path, all[..(from + begin.Length)] + "\n" + text + "\n" + all[to..]);
    }
}
