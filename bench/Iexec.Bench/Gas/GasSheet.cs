namespace Iexec.Bench.Gas;

/// <summary>Gas by row, in the order of measuring, and what was not measured with the reason.</summary>
internal sealed class GasSheet
{
    private readonly OrderedDictionary<string, ulong> _rows = [];

    public IReadOnlyList<string> Names => _rows.Keys;

    public List<string> Skipped { get; } = [];

    public ulong? this[string row] => _rows.TryGetValue(row, out var gas) ? gas : null;

    public void Set(string row, ulong gas) => _rows.Add(row, gas);
}
