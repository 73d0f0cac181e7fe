using System.Globalization;
using System.Text;

namespace Iexec.Bench.Cli;

/// <summary>The comparison as Markdown. Times in milliseconds, memory in MB (10⁶ bytes).</summary>
internal sealed class CliTable
{
    private readonly StringBuilder _text = new("| command | | 9.0.1 | ours | ratio | target | met |\n|---|---|---:|---:|---:|---:|---|\n");

    /// <summary>True if every target is met.</summary>
    public bool IsAllMet { get; private set; } = true;

    public void Add(PairResult result)
    {
        var row = result.Row;
        Add($"`{row.Name}`", "ms", result.Official.Wall.TotalMilliseconds, result.Ours.Wall.TotalMilliseconds, row.WallTarget);
        Add(
            "",
            row.LeftOutBytes == 0 ? "MB" : "MB beside scrypt's",
            (result.Official.PeakBytes - row.LeftOutBytes) / 1e6,
            (result.Ours.PeakBytes - row.LeftOutBytes) / 1e6,
            row.MemoryTarget);
    }

    public void Add((Measured Official, Measured Ours) datasets)
    {
        var (official, ours) = datasets;
        var rate = DatasetFigures.OurRate(ours);
        Line("`dataset encrypt`, 100 MB / 1 GB", "MB/s", DatasetFigures.OfficialRate(official), rate, "", "≥ 400", rate >= 400);
        Line("", "MB", official.PeakBytes / 1e6, ours.PeakBytes / 1e6, "", "≤ 80", ours.PeakBytes <= 80_000_000);
    }

    public override string ToString() => _text.ToString();

    private void Add(string command, string unit, double official, double ours, double? target) => Line(
        command, unit, official, ours, Text(ours / official, "0.000"), target is { } limit ? $"≤ {Text(limit, "0.00")}" : "", target is { } most ? ours / official <= most : null);

    private void Line(string command, string unit, double official, double ours, string ratio, string target, bool? isMet)
    {
        IsAllMet &= isMet != false;
        var verdict = isMet switch { true => "yes", false => "**no**", null => "" };
        _text.Append(CultureInfo.InvariantCulture, $"| {command} | {unit} | {Text(official, "N0")} | {Text(ours, "N0")} | {ratio} | {target} | {verdict} |\n");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
