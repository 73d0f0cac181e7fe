using System.Text;

namespace Iexec.Cli.Output;

/// <summary>
/// Rows under headings. Cells are never cut: what is copied or piped is whole. Where a terminal is too narrow for the columns, those that hold
/// nothing are left out; then what stands in parentheses goes below; and if that is not enough each row becomes a block of lines.
/// </summary>
internal static class TextTable
{
    /// <summary>What a cell shows that has nothing to say.</summary>
    public const string Nothing = "-";

    private const string Gap = "  ";

    /// <param name="columns">Width of the terminal; <see cref="int.MaxValue"/> where there is none.</param>
    public static void Write(TextWriter writer, Style style, int columns, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => Printable.Of(cell))])];
        int[] shown = [.. Enumerable.Range(0, headers.Count)];
        if (Width(headers, all, shown) > columns)
        {
            shown = [.. shown.Where(column => all.Any(row => row[column] != Nothing))];
        }

        if (Width(headers, all, shown) <= columns)
        {
            WriteColumns(writer, style, headers, all, shown);
        }
        else if (all.ConvertAll(Stack) is var stacked && Width(headers, stacked, shown) <= columns)
        {
            WriteColumns(writer, style, headers, stacked, shown);
        }
        else
        {
            WriteBlocks(writer, style, headers, all, shown);
        }
    }

    // "100 nRLC (0.0000001 RLC)" and "2019-03-06 10:05:00Z (5 minutes ago)" are one thing told twice.
    private static IReadOnlyList<string> Stack(IReadOnlyList<string> row) => [.. row.Select(cell => cell.EndsWith(')') ? cell.Replace(" (", "\n(", StringComparison.Ordinal) : cell)];

    private static void WriteColumns(TextWriter writer, Style style, IReadOnlyList<string> headers, List<IReadOnlyList<string>> rows, int[] shown)
    {
        writer.WriteLine(style.Heading(Line(headers)));
        foreach (var row in rows)
        {
            var cells = row.Select(cell => cell.Split('\n')).ToList();
            for (var line = 0; line < cells.Max(parts => parts.Length); line++)
            {
                writer.WriteLine(Line([.. cells.Select(parts => line < parts.Length ? parts[line] : "")]));
            }
        }

        string Line(IReadOnlyList<string> row)
        {
            var line = new StringBuilder();
            foreach (var column in shown)
            {
                var width = WidthOf(headers, rows, column);
                line.Append(IsNumber(rows, column) ? row[column].PadLeft(width) : row[column].PadRight(width)).Append(Gap);
            }

            return line.ToString().TrimEnd();
        }
    }

    private static bool IsNumber(List<IReadOnlyList<string>> rows, int column) => rows.TrueForAll(row => row[column].AsSpan().IndexOfAnyExceptInRange('0', '9') < 0);

    private static void WriteBlocks(TextWriter writer, Style style, IReadOnlyList<string> headers, List<IReadOnlyList<string>> rows, int[] shown)
    {
        var width = shown.Max(column => headers[column].Length) + 1;
        foreach (var row in rows)
        {
            foreach (var column in shown.Where(column => row[column] != Nothing))
            {
                writer.WriteLine($"{style.Faint($"{headers[column]}:".PadRight(width))} {row[column]}");
            }

            writer.WriteLine();
        }
    }

    private static int Width(IReadOnlyList<string> headers, List<IReadOnlyList<string>> rows, int[] shown)
    {
        var width = -Gap.Length;
        foreach (var column in shown)
        {
            width += WidthOf(headers, rows, column) + Gap.Length;
        }

        return width;
    }

    private static int WidthOf(IReadOnlyList<string> headers, List<IReadOnlyList<string>> rows, int column)
    {
        var width = headers[column].Length;
        foreach (var row in rows)
        {
            width = Math.Max(width, row[column].Split('\n').Max(line => line.Length));
        }

        return width;
    }
}
