using Iexec.Testing;

namespace Tests.Chain.Differential;

/// <summary>
/// The table <c>contracts/differences.md</c>. What it does not list is a fault.
/// </summary>
internal sealed class KnownDifferences
{
    private const string AnyFunction = "any";

    private readonly HashSet<(string Function, string Official, string Ours)> _refusals = [];

    private KnownDifferences(IReadOnlyList<string> allowed) => Allowed = allowed;

    /// <summary>Ids of the differences in behaviour that a run may meet.</summary>
    public IReadOnlyList<string> Allowed { get; }

    public static KnownDifferences Load()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "contracts", "differences.md"));
        var table = new KnownDifferences([.. Rows(lines, "## Behaviour").Where(row => row[^1] == "allowed").Select(row => row[0].Trim('`'))]);
        foreach (var row in Rows(lines, "## Refusals"))
        {
            foreach (var function in row[0].Split(", "))
            {
                table._refusals.Add((function.Trim('`'), row[1].Trim('`'), row[2].Trim('`')));
            }
        }

        return table;
    }

    public bool Allows(string id) => Allowed.Contains(id);

    public bool AllowsRefusal(string function, string official, string ours) =>
        _refusals.Contains((function, official, ours)) || _refusals.Contains((AnyFunction, official, ours));

    private static IEnumerable<string[]> Rows(string[] lines, string heading) => lines
        .SkipWhile(line => line != heading).Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray());
}
