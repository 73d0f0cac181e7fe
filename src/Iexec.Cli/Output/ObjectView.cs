using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;

namespace Iexec.Cli.Output;

/// <summary>
/// A JSON object as indented lines <c>name: value</c>, the values of one level aligned, times told from <c>now</c>, amounts with their units. A
/// value that a line has no room for gets one of its own, so that a hash is never broken in two; a list of like objects is a table.
/// </summary>
/// <param name="columns">Width of the terminal; <see cref="int.MaxValue"/> where there is none.</param>
internal sealed class ObjectView(TextWriter writer, Style style, DateTimeOffset now, int columns)
{
    private const int Step = 2;
    private const string None = "(none)";

    private static readonly string NoAddress = Address.Zero.ToString();
    private static readonly string NoHash = Bytes32.Zero.ToString();

    public void Write(JsonObject members, int indent = 0)
    {
        var margin = new string(' ', indent);
        var width = WidthOfNames(members) + 1;
        foreach (var (name, value) in members)
        {
            switch (value)
            {
                case JsonObject { Count: > 0 } inner:
                    writer.WriteLine(margin + style.Heading(Printable.Of(name) + ":"));
                    Write(inner, indent + Step);
                    break;
                case JsonArray { Count: > 0 } items:
                    writer.WriteLine(margin + style.Heading(Printable.Of(name) + ":"));
                    WriteItems(items, indent + Step);
                    break;
                default:
                    WriteScalar(margin, Printable.Of(name) + ":", width, Text(name, value));
                    break;
            }
        }
    }

    private void WriteScalar(string margin, string name, int width, string value)
    {
        if (margin.Length + width + 1 + value.Length <= columns)
        {
            writer.WriteLine($"{margin}{style.Faint(name.PadRight(width))} {value}");
            return;
        }

        writer.WriteLine(margin + style.Faint(name));
        writer.WriteLine(margin + new string(' ', Step) + value);
    }

    private void WriteItems(JsonArray items, int indent)
    {
        var margin = new string(' ', indent);
        if (HeadersOf(items) is { } headers)
        {
            var rows = items.Select(item => (IReadOnlyList<string>)[.. item!.AsObject().Select(cell => Text(cell.Key, cell.Value))]);
            using var table = new StringWriter { NewLine = "\n" };
            TextTable.Write(table, style, columns == int.MaxValue ? columns : columns - indent, headers, rows);
            foreach (var line in table.ToString().TrimEnd('\n').Split('\n'))
            {
                writer.WriteLine((margin + line).TrimEnd());
            }

            return;
        }

        foreach (var item in items)
        {
            if (item is JsonObject inner)
            {
                writer.WriteLine(margin + "-");
                Write(inner, indent + Step);
            }
            else
            {
                writer.WriteLine($"{margin}- {Scalar(item)}");
            }
        }
    }

    // Several objects with the same members, none of which has parts.
    private static string[]? HeadersOf(JsonArray items)
    {
        string[]? headers = null;
        foreach (var item in items)
        {
            if (item is not JsonObject members || !members.All(member => IsScalar(member.Value)))
            {
                return null;
            }

            string[] names = [.. members.Select(member => member.Key)];
            if (headers is not null && !headers.SequenceEqual(names))
            {
                return null;
            }

            headers = names;
        }

        return items.Count > 1 && headers is { Length: > 0 } ? headers : null;
    }

    private string Text(string name, JsonNode? value) => TimeText.Of(name, value, now) ?? AmountText.Of(name, value) ?? Scalar(value);

    private static int WidthOfNames(JsonObject members)
    {
        var width = 0;
        foreach (var (name, value) in members)
        {
            width = IsScalar(value) ? Math.Max(width, name.Length) : width;
        }

        return width;
    }

    private static bool IsScalar(JsonNode? value) => value is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 });

    private static string Scalar(JsonNode? value) => value switch
    {
        null => TextTable.Nothing,
        JsonObject or JsonArray => None,
        _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is var text && (text.Length == 0 || text == NoAddress || text == NoHash) ? None : Printable.Of(text),
        _ => value.ToJsonString(),
    };
}
