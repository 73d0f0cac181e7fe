using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iexec.Cli.Output;

/// <summary>A JSON object as indented lines <c>name:  value</c>, the values of one level aligned, times told from <c>now</c>, amounts with their units.</summary>
internal static class ObjectView
{
    public static void Write(TextWriter writer, Style style, JsonObject members, DateTimeOffset now, int indent = 0)
    {
        var margin = new string(' ', indent);
        var width = WidthOfNames(members) + 1;
        foreach (var (name, value) in members)
        {
            switch (value)
            {
                case JsonObject { Count: > 0 } inner:
                    writer.WriteLine(margin + style.Heading(Printable.Of(name) + ":"));
                    Write(writer, style, inner, now, indent + 2);
                    break;
                case JsonArray { Count: > 0 } items:
                    writer.WriteLine(margin + style.Heading(Printable.Of(name) + ":"));
                    WriteItems(writer, style, items, now, indent + 2);
                    break;
                default:
                    writer.WriteLine($"{margin}{style.Faint((Printable.Of(name) + ":").PadRight(width))} {TimeText.Of(name, value, now) ?? AmountText.Of(name, value) ?? Scalar(value)}");
                    break;
            }
        }
    }

    private static void WriteItems(TextWriter writer, Style style, JsonArray items, DateTimeOffset now, int indent)
    {
        foreach (var item in items)
        {
            if (item is JsonObject inner)
            {
                writer.WriteLine(new string(' ', indent) + "-");
                Write(writer, style, inner, now, indent + 2);
            }
            else
            {
                writer.WriteLine($"{new string(' ', indent)}- {Scalar(item)}");
            }
        }
    }

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
        null => "-",
        JsonObject or JsonArray => "(none)",
        _ when value.GetValueKind() == JsonValueKind.String => Printable.Of(value.GetValue<string>()),
        _ => value.ToJsonString(),
    };
}
