using Iexec.Testing;

namespace Iexec.Bench.Gas;

/// <summary>The table's place in <c>bench/RESULTS.md</c>: between two marks, so that what is written by hand stays.</summary>
internal static class GasResults
{
    private const string Begin = "<!-- gas: written by the command above -->\n";
    private const string End = "<!-- gas: end -->\n";

    public static void Write(string table)
    {
        var path = Path.Combine(Repository.Root, "bench", "RESULTS.md");
        var text = File.ReadAllText(path);
        var from = text.IndexOf(Begin, StringComparison.Ordinal);
        var to = text.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{path} has lost the marks between which the gas table stands.");
        }

        File.WriteAllText(path, text[..(from + Begin.Length)] + "\n" + table + "\n" + text[to..]);
    }
}
