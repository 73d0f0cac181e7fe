namespace Iexec.Cli.Output;

/// <summary>Columns aligned with spaces, never cut or wrapped: what is copied or piped is whole.</summary>
internal static class TextTable
{
    public static void Write(TextWriter writer, Style style, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.ToList();
        var widths = headers.Select((header, column) => Math.Max(header.Length, all.Select(row => row[column].Length).DefaultIfEmpty().Max())).ToArray();
        writer.WriteLine(style.Heading(Line(headers, widths)));
        foreach (var row in all)
        {
            writer.WriteLine(Line(row, widths));
        }
    }

    private static string Line(IReadOnlyList<string> cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, column) => Printable.Of(cell).PadRight(widths[column]))).TrimEnd();
}
