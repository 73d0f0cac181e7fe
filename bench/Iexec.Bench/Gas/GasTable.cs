using System.Globalization;
using System.Text;

namespace Iexec.Bench.Gas;

/// <summary>Official, ours and their ratio as Markdown.</summary>
internal static class GasTable
{
    public static string Render(GasSheet official, GasSheet ours)
    {
        var text = new StringBuilder();
        text.Append("| transaction | official 5.5.0 | ours | ratio |\n|---|---:|---:|---:|\n");

        // Whole deals last, as the sum of what stands above.
        foreach (var row in official.Names.Union(ours.Names).OrderBy(row => IsScenario(row)).ThenBy(row => IsScenario(row) ? row.Split(' ')[0] : ""))
        {
            var ratio = official[row] is { } theirs && ours[row] is { } our ? ((double)our / theirs).ToString("0.00", CultureInfo.InvariantCulture) : "";
            var name = IsScenario(row) ? $"**{row}**" : row;
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Show(official[row])} | {Show(ours[row])} | {ratio} |\n");
        }

        return text.ToString();
    }

    /// <summary>Whole deals are named S1, S2, …</summary>
    private static bool IsScenario(string row) => row[0] == 'S' && char.IsAsciiDigit(row[1]);

    private static string Show(ulong? gas) => gas?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
}
